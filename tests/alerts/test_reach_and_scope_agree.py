"""Who is told of something, upwards in SQL, is who follows a topic that covers it, downwards as QuerySets."""

from datetime import UTC, date, datetime

import pytest
from django.db.models import QuerySet

from tests.catalogue.loaded import LOADED_ON
from tracker.alerts import deliveries, scope
from tracker.alerts.models import Delivery, Event, Subscriber, Subscription
from tracker.alerts.topics import Followed
from tracker.catalogue import actions as catalogue
from tracker.commitments.models import Commitment
from tracker.organizations.models import Organization, Place, Product, Technology
from tracker.partnerships.models import Partnership
from tracker.record.models import Question

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 1)
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
SEARCHES = ("ring", "police springfield", "face recognition california", "amazon rekog", "no such thing")


def follow_everything_there_is() -> list[Subscription]:
    """Somebody for each record, so that nobody's subscriptions stand in each other's way."""
    topics: list[tuple[str, object]] = [("everything", None)]
    for topic, records in (
        ("organization", Organization.objects.all()),
        ("product", Product.objects.all()),
        ("technology", Technology.objects.all()),
        ("place", Place.objects.all()),
        ("commitment", Commitment.objects.public()),
    ):
        topics += [(topic, record) for record in records]
    topics += [("search", words) for words in SEARCHES]
    readers = Subscriber.objects.bulk_create(
        Subscriber(address=f"r{number}@example.org", requested_at=NOW, confirmed_at=NOW)
        for number in range(len(topics))
    )
    return Subscription.objects.bulk_create(
        Subscription(
            subscriber=reader, topic=topic, since=date(2020, 1, 1), **({topic: record} if record is not None else {})
        )
        for reader, (topic, record) in zip(readers, topics, strict=True)
    )


def an_event_about_each(
    kind: str, claim: str, about: str, records: QuerySet[Commitment | Partnership | Question]
) -> None:
    Event.objects.bulk_create(
        Event(key=f"{about}:{record.pk}", kind=kind, claim=claim, due_on=DAY, planned_on=DAY, **{about: record})
        for record in records
    )


def test_over_the_whole_catalogue_who_is_told_is_who_follows_what_covers_it() -> None:
    catalogue.load(on=LOADED_ON)
    subscriptions = follow_everything_there_is()
    an_event_about_each("declared", "term", "commitment", Commitment.objects.public())
    published = {"published_on__isnull": False}
    an_event_about_each("began", "began", "partnership", Partnership.objects.filter(**published))
    an_event_about_each("answered", "answer", "question", Question.objects.filter(**published))
    deliveries.insert(DAY, NOW)
    keys = dict(Event.objects.values_list("pk", "key"))
    told: dict[int, set[str]] = {subscription.pk: set() for subscription in subscriptions}
    for subscription_id, event_id in Delivery.objects.values_list("subscription_id", "event_id"):
        told[subscription_id].add(keys[event_id])
    for subscription in subscriptions:
        record = None if subscription.topic == "search" else getattr(subscription, subscription.topic, None)
        followed = Followed(subscription.topic, record, search=subscription.search)
        covered = {
            f"{about}:{pk}"
            for about, records in (
                ("commitment", scope.commitments(followed)),
                ("partnership", scope.partnerships(followed)),
                ("question", scope.questions(followed)),
            )
            for pk in records.order_by().values_list("pk", flat=True)
        }
        assert told[subscription.pk] == covered, followed.label
    assert sum(map(len, told.values())) > 3000
