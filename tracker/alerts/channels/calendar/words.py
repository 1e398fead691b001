"""An end in words that stay true from day to day: no count of the days that are left."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile

from tracker.commitments.lifecycle import STOPS, Action, EndKind, Standing, State
from tracker.commitments.models import Commitment, Term
from tracker.dates import PartialDate, Precision

_QUOTE_LENGTH = 320
"""Of a longer quotation the beginning is shown, as in the mails."""


@dataclass(frozen=True)
class Told:
    """A commitment, where it stands, and the fixed end that a calendar shows. `stands`: that end rules."""

    commitment: Commitment
    standing: Standing
    end: PartialDate
    stands: bool

    def summary(self) -> str:
        """One line."""
        title = " ".join(self.commitment.title.split())
        if not self.stands:
            return f"No longer ends then: {title}"
        if self.standing.state is State.LAPSED:
            return f"Lapsed: {title}"
        return f"Runs out: {title}" if self.end.exact else f"Runs out in {self.end.in_words()}, day not known: {title}"

    def description(self) -> str:
        """Who promised what, where it stands, and the words that prove it."""
        promised = f"{self.commitment.actor.name}: “{' '.join(self.commitment.title.split())}”."
        shown = self._ruling() if self.stands else self._cause()
        return "\n\n".join([promised, " ".join(self._state()), *_proof(shown)])

    def _so_far(self) -> list[Term]:
        """The published terms up to the one that rules, in the order declared."""
        terms = sorted(self.commitment.terms.all(), key=lambda term: (term.declared_on.first, term.order))
        keys = [term.pk for term in terms]
        ruling = self.standing.ruling.key if self.standing.ruling else None
        return terms[: keys.index(ruling) + 1] if ruling in keys else []

    def _ruling(self) -> Term | None:
        return next(reversed(self._so_far()), None)

    def _cause(self) -> Term | None:
        """The term that took the fixed end away: the first after the last one that had one."""
        return next(reversed(list(takewhile(lambda term: term.ends_on is None, reversed(self._so_far())))), None)

    def _state(self) -> list[str]:
        ruling, cause = self._ruling(), self._cause()
        if not self.stands:
            later = [_was(ruling)] if ruling and ruling != cause and Action(ruling.action) in STOPS else []
            return [f"It no longer ends {_when(self.end)}.", _why(cause), *later]
        if self.standing.state is State.LAPSED:
            over = _when(self.end) if self.end.exact else f"with the end of {self.end.in_words()}"
            return [f"It ran out {over}. We know of no renewal."]
        sentences = [_runs_out(self.end, through=ruling is not None and ruling.ends_through)]
        if self.standing.state is State.ANNOUNCED:
            sentences.insert(0, "It is announced and not yet in force.")
        if ruling is not None and ruling.end_computed:
            sentences.append("We computed that date from the length that was given; no source states it.")
        return [*sentences, "Unless it is renewed, it lapses then."]


def _runs_out(end: PartialDate, *, through: bool) -> str:
    if not end.exact:
        span = "month" if end.precision is Precision.MONTH else "year"
        over = f"It lapses only when the {span} is over, on {_day(end.after)}."
        return f"It runs out in {end.in_words()}; our sources give no day. {over}"
    if through:
        return f"It runs through {_day(end.first - timedelta(days=1))} and is over on {_day(end.first)}."
    return f"It runs out on {end.in_words()}."


def _was(term: Term) -> str:
    return f"It was {term.get_action_display()} {_when(term.declared_on)}."


def _why(cause: Term | None) -> str:
    """What took the place of an end that no longer rules."""
    if cause is None:
        return "Our record no longer gives that date."
    if Action(cause.action) in STOPS:
        return _was(cause)
    match EndKind(cause.end_kind):
        case EndKind.INDEFINITE:
            return f"{_was(cause)} Since then it lasts until further notice."
        case EndKind.PERMANENT:
            return f"{_was(cause)} Since then it is meant to be permanent."
        case EndKind.CONDITIONAL:
            return f"{_was(cause)} Since then it lasts until this: {' '.join(cause.condition.split()).rstrip('.')}."
        case _:
            return f"{_was(cause)} No source gives an end."


def _proof(term: Term | None) -> list[str]:
    """The first source of the term, one with words before one without."""
    cited = sorted(term.citations.all(), key=lambda citation: (not citation.quote, citation.pk)) if term else []
    if not cited:
        return []
    quote, source = " ".join(cited[0].quote.split()), cited[0].source
    shown = quote if len(quote) <= _QUOTE_LENGTH else quote[:_QUOTE_LENGTH].rsplit(" ", 1)[0] + " …"
    name = " ".join((source.publisher or source.title).split())
    return [
        *([f"“{shown}”"] if shown else []),
        f"Source: {name}\n{source.url if source.url.startswith(('https://', 'http://')) else ''}".strip(),
    ]


def _when(moment: PartialDate) -> str:
    return f"{'on' if moment.exact else 'in'} {moment.in_words()}"


def _day(day: date) -> str:
    return PartialDate(day).in_words()
