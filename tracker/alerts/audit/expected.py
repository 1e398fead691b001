"""All that was to be told by a day, and all that is true on it, worked out once for one audit."""

from dataclasses import dataclass
from datetime import date

from tracker.alerts.audit import changes, corrections, promises
from tracker.alerts.audit.corrections import Corrections
from tracker.alerts.audit.facts import Expected
from tracker.alerts.audit.runs import AnyTime, Runs
from tracker.alerts.models import Event

Kind = Event.Kind


@dataclass(frozen=True)
class Truth:
    """What is to be told by `on`, and what holds on that day."""

    on: date
    expected: Expected
    corrections: Corrections
    holding: set[str]

    @property
    def runs(self) -> Runs:
        """The runs of the planner that it goes by."""
        return self.expected.runs

    def holds(self, kind: str, key: str) -> bool:
        """Whether the event with this key is true on that day."""
        if kind == Kind.CORRECTED:
            return key in self.corrections.standing
        if kind in (Kind.ENDED, Kind.PAUSED, Kind.REINSTATED, Kind.ANSWERED):
            key = key.rpartition(":")[0]  # which version said it first does not matter to whether it is so
        return key in self.holding


def find(on: date) -> Truth:
    """Work it out. Reads the record, its history and the list of the planner's runs; no event and no delivery, but
    for the words that were sent.
    """
    holding = promises.holding(on) | changes.holding()
    return Truth(on, _replayed(Runs(on)), corrections.find(), holding)


def ever(days: set[date]) -> Expected:
    """What a run on one of these days would have found in any state that the record was ever in."""
    return _replayed(AnyTime(days))


def _replayed(runs: Runs) -> Expected:
    expected = Expected(runs)
    promises.note(expected)
    promises.note_verdicts(expected)
    changes.note(expected)
    return expected
