"""What is told of a promise: made, changed, about to run out, lapsed, long not confirmed."""

from datetime import date

from tracker.alerts.models import Event
from tracker.alerts.telling.parts import Proof, Told, day, plain, proofs, when
from tracker.commitments import lifecycle
from tracker.commitments.lifecycle import Action, EndKind, State
from tracker.commitments.models import CarveOut, Commitment, Term
from tracker.dates import PartialDate

_MADE = {
    "voluntary": "announced",
    "statute": "adopted",
    "ordinance": "adopted",
    "court_order": "ordered",
    "regulator": "ordered",
    "settlement": "agreed to",
    "contract": "agreed to",
    "administrative": "decided on",
}
_DONE = {
    Action.EXTENDED: "extended",
    Action.NARROWED: "narrowed",
    Action.WIDENED: "widened",
    Action.REAFFIRMED: "reaffirmed",
    Action.SUSPENDED: "suspended",
    Action.REINSTATED: "reinstated",
    Action.MADE_INDEFINITE: "made indefinite",
    Action.MADE_PERMANENT: "made permanent",
    Action.WITHDRAWN: "withdrawn",
    Action.REVERSED: "reversed",
    Action.OVERTURNED: "overturned",
    Action.REPLACED: "replaced",
}


def expiring(event: Event, on: date) -> Told:
    """A fixed end comes near."""
    term, ends_on = event.term, event.ends_on
    assert term is not None
    assert ends_on is not None
    sentences = [_made(_promise(event)), f"{_ends(term, ends_on)}, {_in_days(ends_on, on)}."]
    if not ends_on.exact:
        sentences.append(f"Our sources give no day. It is over on {day(ends_on.after)} at the latest.")
    if term.end_computed:
        sentences.append("We computed that date from the length that was given; no source states it.")
    return _told(event, on, f"Runs out {_in_days(ends_on, on)}", [*sentences, "Unless it is renewed, it lapses then."])


def lapsed(event: Event, on: date) -> Told:
    """A fixed end has passed, and nothing took its place."""
    assert event.ends_on is not None
    over = event.ends_on.in_words() if event.ends_on.exact else f"the end of {event.ends_on.in_words()}"
    ran_out = f"It ran out {'on' if event.ends_on.exact else 'with'} {over}. We know of no renewal."
    return _told(event, on, "Lapsed", [_made(_promise(event)), ran_out])


def moved(event: Event, on: date) -> Told:
    """Another end, or none, in the place of a fixed one that had not passed."""
    term = event.term
    assert term is not None
    old = f"It no longer ends{when(event.ends_on)}." if event.ends_on else "Its end moved."
    sentences = [_made(_promise(event), before=term), _was_done(term), f"{old} {_end(term)}"]
    if _was_told_as_lapsed(event):
        sentences.append("We had told you that it lapsed. It had not.")
    return _told(event, on, "The end moved", [*sentences, *_summary(term)])


def declared(event: Event, on: date) -> Told:
    """The actor, a court or a legislature said something about it."""
    term, commitment = event.term, _promise(event)
    assert term is not None
    done = _DONE.get(Action(term.action)) or _MADE.get(commitment.nature, "announced")
    if term.action == Action.ANNOUNCED:
        sentences = [_made(commitment), *_from(term), _end(term)]
    elif Action(term.action) in lifecycle.STOPS:
        sentences = [_made(commitment, before=term), _was_done(term)]
    else:
        sentences = [_made(commitment, before=term), _was_done(term), _end(term)]
    return _told(event, on, done.capitalize(), [*sentences, *_summary(term)])


def unconfirmed(event: Event, on: date) -> Told:
    """A promise without an end date that no source has confirmed for a long time."""
    term = event.term
    assert term is not None
    confirmed = term.confirmed_on or term.declared_on
    sentences = [
        _made(_promise(event)),
        _end(term),
        f"The last source that confirms it is of {confirmed.in_words()}.",
        "Nobody told us that it ended, and nobody told us that it holds.",
    ]
    return _told(event, on, "Not confirmed for a year", sentences)


