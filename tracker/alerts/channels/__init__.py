"""Ways to reach a subscriber: one folder each, deletable.

A folder has the name of its channel and offers `open_outbox(on)`.
"""

from datetime import date
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol, cast

from tracker.alerts.models import Delivery, Subscription


class Refused(Exception):
    """The other side refused this one delivery. `permanent`: it said that trying again is of no use."""

    def __init__(self, why: str, *, permanent: bool) -> None:
        super().__init__(why)
        self.permanent = permanent


class Unreachable(Exception):
    """The other side cannot be reached at all; the rest of the batch can wait."""


class Outbox(Protocol):
    """An open way to the other side, used for a whole batch."""

    def deliver(self, delivery: Delivery) -> None:
        """Hand it over. Returns once the other side has taken it; else raises Refused or Unreachable."""

    def close(self) -> None:
        """Let go of the connection."""


class Channel(Protocol):
    """What a channel's folder offers."""

    def open_outbox(self, on: date) -> Outbox:
        """Open the way. Raises Unreachable."""


def available() -> list[str]:
    """The channels whose folder is there."""
    return [name for name in Subscription.Channel.values if find_spec(f"{__name__}.{name}")]


def get(name: str) -> Channel:
    """The channel of that name. Raises ModuleNotFoundError if its folder is not there."""
    return cast(Channel, import_module(f"{__name__}.{name}"))
