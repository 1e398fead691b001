"""What should be in the ledger on a day, worked out a second time by other means, and every difference.

The planner works in SQL over whole tables; this walks the commitments one by one with the pure rules of
`commitments.lifecycle`, and matches topics in Python. It looks at what is told at present: the events of the terms
and ends that rule on that day. What was told of ends that have since moved is checked only for having been settled.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from django.db.models import Count, F, Q

from tracker.alerts.deliveries import FRESH
from tracker.alerts.events.columns import RECENT
from tracker.alerts.facts import holds
from tracker.alerts.models import RUNGS, Delivery, Event, Subscription
from tracker.commitments.lifecycle import EndKind, State
from tracker.commitments.models import Commitment
from tracker.organizations.models import Organization, Place


def differences(on: date) -> list[str]:
    """One line for each difference between what should be and what is; none if all is well."""
    return [*_missing(on), *_unsettled(on), *_wrongly_sent()]


def _missing(on: date) -> Iterator[str]:
    """Events and deliveries that should exist and do not."""
    known = {event.key: event for event in Event.objects.all()}
    told = defaultdict(set)
    for event_id, subscription_id in Delivery.objects.values_list("event_id", "subscription_id"):
        told[event_id].add(subscription_id)
    follows = _Follows()
    for commitment in Commitment.objects.public().prefetch_related("terms", "products", "technologies", "binds"):
        followers = None
        for key, news in _expected(commitment, on):
            event = known.get(key)
            if event is None:
                yield f"{key}: should be known by {on} and is not"
                continue
            current = event.kind == Event.Kind.EXPIRING and holds(event, on)
            if not news or not (current or event.planned_on >= on - FRESH):
                continue
            followers = follows.of(commitment) if followers is None else followers
            for subscription in followers:
                wanted = event.rung is None or event.rung in subscription.rungs
                if (
                    wanted
                    and subscription.since
                    and subscription.since <= event.due_on
                    and subscription.pk not in told[event.pk]
                ):
                    yield f"{key}: should be told to subscription {subscription.pk} and is not planned"


def _expected(commitment: Commitment, on: date) -> Iterator[tuple[str, bool]]:
    """The keys of the events that should be known by `on`, and whether each is news."""
    terms = {term.pk: term for term in commitment.terms.all() if term.published_on and term.published_on <= on}
    for term in terms.values():
        assert term.published_on is not None
        if term.declared_on.first <= on:
            yield f"term:{term.pk}", term.declared_on.last >= term.published_on - RECENT
    standing = commitment.standing(on)
    ruling = terms.get(standing.ruling.key) if standing.ruling and standing.ruling.key else None
    end = standing.end
    if ruling is None or end is None or end.kind is not EndKind.FIXED or end.ends_on is None or end.lapses_on is None:
        return
    assert ruling.published_on is not None
    if standing.state is State.LAPSED:
        yield f"lapsed:{commitment.pk}:{end.ends_on}:0", end.lapses_on >= ruling.published_on - RECENT
    if standing.state in (State.IN_FORCE, State.LAPSED) and ruling.published_on < end.lapses_on:
        for rung in filter(None, RUNGS):
            if end.ends_on.first - timedelta(days=rung) <= on:
                yield f"expiring:{commitment.pk}:{end.ends_on}:{rung}", True


class _Follows:
    """Which running subscriptions follow a commitment, looked up in memory."""

    def __init__(self) -> None:
        running = Subscription.objects.filter(
            since__isnull=False, ended_on=None, subscriber__confirmed_at__isnull=False
        )
        self.by_topic: dict[tuple[str, int | None], list[Subscription]] = defaultdict(list)
        for subscription in running:
            followed = getattr(subscription, f"{subscription.topic}_id", None)
            self.by_topic[subscription.topic, followed].append(subscription)
        self.organizations = dict(Organization.objects.values_list("pk", "parent_id"))
        self.seats = dict(Organization.objects.values_list("pk", "place_id"))
        self.places = dict(Place.objects.values_list("pk", "parent_id"))

    def of(self, commitment: Commitment) -> set[Subscription]:
        products = list(commitment.products.all())
        named = {
            commitment.actor_id,
            *(o.pk for o in commitment.binds.all()),
            *(p.vendor_id for p in products),
        }
        topics: set[tuple[str, int | None]] = {("everything", None), ("commitment", commitment.pk)}
        topics |= {("organization", pk) for start in named for pk in _upwards(start, self.organizations)}
        topics |= {("product", product.pk) for product in products}
        topics |= {("technology", product.technology_id) for product in products}
        topics |= {("technology", technology.pk) for technology in commitment.technologies.all()}
        topics |= {("place", pk) for pk in _upwards(self.seats.get(commitment.actor_id), self.places)}
        return {subscription for topic in topics for subscription in self.by_topic.get(topic, ())}


def _upwards(start: int | None, parents: Mapping[int, int | None]) -> Iterator[int]:
    while start is not None:
        yield start
        start = parents.get(start)


def _unsettled(on: date) -> Iterator[str]:
    """What was due by `on`, may be sent, and still waits."""
    waiting = Delivery.objects.filter(state__in=(Delivery.State.PENDING, Delivery.State.CLAIMED), event__due_on__lte=on)
    paused = Q(subscription__subscriber__paused_until__gt=on)
    for delivery in waiting.exclude(paused).select_related("event").order_by("pk"):
        yield f"{delivery.event.key}: delivery {delivery.pk} is still {delivery.state} on {on}"


def _wrongly_sent() -> Iterator[str]:
    """What was sent twice, before it was due, or after the end of its subscription."""
    sent = Delivery.objects.filter(state=Delivery.State.SENT)
    doubled = (
        sent.values("event__key", "subscription__subscriber", "subscription__channel")
        .annotate(times=Count("pk"))
        .filter(times__gt=1)
    )
    for row in doubled.order_by("event__key"):
        yield f"{row['event__key']}: sent {row['times']} times to subscriber {row['subscription__subscriber']}"
    early = Q(sent_on__lt=F("event__due_on"))
    ended = Q(sent_on__gt=F("subscription__ended_on"))
    for delivery in sent.filter(early | ended).select_related("event").order_by("pk"):
        wrong = (
            "before it was due" if delivery.sent_on and delivery.sent_on < delivery.event.due_on else "after the end"
        )
        yield f"{delivery.event.key}: delivery {delivery.pk} was sent on {delivery.sent_on}, {wrong}"
