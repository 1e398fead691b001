"""Following and unfollowing. Nobody is written to, but once, before they have said so themselves."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.core.mail import get_connection
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from tracker.alerts import deliveries, limits, links, turns
from tracker.alerts.messages import compose, refusals
from tracker.alerts.models import RUNGS, Delivery, Subscriber, Subscription
from tracker.alerts.topics import Followed

UNCONFIRMED = timedelta(days=7)
"""How long an address that nobody confirmed is kept."""


class Gone(ValueError):
    """The subscriber has had themselves forgotten, or the subscription is no longer there."""


def subscribe(*, address: str, followed: Followed, on: date, now: datetime) -> None:
    """Send one mail that asks to confirm that `address` follows this. Does the same for known and unknown addresses.

    Beyond the limit for an address nothing is sent, and nothing says so: the asker must not learn what others did.
    Raises smtplib.SMTPException or OSError if the mail cannot be sent; asking again then does no harm.
    """
    if not limits.PER_ADDRESS.allows(address.lower()):
        return
    subscription = _ask(address, followed, now)
    message = compose(
        subscription.subscriber.address,
        f"Confirm: {followed.label}",
        "confirm",
        {
            "topic": followed.label,
            "confirm": links.confirm_url(subscription, on=on),
            "days": UNCONFIRMED.days,
        },
    )
    with refusals():
        get_connection().send_messages([message])


@transaction.atomic
def _ask(address: str, followed: Followed, now: datetime) -> Subscription:
    Subscriber.objects.bulk_create([Subscriber(address=address, requested_at=now)], ignore_conflicts=True)
    subscriber = Subscriber.objects.get(address__iexact=address)
    Subscriber.objects.filter(pk=subscriber.pk, confirmed_at=None).update(requested_at=now)
    subscription, _ = Subscription.objects.get_or_create(subscriber=subscriber, **followed.as_columns())
    return subscription


@transaction.atomic
def confirm(*, token: str, on: date, now: datetime) -> Subscription:
    """Begin the subscription that the link of a confirming mail names. Opened twice it is the same as once.

    Raises links.Forged, links.Expired, or Gone.
    """
    subscription = find(links.read(links.Purpose.CONFIRM, token, on=on))
    if subscription.since is None or subscription.ended_on is not None:
        subscription.since, subscription.ended_on = on, None
        subscription.save(update_fields=("since", "ended_on"))
    Subscriber.objects.filter(pk=subscription.subscriber_id, confirmed_at=None).update(confirmed_at=now)
    # Mail reaches the address and is wanted: whatever was said against it before is over.
    Subscriber.objects.filter(pk=subscription.subscriber_id).update(stopped=None, bounces=0)
    return subscription


@transaction.atomic
def unsubscribe(*, subscription: Subscription, on: date) -> None:
    """End this subscription at once: what waits for it is cancelled, what is being sent asks once more."""
    _end(Subscription.objects.filter(pk=subscription.pk), on)


@transaction.atomic
def unsubscribe_digest(*, subscriber: Subscriber, cadence: str, on: date) -> None:
    """End at once all that goes into this subscriber's daily or weekly digest."""
    _end(subscriber.subscriptions.filter(channel=Subscription.Channel.EMAIL, cadence=cadence), on)


def _end(subscriptions: QuerySet[Subscription], on: date) -> None:
    ending = list(subscriptions.filter(ended_on=None).values_list("pk", flat=True))
    Subscription.objects.filter(pk__in=ending).update(ended_on=on)
    Delivery.objects.filter(subscription__in=ending, state=Delivery.State.PENDING).update(
        state=Delivery.State.CANCELLED, reason="unsubscribed"
    )


