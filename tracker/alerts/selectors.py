"""What is kept about a subscriber, for their own eyes."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from tracker.alerts import telling
from tracker.alerts.models import Delivery, Event, Subscriber, Subscription


def followed_by(subscriber: Subscriber) -> QuerySet[Subscription]:
    """What they follow now, oldest first."""
    running = subscriber.subscriptions.filter(since__isnull=False, ended_on=None)
    return running.select_related(*_FOLLOWED).order_by("pk")


@dataclass(frozen=True)
class Line:
    """One thing that we sent, or could not send: its words as they were sent, when, and by which way."""

    headline: str
    on: date
    what_became: str
    way: str


def ledger_of(subscriber: Subscriber) -> list[Line]:
    """What we sent them and what we could not, newest first. One query. What was never sent is named by its kind."""
    settled = (Delivery.State.SENT, Delivery.State.FAILED, Delivery.State.MISSED)
    rows = Delivery.objects.filter(subscriber=subscriber, state__in=settled)
    rows = rows.select_related("wording", "endpoint", *_ABOUT).order_by(Coalesce("sent_on", "planned_on").desc(), "-pk")
    return [
        Line(
            headline=row.wording.headline if row.wording else _unsaid(row.event),
            on=row.sent_on or row.planned_on,
            what_became=_became(row),
            way=row.endpoint.url if row.endpoint else "digest" if row.digest_id else "e-mail",
        )
        for row in rows[:SHOWN]
    ]


def _unsaid(event: Event) -> str:
    partnership = event.partnership
    partners = f"{partnership.vendor} and {partnership.client}" if partnership else ""
    about = event.commitment or partners or event.question or "no longer on record"
    words = " ".join(f"{event.get_kind_display()}: {about}".split())
    return words[:1].upper() + words[1:]


def _became(row: Delivery) -> str:
    """What is known of a delivery. One that was sent has a reason only if it came back, which is the reason."""
    came_back = row.state == Delivery.State.SENT and row.reason
    return f"sent, {row.reason}" if came_back else _BECAME[Delivery.State(row.state)]


_ABOUT = ("event__commitment", "event__partnership__vendor", "event__partnership__client", "event__question")
_BECAME = {
    Delivery.State.SENT: "sent",
    Delivery.State.FAILED: "could not be delivered",
    Delivery.State.MISSED: "was given up after two weeks",
}
SHOWN = 200
"""Of what was sent; the download has it all."""


def everything_about(subscriber: Subscriber) -> dict[str, object]:
    """All we keep, table by table, in a form that can be read by people and programs.

    What would let another act in our name or theirs stays out, because a file is passed around: the secrets of
    webhooks, and the key of signed links.
    """
    return {
        **_columns(subscriber, "address", "requested_at", "confirmed_at", "paused_until", "time_zone", "digest_hour"),
        **_columns(subscriber, "bounces", "stopped"),
        "follows": [
            {
                "what": telling.topic(one),
                **_columns(one, "topic", "search", "channel", "cadence", "rungs", "since", "ended_on"),
                "endpoint": one.endpoint.url if one.endpoint else None,
            }
            for one in subscriber.subscriptions.select_related(*_FOLLOWED).order_by("pk")
        ],
        "webhooks": [
            _columns(one, "url", "made_at", "former_until", "off_since", "off_because")
            for one in subscriber.endpoints.order_by("pk")
        ],
        "digests": [_columns(one, "cadence", "period", "message_id") for one in subscriber.digests.order_by("pk")],
        "deliveries": [_delivery(one) for one in _deliveries(subscriber)],
    }


def _deliveries(subscriber: Subscriber) -> QuerySet[Delivery]:
    about = tuple(f"subscription__{name}" for name in _FOLLOWED)
    rows = Delivery.objects.filter(subscriber=subscriber)
    return rows.select_related("event", "wording", "digest", "endpoint", *about).order_by("pk")


def _delivery(row: Delivery) -> dict[str, object]:
    return {
        "event": row.event.key,
        "subscription": telling.topic(row.subscription),
        "headline": row.wording.headline if row.wording else "",
        "text": row.wording.text if row.wording else "",
        "endpoint": row.endpoint.url if row.endpoint else None,
        "digest": row.digest.period if row.digest else None,
        **_columns(row, "state", "reason", "planned_on", "ready_at", "in_digest", "attempts", "message_id"),
        **_columns(row, "claimed_at", "sent_at", "sent_on", "reported"),
    }


def _columns(row: models.Model, *names: str) -> dict[str, object]:
    return {name: getattr(row, name) for name in names}


_FOLLOWED = ("organization", "product", "technology", "commitment", "place", "endpoint")
