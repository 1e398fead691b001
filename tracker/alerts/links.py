"""Signed links: what a subscriber holds in place of an account. The address is never in them."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from tracker.alerts.models import Subscription


class Purpose(StrEnum):
    """What a link is good for. A link made for one thing is refused for another."""

    CONFIRM = "confirm"
    MANAGE = "manage"
    UNSUBSCRIBE = "unsubscribe"
    DIGEST = "digest"  # ends all that goes into a daily or weekly digest


_ALWAYS = timedelta(days=36500)  # who wants no more mail must be able to say so, however late
GOOD_FOR = {
    Purpose.CONFIRM: timedelta(days=7),
    Purpose.MANAGE: timedelta(days=90),
    Purpose.UNSUBSCRIBE: _ALWAYS,
    Purpose.DIGEST: _ALWAYS,
}


class Forged(ValueError):
    """The link was not made here, or was cut short on its way."""


class Expired(ValueError):
    """The link was made here and its time is over."""


@dataclass(frozen=True)
class Ticket:
    """What a good link says: the subscriber's key and, for one subscription, its id, or, for a digest, its cadence."""

    key: uuid.UUID
    subscription_id: int | None
    cadence: str = ""


def token(purpose: Purpose, key: uuid.UUID, *, on: date, subscription_id: int | None = None, cadence: str = "") -> str:
    """A signed token, good from `on` for as long as its purpose allows."""
    about = cadence if purpose is Purpose.DIGEST else str(subscription_id or "")
    return _signer(purpose).sign(f"{key.hex}-{about}-{_until(purpose, on)}")


def read(purpose: Purpose, signed: str, *, on: date) -> Ticket:
    """What the token says. Raises Forged or Expired."""
    try:
        key, about, until = _signer(purpose).unsign(signed[:500]).split("-")
    except (BadSignature, ValueError) as error:
        raise Forged(str(error)) from error
    if until < f"{on:%Y%m%d}":
        raise Expired(until)
    return Ticket(
        uuid.UUID(hex=key),
        int(about) if about.isdigit() else None,
        about if purpose is Purpose.DIGEST else "",
    )


def read_end(signed: str, *, on: date) -> Ticket:
    """What a token of the link that ends mails says: of one subscription, or of a digest. Raises Forged or Expired."""
    try:
        return read(Purpose.UNSUBSCRIBE, signed, on=on)
    except Forged:
        return read(Purpose.DIGEST, signed, on=on)


def end_url(key: uuid.UUID, subscription_id: int, *, on: date) -> str:
    """The whole address that ends this subscription."""
    return absolute(
        f"{_before_token('unsubscribe')}{token(Purpose.UNSUBSCRIBE, key, on=on, subscription_id=subscription_id)}/"
    )


def end_digest_url(key: uuid.UUID, cadence: str, *, on: date) -> str:
    """The whole address that ends everything that goes into this subscriber's daily or weekly digest."""
    return absolute(f"{_before_token('unsubscribe')}{token(Purpose.DIGEST, key, on=on, cadence=cadence)}/")


def confirm_url(subscription: Subscription, *, on: date) -> str:
    """The whole address that confirms this subscription."""
    signed = token(Purpose.CONFIRM, subscription.subscriber.key, on=on, subscription_id=subscription.pk)
    return absolute(reverse("alerts:confirm", args=(signed,)))


def manage_url(key: uuid.UUID, *, on: date) -> str:
    """The whole address where a subscriber sees and changes everything we keep about them."""
    return absolute(f"{_before_token('manage')}{token(Purpose.MANAGE, key, on=on)}/")


def absolute(path: str) -> str:
    """The address of a page of this site, with its scheme and host."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"


@lru_cache
def _before_token(view: str) -> str:
    """The path of a view that takes a token, up to the token: made for every mail, so it is looked up once."""
    return reverse(f"alerts:{view}", args=("token",)).removesuffix("token/")


@lru_cache
def _until(purpose: Purpose, on: date) -> str:
    return f"{on + GOOD_FOR[purpose]:%Y%m%d}"


def _signer(purpose: Purpose) -> Signer:
    return _signer_with(purpose, settings.SECRET_KEY)


@lru_cache
def _signer_with(purpose: Purpose, key: str) -> Signer:
    return Signer(key=key, salt=f"alerts.{purpose}")
