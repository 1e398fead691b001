"""What is kept about a subscriber, for their own eyes."""

from django.db.models import QuerySet

from tracker.alerts import telling
from tracker.alerts.models import Delivery, Subscriber, Subscription


def followed_by(subscriber: Subscriber) -> QuerySet[Subscription]:
    """What they follow now, oldest first."""
    running = subscriber.subscriptions.filter(since__isnull=False, ended_on=None)
    return running.select_related("organization", "product", "technology", "commitment", "place").order_by("pk")


def sent_to(subscriber: Subscriber) -> QuerySet[Delivery]:
    """What we sent them, newest first."""
    sent = Delivery.objects.filter(subscription__subscriber=subscriber, state=Delivery.State.SENT)
    return sent.select_related(
        "wording", "event__commitment", "event__partnership__client", "event__question"
    ).order_by("-sent_on", "-pk")


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
