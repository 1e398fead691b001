"""States, dates and reasons in words. Pure: no database, no clock; tests/web/test_words.py holds the sentences."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from tracker.commitments.lifecycle import STOPS, Action, End, EndKind, Standing, State, Term
from tracker.dates import PartialDate, Precision, plus_years

SHAPES = {
    "in-force": "●",
    "expiring": "◐",
    "lapsed": "○",
    "ended": "■",
    "suspended": "‖",
    "superseded": "↷",
    "announced": "◌",
    "not-yet-made": "◌",
}
"""The shape of each state; a reader who sees no colours tells them apart by it."""

_STATE_WORDS = {State.SUPERSEDED: "replaced", State.NOT_YET_MADE: "not yet made", State.IN_FORCE: "in force"}

_ACTION_NOUNS = {
    Action.EXTENDED: "extension",
    Action.NARROWED: "narrowing",
    Action.WIDENED: "widening",
    Action.REAFFIRMED: "confirmation",
    Action.SUSPENDED: "suspension",
    Action.REINSTATED: "reinstatement",
    Action.MADE_INDEFINITE: "extension",
    Action.MADE_PERMANENT: "declaration",
    Action.WITHDRAWN: "withdrawal",
    Action.REVERSED: "reversal",
    Action.OVERTURNED: "ruling",
    Action.REPLACED: "replacement",
}

_ENACTED = {
    "statute": "enactment",
    "ordinance": "ordinance",
    "court_order": "order",
    "regulator": "order",
    "settlement": "settlement",
    "administrative": "decision",
}

ACTION_WORDS = {
    Action.ANNOUNCED: "Announced",
    Action.EXTENDED: "Extended",
    Action.NARROWED: "Narrowed",
    Action.WIDENED: "Widened",
    Action.REAFFIRMED: "Confirmed",
    Action.SUSPENDED: "Suspended",
    Action.REINSTATED: "Reinstated",
    Action.MADE_INDEFINITE: "Made indefinite",
    Action.MADE_PERMANENT: "Made permanent",
    Action.WITHDRAWN: "Withdrawn",
    Action.REVERSED: "Reversed",
    Action.OVERTURNED: "Overturned",
    Action.REPLACED: "Replaced",
}


_MADE = {
    "statute": "Enacted",
    "ordinance": "Enacted",
    "court_order": "Ordered",
    "regulator": "Ordered",
    "settlement": "Settled",
    "administrative": "Decided",
}


@dataclass(frozen=True)
class Known:
    """What a page knows about the ruling term beyond the rules: `nature` is the commitment's, the rest the term's.

    `contested`: a verdict other than kept is known, so that the latest source reports on it and does not confirm it.
    """

    nature: str = "voluntary"
    through: bool = False
    computed: bool = False
    confirmed_on: PartialDate | None = None
    contested: bool = False


def day(on: date) -> str:
    """“10 June 2020”."""
    return PartialDate(on).in_words()


def on_or_in(when: PartialDate) -> str:
    """“on 10 June 2020”, “in June 2020”, “in 2020”."""
    return f"{'on' if when.exact else 'in'} {when.in_words()}"


def uncertain(when: PartialDate) -> str:
    """“on 10 June 2020”, “in June 2020, day not known”, “in 2020, month not known”."""
    unknown = {Precision.DAY: "", Precision.MONTH: ", day not known", Precision.YEAR: ", month not known"}
    return on_or_in(when) + unknown[when.precision]


def span(start: date, end: date) -> str:
    """The time between two days: “1 day”, “168 days”, “1 y 217 d”, “2 y”. In either order."""
    start, end = min(start, end), max(start, end)
    years = end.year - start.year
    while years and plus_years(start, years) > end:
        years -= 1
    if not years:
        return count((end - start).days, "day")
    days = (end - plus_years(start, years)).days
    return f"{years} y {days} d" if days else f"{years} y"


def count(number: int, one: str, many: str = "") -> str:
    """“1 day”, “1,529 partnerships”, “no questions”."""
    return f"{number:,} {one if number == 1 else many or one + 's'}" if number else f"no {many or one + 's'}"


def money(amount: Decimal) -> str:
    """To the cent, with a minus that is one: “29,840,000.00”, “−0.01”."""
    return f"{amount:,.2f}".replace("-", "−")


def action_word(action: Action, nature: str) -> str:
    """What a declaration did: “Extended”; the first one by what made it binding: “Announced”, “Enacted”, “Ordered”."""
    return _MADE.get(nature, ACTION_WORDS[action]) if action is Action.ANNOUNCED else ACTION_WORDS[action]


def state_key(standing: Standing) -> str:
    """The state's key, for shapes and style: that of LOOK's eight, `expiring` being one of its own."""
    return "expiring" if standing.expiring else standing.state.value.replace("_", "-")


def state_word(standing: Standing) -> str:
    """The state in a word or two: “in force”, “expiring”, “replaced”."""
    if standing.expiring:
        return "expiring"
    return _STATE_WORDS.get(standing.state, standing.state.value.replace("_", " "))


def state_name(key: str) -> str:
    """The word for a key such as “in_force”, for choices in a form."""
    return _STATE_WORDS.get(State(key), key.replace("_", " ")) if key in set(State) else key


def end_words(end: End, *, through: bool = False) -> str:
    """When a term ends: “until 10 June 2021”, “through 31 December 2022”, “with no end date”, …"""
    match end.kind:
        case EndKind.FIXED if end.ends_on is not None:
            if not end.ends_on.exact:
                return f"until {uncertain(end.ends_on).removeprefix('in ')}"
            if through:
                return f"through {day(end.ends_on.first - timedelta(days=1))}"
            return f"until {end.ends_on.in_words()}"
        case EndKind.CONDITIONAL:
            condition = _inside(end.condition)
            if end.not_before is not None:
                return f"until the later of {end.not_before.in_words()} and {condition}"
            return condition if condition.startswith("until ") else f"on a condition: {condition}"
        case EndKind.PERMANENT:
            return "with permanent effect"
        case EndKind.INDEFINITE:
            return "with no end date"
        case _:
            return "no source gives an end"


_OPENERS = ("Until", "Pending", "The", "A", "An", "When", "Once", "If", "As", "While", "Its")


def _inside(phrase: str) -> str:
    """A phrase as it stands inside a sentence: no full stop, and no capital unless its first word is a name."""
    phrase = phrase.strip().rstrip(".")
    first, space, rest = phrase.partition(" ")
    return f"{first.lower() if first in _OPENERS else first}{space}{rest}"


_WRITTEN_DATE = re.compile(r"(?<![\w-])(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-\d\d)?(?![\w-])", re.ASCII)


def dates_in_words(text: str) -> str:
    """The text with the dates that it writes as 2022-05-11 or 2025-10 in the form of the rest of the page."""

    def told(found: re.Match[str]) -> str:
        try:
            return PartialDate.parse(found[0]).in_words()
        except ValueError:
            return found[0]

    return _WRITTEN_DATE.sub(told, text)


def headline(standing: Standing, known: Known, terms: Sequence[Term] = ()) -> str:
    """Where a commitment stands, as the page's headline: one or two short sentences.

    Given all its terms, a promise that was stopped twice is dated by the first stop.
    """
    match standing.state:
        case State.NOT_YET_MADE:
            return f"Not yet made on {day(standing.on)}."
        case State.ANNOUNCED:
            return _announced(standing)
        case State.IN_FORCE:
            return _in_force(standing, known)
        case State.LAPSED:
            return _lapsed(standing, known)
        case _:
            return _stopped(stopped_by(standing, terms))


def _announced(standing: Standing) -> str:
    ruling = _ruling(standing)
    starts = ruling.effective_from or ruling.declared_on
    return f"Announced; takes effect {on_or_in(starts)}, in {span(standing.on, starts.first)}."


def _in_force(standing: Standing, known: Known) -> str:
    end = _ruling(standing).end
    words = end_words(end, through=known.through)
    if end.kind is EndKind.FIXED and end.lapses_on is not None:
        at_most = "" if end.ends_on is None or end.ends_on.exact else "at most "
        return f"In force {words}: {at_most}{span(standing.on, end.lapses_on)} left."
    comma = "; " if end.kind is EndKind.UNKNOWN else " " if words.startswith("until") else ", "
    return f"In force{comma}{words}.{_confirmation(standing, known)}"


def _confirmation(standing: Standing, known: Known) -> str:
    if known.confirmed_on is None:
        return " No source says when it was last confirmed." if standing.unconfirmed else ""
    if known.contested:
        return f" The latest source is of {known.confirmed_on.in_words()}."
    if standing.unconfirmed:
        return f" Last confirmed {known.confirmed_on.in_words()}; no source confirms it since."
    return f" Last confirmed {known.confirmed_on.in_words()}."


def _lapsed(standing: Standing, known: Known) -> str:
    """No more than that no renewal is on record: what became of it since may not be known."""
    end = _ruling(standing).end
    if end.ends_on is not None and not end.ends_on.exact:
        when = uncertain(end.ends_on)
    elif known.through and end.ends_on is not None:
        when = f"after {day(end.ends_on.first - timedelta(days=1))}, its last day"
    else:
        when = f"on {day(end.lapses_on or standing.on)}"
    return f"Lapsed {when}; no renewal is on record."


def stopped_by(standing: Standing, terms: Sequence[Term]) -> Term:
    """The term that stopped it: the first of the last row of stops that left it in the same state."""
    ruling = _ruling(standing)
    known = sorted(
        (t for t in terms if t.declared_on.first <= standing.on and t.counts_from <= standing.on),
        key=lambda t: (t.declared_on.first, t.order),
        reverse=True,
    )
    first = ruling
    for term in known:
        if STOPS.get(term.action) is not standing.state:
            break
        first = term
    return first


def _stopped(stop: Term) -> str:
    since = stop.effective_from or stop.declared_on
    if stop.action is Action.SUSPENDED:
        return f"Suspended since {since.in_words()}."
    return f"{ACTION_WORDS[stop.action]} {on_or_in(since)}."


def noun(term: Term, nature: str = "voluntary") -> str:
    """What to call a declaration: “the extension of 18 May 2021”, “the enactment of 8 October 2019”."""
    name = _ENACTED.get(nature, "announcement") if term.action is Action.ANNOUNCED else _ACTION_NOUNS[term.action]
    return f"the {name} of {term.declared_on.in_words()}"


def why(standing: Standing, known: Known, terms: Sequence[Term] = ()) -> str:
    """The reason for the headline, in one line that starts with “because”; empty where nothing was declared.

    Given all its terms, it names the one that first set the end that still rules, not the last that kept it.
    """
    if standing.ruling is None:
        return ""
    rests_on = noun(_end_set_by(standing.ruling, terms), known.nature)
    match standing.state:
        case State.ANNOUNCED:
            return f"because {rests_on} takes effect later"
        case State.IN_FORCE:
            if standing.ruling.action is Action.REINSTATED:
                return f"because {noun(standing.ruling, known.nature)} put it back in force"
            if standing.ruling.end.kind is EndKind.UNKNOWN:
                return f"because no source on record takes back {rests_on} or tells when it ends"
            return f"because {rests_on} {_names_end(standing.ruling.end, known)}"
        case State.LAPSED:
            length = ", worked out from the length it gave," if known.computed else ","
            return f"because {rests_on} set that end{length} and no renewal is known by {day(standing.on)}"
        case _:
            return f"because of {noun(stopped_by(standing, terms), known.nature)}"


def _end_set_by(ruling: Term, terms: Sequence[Term]) -> Term:
    earlier = sorted(
        (t for t in terms if (t.declared_on.first, t.order) < (ruling.declared_on.first, ruling.order)),
        key=lambda t: (t.declared_on.first, t.order),
        reverse=True,
    )
    first = ruling
    for term in earlier:
        if ruling.stops or term.stops or term.end != ruling.end:
            break
        first = term
    return first


def _names_end(end: End, known: Known) -> str:
    match end.kind:
        case EndKind.FIXED if known.computed:
            return "gave a length; the day is worked out from it"
        case EndKind.FIXED:
            return "names that end"
        case EndKind.CONDITIONAL:
            return "ties its end to that condition, and no source says that it is met"
        case EndKind.PERMANENT:
            return "has permanent effect"
        case _:
            return "names no end"


def ahead(standing: Standing) -> str:
    """What is declared and not yet effective while something else rules; empty where nothing is."""
    pending = standing.pending
    if pending is None or pending is standing.ruling:
        return ""
    starts = pending.effective_from or pending.declared_on
    told = noun(pending)
    return f"{told[0].upper()}{told[1:]} takes effect {on_or_in(starts)}."


_UNMADE_BY = {
    "statute": "Only a later law or a ruling ends it.",
    "ordinance": "Only a later ordinance, a higher law or a ruling ends it.",
    "court_order": "Only the court or a higher one ends it.",
    "regulator": "Only the regulator that ordered it or a court ends it.",
    "settlement": "Only the parties together or a court end it.",
    "contract": "Its own terms say who can end it; they are not on record.",
    "administrative": "Whoever decided it can decide otherwise.",
}


def lapse_conditions(standing: Standing, nature: str = "voluntary") -> str:
    """What it would take to end, in one or two sentences; empty where it is not in force."""
    if standing.state is not State.IN_FORCE or standing.end is None:
        return ""
    end = standing.end
    unmade = _UNMADE_BY.get(nature, "It is voluntary: whoever made it can end it on any day.")
    match end.kind:
        case EndKind.FIXED if end.lapses_on is not None and end.ends_on is not None:
            if end.ends_on.exact:
                return f"It lapses on {day(end.lapses_on)} unless a renewal is declared before."
            return (
                f"It lapses {uncertain(end.ends_on)}, unless a renewal is declared before. "
                f"It counts as lapsed here from {day(end.lapses_on)} on."
            )
        case EndKind.CONDITIONAL:
            met = end_words(end).removeprefix("on a condition: ")
            return f"As declared, it holds {met}." if met.startswith("until ") else f"Its end is tied to this: {met}."
        case EndKind.UNKNOWN:
            return f"No source gives an end, so none can be worked out from the calendar. {unmade}"
        case _:
            return f"It does not lapse by the calendar. {unmade}"


def _ruling(standing: Standing) -> Term:
    if standing.ruling is None:
        raise ValueError(f"a commitment that is {standing.state} has a ruling term")
    return standing.ruling
