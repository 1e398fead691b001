"""Ways to reach a subscriber: one folder each, deletable.

A folder that sends (e-mail, webhook) has the name of its channel and offers `open_outbox(on, now)`. A folder that is
read from (feeds, calendar) offers addresses. Nothing else knows how a channel works.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol, cast

from django.urls import URLPattern

from tracker.alerts.models import Subscriber, Subscription
from tracker.alerts.telling import Notice


class Refused(Exception):
    """The other side refused this one parcel.

    `permanent`: it said that trying again is of no use. `retry_after`: it asked to wait at least so long.
    """

    def __init__(self, why: str, *, permanent: bool, retry_after: timedelta | None = None) -> None:
        super().__init__(why)
        self.permanent = permanent
        self.retry_after = retry_after


class Unreachable(Exception):
    """The other side cannot be reached at all; the rest can wait."""


@dataclass(frozen=True)
class Item:
    """One event as it is told. Items of one version of the record are one object: what is made of it can be kept."""

    event_key: str
    kind: str
    due_on: date
    notice: Notice


@dataclass(frozen=True)
class Parcel:
    """One message to one receiver: an event, or (`cadence` is daily or weekly) all that goes into a digest.

    `message_id` is the same however often it is tried. `topic` is what the receiver follows, in words.
    """

    message_id: str
    items: Sequence[Item]
    topic: str
    cadence: str
    subscriber_key: uuid.UUID
    subscription_id: int
    address: str
    endpoint_id: int | None


class Outbox(Protocol):
    """An open way to the other side, used for many parcels."""

    def deliver(self, parcel: Parcel) -> None:
        """Hand it over. Returns once the other side has taken it; else raises Refused or Unreachable."""

    def gave_up(self, parcel: Parcel, why: str) -> None:
        """The parcel was refused so often that it is tried no more."""

    def close(self) -> None:
        """Let go of the connection."""


class Channel(Protocol):
    """What the folder of a channel that sends offers."""

    def open_outbox(self, on: date, now: datetime) -> Outbox:
        """Open the way. Raises Unreachable."""


def available() -> list[str]:
    """The channels that send and whose folder is there."""
    return [name for name in Subscription.Channel.values if find_spec(f"{__name__}.{name}")]


def pages() -> list[URLPattern]:
    """The addresses that folders with a module `urls` bring along."""
    own = [f"{__name__}.{name}.urls" for name in available() if find_spec(f"{__name__}.{name}.urls")]
    return [pattern for module in own for pattern in import_module(module).urlpatterns]


def sections(subscriber: Subscriber) -> dict[str, object]:
    """What folders that offer `section(subscriber)` have to show on a subscriber's own page, by channel."""
    offering = [(name, get(name)) for name in available()]
    return {name: module.section(subscriber) for name, module in offering if hasattr(module, "section")}


def get(name: str) -> Channel:
    """The channel of that name. Raises ModuleNotFoundError if its folder is not there."""
    return cast(Channel, import_module(f"{__name__}.{name}"))
