"""Signed links: what a subscriber holds in place of an account. The address is never in them."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from tracker.alerts.models import Subscription


class Purpose(StrEnum):
    """What a link is good for. A link made for one thing is refused for another."""

    CONFIRM = "confirm"
    MANAGE = "manage"
    UNSUBSCRIBE = "unsubscribe"


GOOD_FOR = {
    Purpose.CONFIRM: timedelta(days=7),
    Purpose.MANAGE: timedelta(days=90),
    Purpose.UNSUBSCRIBE: timedelta(days=36500),  # who wants no more mail must be able to say so, however late
}


class Forged(ValueError):
    """The link was not made here, or was cut short on its way."""


class Expired(ValueError):
    """The link was made here and its time is over."""


@dataclass(frozen=True)
class Ticket:
    """What a good link says: the subscriber's key and, for one subscription, its id."""

    key: uuid.UUID
    subscription_id: int | None


def token(purpose: Purpose, key: uuid.UUID, *, on: date, subscription_id: int | None = None) -> str:
    """A signed token, good from `on` for as long as its purpose allows."""
    until = on + GOOD_FOR[purpose]
    return _signer(purpose).sign_object([key.hex, subscription_id, until.isoformat()])


def read(purpose: Purpose, signed: str, *, on: date) -> Ticket:
    """What the token says. Raises Forged or Expired."""
    try:
        key, subscription_id, until = _signer(purpose).unsign_object(signed[:500])
    except BadSignature as error:
        raise Forged(str(error)) from error
    if date.fromisoformat(until) < on:
        raise Expired(until)
    return Ticket(uuid.UUID(hex=key), subscription_id)


def unsubscribe_url(subscription: Subscription, *, on: date) -> str:
    """The whole address that ends this subscription."""
    signed = token(Purpose.UNSUBSCRIBE, subscription.subscriber.key, on=on, subscription_id=subscription.pk)
    return absolute(reverse("alerts:unsubscribe", args=(signed,)))


def confirm_url(subscription: Subscription, *, on: date) -> str:
    """The whole address that confirms this subscription."""
    signed = token(Purpose.CONFIRM, subscription.subscriber.key, on=on, subscription_id=subscription.pk)
    return absolute(reverse("alerts:confirm", args=(signed,)))


def manage_url(key: uuid.UUID, *, on: date) -> str:
    """The whole address where a subscriber sees and changes everything we keep about them."""
    return absolute(reverse("alerts:manage", args=(token(Purpose.MANAGE, key, on=on),)))


def absolute(path: str) -> str:
    """The address of a page of this site, with its scheme and host."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def _signer(purpose: Purpose) -> Signer:
    return Signer(salt=f"alerts.{purpose}")
