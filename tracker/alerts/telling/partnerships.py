"""Who works with whom, since when and until when."""

from datetime import date

from tracker.alerts.models import Event
from tracker.alerts.telling.parts import Told, proofs, when
from tracker.dates import PartialDate
from tracker.partnerships.models import Partnership

_VERBS = {
    Event.Kind.BEGAN: "Began",
    Event.Kind.ENDED: "Ended",
    Event.Kind.PAUSED: "Paused",
    Event.Kind.REINSTATED: "Taken up again",
}


def changed(event: Event, on: date) -> Told:
    """A partnership that began, was paused, was taken up again or ended."""
    partnership = event.partnership
    assert partnership is not None
    kind = Event.Kind(event.kind)
    return Told(
        verb=_VERBS[kind],
        subject=between(partnership),
        sentences=(state(partnership, kind), *_reason(partnership, kind), _reported(partnership)),
        proofs=proofs(partnership.citations.all()),
        path=partnership.client.get_absolute_url(),
    )


def between(partnership: Partnership) -> str:
    """“Ring and the Springfield Police Department (Neighbors)”."""
    what = partnership.product or partnership.technology
    return f"{partnership.vendor.name} and {partnership.client.name}{f' ({what})' if what else ''}"


def state(partnership: Partnership, kind: Event.Kind) -> str:
    """One sentence: what it is and what became of it."""
    what = f"{partnership.get_kind_display().lower()}"
    subject = f"{partnership.vendor.name} with {partnership.client.name} ({what})"
    match kind:
        case Event.Kind.BEGAN:
            return f"{subject}: it began{_on(partnership.started)}."
        case Event.Kind.ENDED:
            return f"{subject}: it ended{_on(partnership.ended)}."
        case Event.Kind.PAUSED:
            return f"{subject}: it was paused{when(partnership.decided)}."
        case _:
            return f"{subject}: it was taken up again{when(partnership.decided)}."


def _on(moment: PartialDate | None) -> str:
    return when(moment) or "; no source says when"


def _reason(partnership: Partnership, kind: Event.Kind) -> tuple[str, ...]:
    return (partnership.end_reason,) if kind is Event.Kind.ENDED and partnership.end_reason.strip() else ()


def _reported(partnership: Partnership) -> str:
    return (
        "A person compared this with its source."
        if partnership.checked
        else f"Imported from {partnership.origin.removeprefix('imported:')}, not checked one by one."
    )
