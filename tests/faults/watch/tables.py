"""What passes between a case and the processes that look for it. Loads no Django: whoever runs a case needs none."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tracker.watch.fetch import USUAL, Limits


@dataclass(frozen=True)
class Looked:
    """One check, as it stands in the table."""

    url: str
    at: datetime
    outcome: str
    reason: str


@dataclass(frozen=True)
class Tables:
    """What a case has left in the tables, by the address of the watch."""

    checks: tuple[Looked, ...]
    leads: Counter[str]
    versions: Counter[str]
    next_at: dict[str, datetime | None]


@dataclass(frozen=True)
class World:
    """What a look needs to know of the world: which loopback hosts it may ask, and which authority signs for them."""

    hosts: tuple[str, ...]
    authority: Path
    limits: Limits = USUAL
