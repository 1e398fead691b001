"""How a case went: what was recorded of the sick page, what became of the healthy ones, and what is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.faults.watch.tables import Looked, Tables

A_ROUND = timedelta(minutes=5)


@dataclass(frozen=True)
class Result:
    """One line of the table. `healthy` of `of` were looked at as usual."""

    outcome: str
    reason: str
    seconds: float
    healthy: int
    of: int
    leads: int
    doubled: int
    wrong: tuple[str, ...] = ()


def within(tables: Tables, at: datetime, url: str = "") -> list[Looked]:
    """The checks of the round that began at `at`, of all pages or of one."""
    return [one for one in tables.checks if at <= one.at < at + A_ROUND and url in ("", one.url)]


def doubled(tables: Tables, rounds: Sequence[datetime]) -> int:
    """How many checks a round made of a page that it had looked at already."""
    count = 0
    for at in rounds:
        checks = within(tables, at)
        count += len(checks) - len({one.url for one in checks})
    return count
