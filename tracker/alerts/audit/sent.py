"""What was sent and should not have been: twice, too early, too late, to whom it was not for, in the wrong envelope."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, F, Q, QuerySet

from tracker.alerts.audit.runs import Runs
from tracker.alerts.models import Delivery, Digest, Subscription

State, Topic = Delivery.State, Subscription.Topic
_DAY = timedelta(days=1)


def differences(runs: Runs) -> Iterator[str]:
    """All of these, of all times."""
    yield from _twice()
    yield from _wrongly()
    yield from _out_of_time(runs)
    yield from _under_one_message_id()
    yield from _digests()


def _sent() -> "QuerySet[Delivery]":
    return Delivery.objects.filter(state=State.SENT).order_by()


def _twice() -> Iterator[str]:
    doubled = _sent().values_list("event__key", "subscriber", "endpoint").annotate(times=Count("pk"))
    for key, subscriber, endpoint, times in doubled.filter(times__gt=1).order_by("event__key", "subscriber"):
        where = f"endpoint {endpoint} of subscriber {subscriber}" if endpoint else f"subscriber {subscriber}"
        yield f"{key}: sent {times} times to {where}"


_WRONG = {
    "before it was due": Q(sent_on__lt=F("event__due_on")),
    "before it was ready": Q(sent_at__lt=F("ready_at")),
    # Who comes back begins anew, so what was planned before is no sign of anything.
    "though it was due before its subscription began": Q(
        event__due_on__lt=F("subscription__since"), planned_on__gt=F("subscription__since") + _DAY
    ),
    "to an address that nobody had confirmed": Q(subscriber__confirmed_at=None) | Q(subscription__since=None),
    "to a follower of another promise": Q(subscription__topic=Topic.COMMITMENT, event__commitment__isnull=False)
    & ~Q(event__commitment=F("subscription__commitment")),
    "to another person than its subscription is of": ~Q(subscriber=F("subscription__subscriber")),
    "alone, though it was for a digest": Q(in_digest=True, digest=None),
}


def _wrongly() -> Iterator[str]:
    for wrong, condition in _WRONG.items():
        rows = _sent().filter(condition).order_by("pk").values_list("event__key", "pk", "sent_on")
        for key, pk, sent_on in rows.iterator():
            yield f"{key}: delivery {pk} was sent on {sent_on}, {wrong}"


def _out_of_time(runs: Runs) -> Iterator[str]:
    """After the end, before the confirmation; not where a clock was moved back in between, which says nothing."""
    rows = _sent().order_by("pk")
    late = rows.filter(sent_on__gt=F("subscription__ended_on"))
    ends = late.values_list("event__key", "pk", "sent_on", "subscription__ended_on")
    for key, pk, sent_on, ended_on in ends.iterator():
        if not runs.came_back_to(ended_on):
            yield f"{key}: delivery {pk} was sent on {sent_on}, after the end of its subscription"
    early = rows.filter(sent_at__lt=F("subscriber__confirmed_at"))
    for key, pk, sent_on in early.values_list("event__key", "pk", "sent_on").iterator():
        if not runs.came_back_to(sent_on):
            yield f"{key}: delivery {pk} was sent on {sent_on}, to an address that nobody had confirmed"


def _under_one_message_id() -> Iterator[str]:
    """A Message-ID is one message: one delivery that went alone, or those of one digest."""
    shared = Delivery.objects.exclude(message_id="").order_by().values_list("message_id")
    shared = shared.annotate(
        alone=Count("pk", filter=Q(digest=None)), digests=Count("digest", distinct=True), any=Count("pk")
    )
    several = shared.filter(Q(alone__gt=1) | Q(digests__gt=1) | Q(alone__gt=0, digests__gt=0))
    for message_id, *_ in several.order_by("message_id").iterator():
        yield f"{message_id}: is the Message-ID of more than one message"
    missing = Delivery.objects.filter(state__in=(State.SENT, State.CLAIMED), message_id="").order_by("pk")
    for key, pk in missing.values_list("event__key", "pk").iterator():
        yield f"{key}: delivery {pk} was taken without a Message-ID"


def _digests() -> Iterator[str]:
    doubled = Digest.objects.order_by().values_list("subscriber", "cadence", "period").annotate(times=Count("pk"))
    for subscriber, cadence, period, times in doubled.filter(times__gt=1).order_by("subscriber", "period"):
        yield f"{cadence} digest {period}: there are {times} for subscriber {subscriber}"
    within = Delivery.objects.filter(digest__isnull=False).order_by("pk")
    other = within.exclude(message_id="").exclude(message_id=F("digest__message_id"))
    for key, pk, digest in other.values_list("event__key", "pk", "digest").iterator():
        yield f"{key}: delivery {pk} went under another Message-ID than its digest {digest}"
    strangers = within.exclude(subscriber=F("digest__subscriber"))
    for key, pk, digest in strangers.values_list("event__key", "pk", "digest").iterator():
        yield f"{key}: delivery {pk} is in the digest {digest} of another subscriber"
    sent = Count("deliveries", filter=Q(deliveries__state=State.SENT))
    left = Count("deliveries", filter=Q(deliveries__state__in=(State.PENDING, State.CLAIMED)))
    halves = Digest.objects.order_by("pk").annotate(sent=sent, left=left).filter(sent__gt=0, left__gt=0)
    for pk, left_over in halves.values_list("pk", "left").iterator():
        yield f"digest {pk}: was sent, and {left_over} deliveries in it still wait"
