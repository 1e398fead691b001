"""What is kept about a subscriber, for their own eyes."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from tracker.alerts import telling
from tracker.alerts.models import Delivery, Subscriber, Subscription


def followed_by(subscriber: Subscriber) -> QuerySet[Subscription]:
    """What they follow now, oldest first."""
    running = subscriber.subscriptions.filter(since__isnull=False, ended_on=None)
    return running.select_related("organization", "product", "technology", "commitment", "place", "endpoint").order_by(
        "pk"
    )


@dataclass(frozen=True)
class Line:
    """One thing that we sent, or could not send: its words as they were sent, when, and by which way."""

    headline: str
    on: date
    what_became: str
    way: str


def ledger_of(subscriber: Subscriber) -> list[Line]:
    """What we sent them and what we could not, newest first. One query."""
    settled = (Delivery.State.SENT, Delivery.State.FAILED, Delivery.State.MISSED)
    rows = Delivery.objects.filter(subscriber=subscriber, state__in=settled)
    rows = rows.select_related("wording", "event", "endpoint").order_by(Coalesce("sent_on", "planned_on").desc(), "-pk")
    return [
        Line(
            headline=row.wording.headline if row.wording else row.event.key,
            on=row.sent_on or row.planned_on,
            what_became=_BECAME[Delivery.State(row.state)],
            way=row.endpoint.url if row.endpoint else "digest" if row.digest_id else "e-mail",
        )
        for row in rows[:SHOWN]
    ]


_BECAME = {
    Delivery.State.SENT: "sent",
    Delivery.State.FAILED: "could not be delivered",
    Delivery.State.MISSED: "was given up after two weeks",
}
SHOWN = 200
"""Of what was sent; the download has it all."""


def everything_about(subscriber: Subscriber) -> dict[str, object]:
    """All we keep, in a form that can be read by people and programs."""
    subscriptions = subscriber.subscriptions.select_related(
        "organization", "product", "technology", "commitment", "place"
    )
    return {
        "address": subscriber.address,
        "requested_at": subscriber.requested_at,
        "confirmed_at": subscriber.confirmed_at,
        "paused_until": subscriber.paused_until,
        "time_zone": subscriber.time_zone,
        "digest_hour": subscriber.digest_hour,
        "bounces": subscriber.bounces,
        "stopped": subscriber.stopped,
        "follows": [
            {
                "topic": subscription.topic,
                "what": telling.topic(subscription),
                "channel": subscription.channel,
                "cadence": subscription.cadence,
                "rungs": subscription.rungs,
                "since": subscription.since,
                "ended_on": subscription.ended_on,
            }
            for subscription in subscriptions.order_by("pk")
        ],
        # The secrets stay out: a file is passed around, and whoever has one could sign as we do.
        "webhooks": list(subscriber.endpoints.order_by("pk").values("url", "made_at", "off_since", "off_because")),
        "deliveries": [
            {
                "event": delivery.event.key,
                "headline": delivery.wording.headline if delivery.wording else "",
                "text": delivery.wording.text if delivery.wording else "",
                "state": delivery.state,
                "planned_on": delivery.planned_on,
                "sent_at": delivery.sent_at,
                "message_id": delivery.message_id,
                "reason": delivery.reason,
            }
            for delivery in Delivery.objects.filter(subscription__subscriber=subscriber)
            .select_related("event", "wording")
            .order_by("pk")
        ],
    }
