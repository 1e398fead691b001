"""The cast of every case: one promise that ends in 120 days, announced today, and people who follow everything.

Due today is the announcement; due in thirty days is the first warning.
"""

from datetime import UTC, date, datetime, time, timedelta

from tracker.alerts.models import Subscriber, Subscription
from tracker.commitments.actions import Subject, announce
from tracker.commitments.lifecycle import End, EndKind
from tracker.dates import PartialDate
from tracker.evidence.actions import Quoted, know_source
from tracker.organizations.models import Organization

LASTS = timedelta(days=120)


def build(on: date, people: int) -> None:
    """Write the promise, announced and published on `on`, and so many confirmed subscribers to everything."""
    vendor = Organization.objects.create(role="vendor", kind="company", slug="amazon", name="Amazon")
    source = know_source("https://news.example/moratorium", title="We pause", kind="official", publisher="Amazon")
    announce(
        vendor,
        Subject("A pause of police use", "a-pause", "moratorium"),
        declared_on=_day(on),
        end=End(EndKind.FIXED, _day(on + LASTS)),
        evidence=[Quoted(source, quote="We pause police use for four months.")],
        published_on=on,
    )
    midnight = datetime.combine(on, time(), tzinfo=UTC)
    readers = Subscriber.objects.bulk_create(
        Subscriber(address=f"reader{number}@example.org", requested_at=midnight, confirmed_at=midnight)
        for number in range(people)
    )
    Subscription.objects.bulk_create(
        Subscription(subscriber=reader, topic=Subscription.Topic.EVERYTHING, since=on) for reader in readers
    )


def _day(on: date) -> PartialDate:
    return PartialDate.parse(on.isoformat())