def as_it_stands(event: Event, on: date) -> tuple[tuple[str, ...], tuple[Proof, ...], str]:
    """For a correction: where the promise stands on `on`, with the sources of what rules."""
    commitment = _promise(event)
    standing = commitment.standing(on)
    ruling = next((t for t in commitment.terms.all() if standing.ruling and t.pk == standing.ruling.key), None)
    if ruling is None:
        return ("We have taken it out of the record.",), (), commitment.get_absolute_url()
    done = [] if ruling.action == Action.ANNOUNCED else [_was_done(ruling)]
    sentences = [_made(commitment), *done, _STANDS[standing.state]]
    if standing.state in (State.IN_FORCE, State.ANNOUNCED):
        sentences.append(_end(ruling))
    excepted = _excepted(commitment, on)
    if excepted:
        sentences.append(f"Excepted: {'; '.join(excepted)}.")
    return tuple(sentences), proofs(ruling.citations.all()), commitment.get_absolute_url()


_STANDS = {
    State.NOT_YET_MADE: "It has not been made yet.",
    State.ANNOUNCED: "It is announced and has not taken effect.",
    State.IN_FORCE: "It is in force.",
    State.SUSPENDED: "It is suspended.",
    State.ENDED: "It has ended.",
    State.SUPERSEDED: "Something else has taken its place.",
    State.LAPSED: "It has lapsed.",
}


def _told(event: Event, on: date, verb: str, sentences: list[str]) -> Told:
    commitment = _promise(event)
    return Told(
        verb=verb,
        subject=commitment.title,
        sentences=tuple(sentences),
        excepted=_excepted(commitment, on),
        proofs=proofs(event.term.citations.all()) if event.term else (),
        path=commitment.get_absolute_url(),
    )


def _promise(event: Event) -> Commitment:
    assert event.commitment is not None
    return event.commitment


def _was_told_as_lapsed(event: Event) -> bool:
    return Event.objects.filter(
        kind=Event.Kind.LAPSED, commitment=event.commitment_id, ends_on=event.ends_on, deliveries__state="sent"
    ).exists()


def _made(commitment: Commitment, before: Term | None = None) -> str:
    terms = sorted(commitment.terms.all(), key=lambda term: (term.declared_on.first, term.order))
    first = terms[0] if terms else before
    verb = _MADE.get(commitment.nature, "announced")
    since = when(first.declared_on) if first else ""
    return f"{commitment.actor.name} {verb} “{plain(commitment.title)}”{since}."


def _was_done(term: Term) -> str:
    later = term.effective_from and term.effective_from != term.declared_on
    since = f", from {term.effective_from.in_words()}" if later and term.effective_from else ""
    return f"It was {_DONE.get(Action(term.action), 'announced again')}{when(term.declared_on)}{since}."


def _from(term: Term) -> list[str]:
    if term.effective_from and term.effective_from != term.declared_on:
        return [f"It holds from {term.effective_from.in_words()}."]
    return []


def _end(term: Term) -> str:
    match EndKind(term.end_kind):
        case EndKind.FIXED:
            assert term.ends_on is not None
            return f"{_ends(term, term.ends_on)}."
        case EndKind.CONDITIONAL:
            not_before = f", not before {term.not_before.in_words()}" if term.not_before else ""
            condition = plain(term.condition).rstrip(".")
            if condition.lower().startswith("until "):
                return f"It lasts until {condition[6:]}{not_before}."
            return f"It lasts until this: {condition}{not_before}."
        case EndKind.INDEFINITE:
            return "It lasts until further notice: no date is given."
        case EndKind.PERMANENT:
            return "It is meant to be permanent."
        case _:
            return "No source gives an end."


def _ends(term: Term, ends_on: PartialDate) -> str:
    if term.ends_through and ends_on.exact:
        last_day = date.fromordinal(ends_on.first.toordinal() - 1)
        return f"It runs through {day(last_day)} and is over on {day(ends_on.first)}"
    return f"It runs out{when(ends_on)}"


def _in_days(ends_on: PartialDate, on: date) -> str:
    """Days to the first day that the end may mean: nobody knows of a later one before it is over."""
    days = (ends_on.first - on).days
    if days <= 0:
        return "at any time now" if not ends_on.exact else "today"
    count = "tomorrow" if days == 1 else f"in {days} days"
    return count if ends_on.exact else f"{count} or later"


def _summary(term: Term) -> list[str]:
    return [plain(term.summary)] if term.summary.strip() else []


def _excepted(commitment: Commitment, on: date) -> tuple[str, ...]:
    """Who is left out on `on`, each once: at most six, since the page has them all."""
    found: dict[str, CarveOut] = {}
    for term in commitment.terms.all():
        for carve_out in term.carve_outs.all():
            if term.declared_on.first <= on and carve_out.until_id is None:
                found.setdefault(plain(str(carve_out)), carve_out)
    return tuple(found)[:6]
