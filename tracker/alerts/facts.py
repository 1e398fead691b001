"""Whether what an event says is still so, by the pure rules of `commitments.lifecycle`. Asked again before sending."""

from datetime import date

from tracker.alerts.models import Delivery, Event
from tracker.commitments.lifecycle import EndKind, State


def holds(event: Event, on: date) -> bool:
    """Whether the event is still true on `on`. No query where the commitment's terms are prefetched."""
    if event.rung is None:
        return event.term is not None and event.term.published_on is not None
    standing = event.commitment.standing(on)
    end = standing.end
    if end is None or end.kind is not EndKind.FIXED or end.ends_on != event.ends_on:
        return False
    wanted = State.LAPSED if event.kind == Event.Kind.LAPSED else State.IN_FORCE
    return standing.state is wanted


def objection(delivery: Delivery, on: date) -> str:
    """Why this delivery must not be sent on `on`; empty if nothing speaks against it."""
    subscription = delivery.subscription
    if subscription.ended_on is not None or subscription.since is None:
        return "unsubscribed"
    if subscription.subscriber.confirmed_at is None:
        return "the address is not confirmed"
    if not holds(delivery.event, on):
        return "what it would have said no longer holds"
    return ""
