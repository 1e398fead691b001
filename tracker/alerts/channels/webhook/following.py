"""Which of the things that a subscriber follows go to an endpoint."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from tracker.alerts.actions.subscribing import unsubscribe
from tracker.alerts.models import Endpoint, Subscription

_FOLLOWED = ("topic", "organization_id", "product_id", "technology_id", "commitment_id", "place_id", "search")

Topic = tuple[object, ...]


def followed(subscription: Subscription) -> Topic:
    """What it follows, whatever way it is told."""
    return tuple(getattr(subscription, column) for column in _FOLLOWED)


@transaction.atomic
def follow_by_webhook(*, endpoint: Endpoint, subscription: Subscription, on: date) -> Subscription:
    """Tell this endpoint, from `on`, what `subscription` tells. Done twice it is the same as once."""
    same, _ = Subscription.objects.get_or_create(
        subscriber_id=endpoint.subscriber_id,
        endpoint=endpoint,
        **dict(zip(_FOLLOWED, followed(subscription), strict=True)),
        defaults={"channel": Subscription.Channel.WEBHOOK, "since": on, "rungs": subscription.rungs},
    )
    if same.ended_on is not None:
        same.since, same.ended_on = on, None
        same.save(update_fields=("since", "ended_on"))
    return same


def unfollow(*, endpoint: Endpoint, subscription: Subscription, on: date) -> None:
    """Tell this endpoint no more of what `subscription` follows. Other ways it is told by stay."""
    mine = dict(zip(_FOLLOWED, followed(subscription), strict=True))
    for same in Subscription.objects.filter(endpoint=endpoint, ended_on=None, **mine):
        unsubscribe(subscription=same, on=on)


@transaction.atomic
def choose(*, endpoint: Endpoint, offered: Iterable[Subscription], wanted: set[int], on: date) -> None:
    """Of what is offered, tell this endpoint what is wanted (by id), and nothing else."""
    for subscription in offered:
        if subscription.pk in wanted:
            follow_by_webhook(endpoint=endpoint, subscription=subscription, on=on)
        else:
            unfollow(endpoint=endpoint, subscription=subscription, on=on)
