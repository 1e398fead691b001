"""What waits for too long, what was set aside although nothing took its place, and what was missed in silence."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from tracker.alerts.audit.expected import Truth
from tracker.alerts.audit.followers import Followers
from tracker.alerts.deliveries import FRESH, MOVED, PASSED
from tracker.alerts.models import RUNGS, Delivery, Event, Subscription
from tracker.commitments.lifecycle import End, EndKind

State, Kind, Cadence = Delivery.State, Event.Kind, Subscription.Cadence
_DAY = timedelta(days=1)
UNSUBSCRIBED = "unsubscribed"


def differences(truth: Truth, followers: Followers, now: datetime) -> Iterator[str]:
    """All of these. `now`: what was ready by then should be on its way."""
    yield from _overdue(truth.on, now)
    yield from _set_aside_alone(truth, followers)
    yield from _cancelled_for_no_reason(truth)
    missed = Delivery.objects.filter(state=State.MISSED, reported=False)
    for key, pk in missed.order_by("pk").values_list("event__key", "pk").iterator():
        yield f"{key}: delivery {pk} was missed, and the operators were not told"


def _overdue(on: date, now: datetime) -> Iterator[str]:
    waiting = Delivery.objects.filter(
        state__in=(State.PENDING, State.CLAIMED), event__due_on__lte=on, ready_at__lte=now
    ).exclude(subscriber__paused_until__gt=on)
    # After a pause a digest waits for its next period, a row in it with it.
    resting = Q(in_digest=True, subscription__cadence=Cadence.DAILY, subscriber__paused_until__gt=on - _DAY)
    resting |= Q(in_digest=True, subscription__cadence=Cadence.WEEKLY, subscriber__paused_until__gt=on - 7 * _DAY)
    rows = waiting.exclude(resting).order_by("pk").values_list("event__key", "pk", "state")
    for key, pk, state in rows.iterator():
        yield f"{key}: delivery {pk} is still {state} on {on}"


def _set_aside_alone(truth: Truth, followers: Followers) -> Iterator[str]:
    """Cancelled or collapsed, and yet it holds, and nothing that lives tells that person as much."""
    fresh = Q(event__planned_on__gte=truth.on - FRESH)
    warning = Q(event__kind=Kind.EXPIRING, event__due_on__gte=truth.on - max(RUNGS) * _DAY)
    aside = Q(fresh, state=State.COLLAPSED) | Q(fresh | warning, state=State.CANCELLED, reason=MOVED)
    alone = (
        _by_what_they_say()
        .filter(aside, event__due_on__lte=truth.on, endpoint__off_since=None)
        .filter(~Exists(_as_much()))
        .order_by("pk")
    )
    rows = alone.values_list("pk", "state", "event__kind", "event__key", "subscription_id")
    for pk, state, kind, key, subscription in rows.iterator():
        if subscription in followers.running and truth.holds(kind, key):
            yield f"{key}: delivery {pk} is {state}, although it holds and nothing else tells it"


def _by_what_they_say() -> QuerySet[Any, Any]:
    declared = When(event__kind__in=(Kind.DECLARED, Kind.MOVED), then=Value(Kind.DECLARED.value))
    says = Case(declared, default=F("event__kind"), output_field=CharField())
    found: QuerySet[Any, Any] = Delivery.objects.alias(says=says, channel=Coalesce("endpoint_id", 0))
    return found


def _as_much() -> QuerySet[Any, Any]:
    """Live deliveries to the person and by the channel of the outer one that tell at least as much."""
    urgent = Q(event__rung__lte=OuterRef("event__rung"), event__ends_on=OuterRef("event__ends_on"))
    declared = Q(says=Kind.DECLARED, event__due_on=OuterRef("event__due_on"))
    corrected = Q(says=Kind.CORRECTED, event__planned_on=OuterRef("event__planned_on"))
    other = Q(event__commitment=OuterRef("event__commitment")) & (
        urgent | Q(declared | corrected, says=OuterRef("says"))
    )
    return _by_what_they_say().filter(
        Q(event=OuterRef("event")) | other,
        subscriber=OuterRef("subscriber"),
        channel=OuterRef("channel"),
        state__in=Delivery.LIVE,
    )


def _cancelled_for_no_reason(truth: Truth) -> Iterator[str]:
    """As unsubscribed, and it runs on from before; as a warning of an end that had passed, and no run was after it."""
    cancelled = Delivery.objects.filter(state=State.CANCELLED).order_by("pk")
    # Who comes back begins anew, on that day; a day's difference is a clock that was moved back.
    runs_on = cancelled.filter(
        reason=UNSUBSCRIBED, subscription__ended_on=None, subscription__since__lt=F("planned_on") - _DAY
    )
    for key, pk in runs_on.values_list("event__key", "pk").iterator():
        yield f"{key}: delivery {pk} is cancelled as unsubscribed, and its subscription runs"
    passed = cancelled.filter(reason=PASSED, event__ends_on__endswith__gt=truth.runs.furthest)
    for key, pk, ends_on in passed.values_list("event__key", "pk", "event__ends_on").iterator():
        lapses_on = End(EndKind.FIXED, ends_on).lapses_on
        if lapses_on is not None and lapses_on > truth.runs.furthest:
            yield f"{key}: delivery {pk} is cancelled because the end has passed, and it has not"
