"""Adding an endpoint, changing its secret, testing it, switching it off and on, removing it."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import requests
from django.db import transaction

from tracker.alerts import turns
from tracker.alerts.channels import Refused
from tracker.alerts.channels.webhook import posting, signing
from tracker.alerts.channels.webhook.message import sample
from tracker.alerts.limits import Limit
from tracker.alerts.models import Delivery, Endpoint, Subscriber
from tracker.watch import fetch
from tracker.watch.asking.outcomes import Failed
from tracker.watch.fetch import ONE_SHOT, Limits

AT_MOST = 5
"""Endpoints of one subscriber."""
LONGEST = 500
"""Characters of an address."""
BOTH_SIGN = timedelta(hours=24)
"""How long the former secret still signs after a change."""

ADDED = Limit("webhook-added", times=20, seconds=3600)
TESTED = Limit("webhook-tested", times=10, seconds=3600)


class NotAdded(ValueError):
    """The address cannot be added; says why, for who typed it."""


@dataclass(frozen=True)
class Tested:
    """What came of a test."""

    taken: bool
    words: str


def add_endpoint(*, subscriber: Subscriber, url: str, now: datetime) -> Endpoint:
    """Keep an address to post to, with a new secret. Asks nobody but the name server. Raises NotAdded."""
    place = _judged(url, subscriber)
    with transaction.atomic():
        Subscriber.objects.select_for_update().get(pk=subscriber.pk)  # two at once count one after the other
        mine = list(Endpoint.objects.filter(subscriber=subscriber).values_list("url", flat=True))
        if place in mine:
            raise NotAdded("You have added this address already.")
        if len(mine) >= AT_MOST:
            raise NotAdded(f"You have {AT_MOST} webhooks. Remove one first.")
        return Endpoint.objects.create(subscriber=subscriber, url=place, secret=signing.new_secret(), made_at=now)


def rotate(*, endpoint: Endpoint, now: datetime) -> None:
    """Give it a new secret. The one it has signs as well for `BOTH_SIGN`; one older still signs no more."""
    endpoint.former_secret, endpoint.former_until = endpoint.secret, now + BOTH_SIGN
    endpoint.secret = signing.new_secret()
    endpoint.save(update_fields=("secret", "former_secret", "former_until"))


def send_test(*, endpoint: Endpoint, now: datetime, limits: Limits = ONE_SHOT) -> Tested:
    """Post a test, also to one that is switched off, and say what came of it. At most so often (`TESTED`)."""
    if not TESTED.allows(str(endpoint.subscriber_id)):
        return Tested(taken=False, words="That was tested often enough. Try again in an hour.")
    webhook_id = f"test_{uuid.uuid4()}"
    try:
        return Tested(True, posting.post(endpoint, webhook_id, sample(webhook_id, now), now=now, limits=limits))
    except Refused as refused:
        return Tested(False, f"The test was not taken: {refused}.")


@transaction.atomic
def switch_off(endpoint: Endpoint, *, because: str, now: datetime) -> bool:
    """Post to it no more until it is switched on. What waits for it is cancelled. Off already, it keeps its reason.

    Returns whether it was on until now.
    """
    changed = Endpoint.objects.filter(pk=endpoint.pk, off_since=None).update(off_since=now, off_because=because)
    Delivery.objects.filter(endpoint=endpoint, state=Delivery.State.PENDING).update(
        state=Delivery.State.CANCELLED, reason="the webhook is switched off"
    )
    endpoint.refresh_from_db()
    return bool(changed)


@transaction.atomic
def switch_on(endpoint: Endpoint, *, on: date) -> None:
    """Post to it again what is due from `on`. What was due while it was off is not posted."""
    changed = Endpoint.objects.filter(pk=endpoint.pk, off_since__isnull=False).update(off_since=None, off_because="")
    if changed:
        endpoint.subscriptions.filter(ended_on=None).update(since=on)
    endpoint.refresh_from_db()


@transaction.atomic
def remove(endpoint: Endpoint) -> None:
    """Forget the address, its secrets, what goes to it and what was posted to it. Waits as `forget` does."""
    turns.take(turns.Turn.PLAN)
    endpoint.delete()


def _judged(url: str, subscriber: Subscriber) -> str:
    """The address in its one spelling, if we would post to it. Raises NotAdded."""
    text = url.strip()
    if len(text) > LONGEST:
        raise NotAdded(f"The address is longer than {LONGEST} characters.")
    # urlsplit would drop a line break in silence; what is kept must be what was typed.
    if not text.isprintable() or " " in text:
        raise NotAdded("The address has a space or a line break in it.")
    if not ADDED.allows(str(subscriber.pk)):
        raise NotAdded("That was tried too often. Try again in an hour.")
    try:
        # A host in another script becomes its ASCII form, so that each address has one spelling.
        place = requests.Request("POST", fetch.checked(text)).prepare().url or ""
        if len(place) > LONGEST:
            raise NotAdded(f"The address is longer than {LONGEST} characters once it is written in ASCII.")
        return fetch.judge(place)
    except Failed as failed:
        raise NotAdded(f"We cannot post to this address: {failed.reason}.") from failed
    except requests.RequestException as error:
        raise NotAdded("That is not an address of the web.") from error