@transaction.atomic
def choose_rungs(*, subscription: Subscription, rungs: Iterable[int]) -> None:
    """Of 90, 30, 7 and 1 days before, and the lapse (0), warn only on these.

    A warning that waits and is not wanted any more is deleted, not cancelled, so that it is planned again for who
    wants it again while it still holds. One that may have been handed over already stays in the ledger.
    """
    wanted = set(rungs)
    Subscription.objects.filter(pk=subscription.pk).update(rungs=[rung for rung in RUNGS if rung in wanted])
    waiting = Delivery.objects.filter(subscription=subscription, state=Delivery.State.PENDING, attempts=0)
    waiting.filter(event__rung__isnull=False).exclude(event__rung__in=wanted).delete()


@transaction.atomic
def choose_cadence(*, subscription: Subscription, cadence: str, now: datetime) -> None:
    """Tell it at once, or in a daily or weekly digest. What waits goes along. A webhook is always told at once."""
    mine = Subscription.objects.filter(pk=subscription.pk, channel=Subscription.Channel.EMAIL)
    if mine.update(cadence=Subscription.Cadence(cadence)):
        deliveries.reschedule(subscription.subscriber_id, now)


@transaction.atomic
def choose_clock(*, subscriber: Subscriber, time_zone: str, hour: int, now: datetime) -> None:
    """When digests come: at this hour of the day in this time zone. What waits goes along."""
    Subscriber.objects.filter(pk=subscriber.pk).update(time_zone=time_zone, digest_hour=hour)
    deliveries.reschedule(subscriber.pk, now)


@transaction.atomic
def unsubscribe_all(*, subscriber: Subscriber, on: date) -> None:
    """End everything this subscriber follows, by whatever channel."""
    _end(subscriber.subscriptions.all(), on)


def pause(*, subscriber: Subscriber, until: date | None) -> None:
    """Send nothing before `until`. What is due in between waits, and is sent then if it still holds."""
    Subscriber.objects.filter(pk=subscriber.pk).update(paused_until=until)


@transaction.atomic
def forget(*, subscriber: Subscriber) -> None:
    """Delete the address and everything kept with it: what was followed, and what was sent.

    Waits for the planner and for who puts digests together: a row for this subscriber that we could not see yet would
    make their transaction fail, or this one.
    """
    turns.take(turns.Turn.PLAN, turns.Turn.DIGEST)
    Subscriber.objects.filter(pk=subscriber.pk).delete()


def drop_unconfirmed(*, now: datetime) -> int:
    """Delete what nobody confirmed in time. Returns how many rows."""
    running = Subscription.objects.filter(subscriber=OuterRef("pk"), since__isnull=False)
    late = Subscriber.objects.filter(requested_at__lt=now - UNCONFIRMED)
    addresses, _ = late.filter(~Exists(running), confirmed_at=None).delete()
    return addresses


def send_manage_link(*, address: str, on: date) -> None:
    """Send an address the link to its own page, or word that it follows nothing: the asker cannot tell which.

    Raises smtplib.SMTPException or OSError if the mail cannot be sent.
    """
    if not limits.PER_ADDRESS.allows(address.lower()):
        return
    subscriber = Subscriber.objects.filter(address__iexact=address, confirmed_at__isnull=False).first()
    context: dict[str, object] = {
        "manage": links.manage_url(subscriber.key, on=on) if subscriber else "",
        "days": links.GOOD_FOR[links.Purpose.MANAGE].days,
    }
    with refusals():
        get_connection().send_messages([compose(address, "What you follow on Watchback", "manage", context)])


def find(ticket: links.Ticket) -> Subscription:
    """The subscription that a ticket names. Raises Gone."""
    number = ticket.subscription_id or 0
    subscription = (
        Subscription.objects.select_related(
            "subscriber", "organization", "product", "technology", "commitment", "place"
        )
        .filter(pk=number, subscriber__key=ticket.key)
        .first()
    )
    if subscription is None:
        raise Gone("we keep nothing under this link any more")
    return subscription


def find_subscriber(key: uuid.UUID) -> Subscriber:
    """The subscriber with this key. Raises Gone."""
    subscriber = Subscriber.objects.filter(key=key).first()
    if subscriber is None:
        raise Gone("we keep nothing under this link any more")
    return subscriber
