"""Whether what an event says is still so, by the pure rules of `commitments.lifecycle`, one event at a time.

For pages and feeds, and for the audit, which does not trust the SQL of `truth` that planner and sender go by.
"""

from datetime import date

from tracker.alerts.models import Event
from tracker.commitments.lifecycle import STOPS, EndKind, State
from tracker.partnerships.models import Partnership
from tracker.record.models import Question

Kind = Event.Kind
_NEVER = (Partnership.Status.DENIED, Partnership.Status.NEVER_STARTED)
_BECAME = {
    Kind.ENDED: Partnership.Status.ENDED,
    Kind.PAUSED: Partnership.Status.PAUSED,
    Kind.REINSTATED: Partnership.Status.REINSTATED,
}


def holds(event: Event, on: date) -> bool:
    """Whether the event is true on `on`. No query where the event came from `Event.objects.with_facts()`.

    A correction is true for as long as it is the last one of its claim; that is not asked here.
    """
    match Kind(event.kind):
        case Kind.EXPIRING | Kind.LAPSED:
            return _end_rules(event, on)
        case Kind.UNCONFIRMED:
            return _nobody_confirmed(event, on)
        case Kind.DECLARED | Kind.MOVED:
            return event.term is not None and event.term.published_on is not None
        case Kind.VERDICT:
            return event.verdict is not None and event.verdict.published_on is not None
        case Kind.ANSWERED:
            question = event.question
            return bool(question and question.published_on and question.outcome not in Question.WITHOUT_ANSWER)
        case Kind.CORRECTED:
            return True
        case kind:
            return _partnership(event.partnership, kind)


def _end_rules(event: Event, on: date) -> bool:
    if event.commitment is None:
        return False
    standing = event.commitment.standing(on)
    end = standing.end
    if end is None or end.kind is not EndKind.FIXED or end.ends_on != event.ends_on:
        return False
    wanted = State.LAPSED if event.kind == Kind.LAPSED else State.IN_FORCE
    return standing.state is wanted


def _nobody_confirmed(event: Event, on: date) -> bool:
    if event.commitment is None:
        return False
    standing = event.commitment.standing(on)
    ruling = standing.ruling
    return (
        standing.unconfirmed
        and ruling is not None
        and ruling.action not in STOPS
        and event.key == f"unconfirmed:{ruling.key}:{ruling.reconfirm_by}"
    )


def _partnership(partnership: Partnership | None, kind: Kind) -> bool:
    if partnership is None or partnership.published_on is None:
        return False
    if kind is Kind.BEGAN:
        return partnership.kind != Partnership.Kind.PROPOSAL and partnership.status not in _NEVER
    return bool(partnership.status == _BECAME[kind])
