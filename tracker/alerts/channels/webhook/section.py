"""What the manage page shows of webhooks, and what the page of one shows."""

from tracker.alerts import telling
from tracker.alerts.channels.webhook.following import Topic, followed
from tracker.alerts.models import Endpoint, Subscriber, Subscription
from tracker.alerts.selectors import followed_by


def section(subscriber: Subscriber) -> list[tuple[Endpoint, list[str]]]:
    """Their webhooks, oldest first, each with what is posted to it, in words."""
    told: dict[int | None, list[str]] = {}
    for subscription in followed_by(subscriber).filter(channel=Subscription.Channel.WEBHOOK):
        told.setdefault(subscription.endpoint_id, []).append(telling.topic(subscription))
    return [(endpoint, told.get(endpoint.pk, [])) for endpoint in subscriber.endpoints.order_by("pk")]


def offered(endpoint: Endpoint) -> list[tuple[Subscription, str, bool]]:
    """Each thing its subscriber follows by any way, once: a subscription to it, its words, whether it comes here."""
    running = list(followed_by(endpoint.subscriber))
    here = {followed(subscription) for subscription in running if subscription.endpoint_id == endpoint.pk}
    once: dict[Topic, Subscription] = {}
    for subscription in running:
        once.setdefault(followed(subscription), subscription)
    return [(one, telling.topic(one), what in here) for what, one in once.items()]
