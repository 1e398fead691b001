"""What a state of the record gives to tell, and from which day on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tracker.alerts.audit.runs import Runs
from tracker.dates import PartialDate


class Fact(NamedTuple):
    """Something to tell. `learned`: the day on which we learned it, where it changed what we had published."""

    key: str
    kind: str
    published_on: date
    news: bool
    due_on: date
    ends_on: PartialDate | None = None
    learned: date | None = None

    def due(self, run_on: date) -> date:
        """The day that a run for this day notes it as due on."""
        return self.due_on if self.learned is None else max(self.published_on, min(self.learned, run_on))


class Stretch(NamedTuple):
    """Runs that saw one state of the record: from `start` to before `end`."""

    runs: Runs
    start: int
    end: int

    def first(self, since: date, before: date | None = None) -> int | None:
        """The first of them for such a day, if there is one."""
        return self.runs.first(self.start, self.end, since, before)


@dataclass(frozen=True)
class Found:
    """A fact, and the first run that must have found it."""

    run: int
    fact: Fact


class Expected:
    """All facts that the runs of the planner must have found, by the keys of their events."""

    def __init__(self, runs: Runs) -> None:
        self.runs = runs
        self._found: dict[str, Found] = {}

    def note(self, fact: Fact, run: int | None) -> None:
        """`run` finds it; None: no run does."""
        if run is None:
            return
        known = self._found.get(fact.key)
        if known is None or run < known.run:
            self._found[fact.key] = Found(run, fact)

    def get(self, key: str) -> Found | None:
        """What is expected under that key."""
        return self._found.get(key)

    def by(self, on: date) -> Iterator[Fact]:
        """What is expected from the runs for days up to `on`."""
        return (found.fact for found in self._found.values() if self.runs.days[found.run] <= on)
