"""From an event to its words."""

from collections.abc import Callable
from datetime import date

from tracker.alerts.models import Event
from tracker.alerts.telling import corrections, partnerships, promises, questions, verdicts
from tracker.alerts.telling.parts import Notice, Told, plain

Kind = Event.Kind

_WORDS: dict[Kind, Callable[[Event, date], Told]] = {
    Kind.EXPIRING: promises.expiring,
    Kind.LAPSED: promises.lapsed,
    Kind.MOVED: promises.moved,
    Kind.DECLARED: promises.declared,
    Kind.UNCONFIRMED: promises.unconfirmed,
    Kind.VERDICT: verdicts.given,
    Kind.BEGAN: partnerships.changed,
    Kind.ENDED: partnerships.changed,
    Kind.PAUSED: partnerships.changed,
    Kind.REINSTATED: partnerships.changed,
    Kind.ANSWERED: questions.answered,
    Kind.CORRECTED: corrections.corrected,
}


def notice(event: Event, on: date) -> Notice:
    """The words for `event` as they are true on `on`. What it was about may be gone only for a correction.

    No query where the event came from `Event.objects.with_facts()`, but for a correction, which looks up what was told.
    """
    told = _WORDS[Kind(event.kind)](event, on)
    return Notice(
        headline=plain(f"{told.verb}: {told.subject}"),
        sentences=tuple(map(plain, told.sentences)),
        excepted=tuple(map(plain, told.excepted)),
        proofs=told.proofs,
        path=told.path,
    )


def headline(event: Event, on: date) -> str:
    """One line, also for lists. Never contains a line break, whatever the title does."""
    return notice(event, on).headline
