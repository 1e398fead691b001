"""The cases by name, each with its short form for every change and its long form for `make faults`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.faults.alerts import answers, changes, deaths, schedulers
from tests.faults.alerts.ground import Ground
from tests.faults.alerts.result import Result


@dataclass(frozen=True)
class Case:
    """A fault, and how large it is in both forms."""

    act: Callable[..., Result]
    short: dict[str, Any]
    long: dict[str, Any]

    def run(self, ground: Ground, *, long: bool) -> Result:
        return self.act(ground, **(self.long if long else self.short))


CASES = {
    "sender killed with -9": Case(deaths.sender_killed, {"people": 400, "times": 8}, {"people": 20_000, "times": 200}),
    "sender held up for two hours": Case(deaths.sender_held_up, {"people": 60}, {"people": 2_000}),
    "PostgreSQL restarted, fast": Case(
        deaths.postgres_restarted,
        {"people": 90, "times": 1, "how": "fast"},
        {"people": 5_000, "times": 10, "how": "fast"},
    ),
    "PostgreSQL restarted, immediate": Case(
        deaths.postgres_restarted,
        {"people": 90, "times": 1, "how": "immediate"},
        {"people": 5_000, "times": 10, "how": "immediate"},
    ),
    "PostgreSQL killed with -9": Case(
        deaths.postgres_restarted,
        {"people": 90, "times": 1, "how": "killed"},
        {"people": 5_000, "times": 10, "how": "killed"},
    ),
    "Redis killed and emptied": Case(
        schedulers.redis_emptied, {"people": 60, "times": 1}, {"people": 2_200, "times": 10}
    ),
    "two beats, two workers": Case(schedulers.two_beats, {"people": 100}, {"people": 5_000}),
    "planners and senders at once": Case(schedulers.many_at_once, {"people": 200}, {"people": 5_000}),
    "clock moved back and forth a day": Case(schedulers.clock_moved, {"people": 60}, {"people": 2_000}),
    "SMTP: 4xx first": Case(answers.busy, {"people": 60}, {"people": 2_000}),
    "SMTP: 5xx to two in three": Case(answers.refuses, {"people": 60}, {"people": 2_100}),
    "SMTP: hangs after DATA": Case(answers.hangs, {"people": 60, "times": 2}, {"people": 2_000, "times": 60}),
    "SMTP: drops after DATA": Case(answers.drops, {"people": 60, "times": 20}, {"people": 2_000, "times": 600}),
    "SMTP: takes 1 in 3": Case(answers.one_in_three, {"people": 60}, {"people": 2_000}),
    "unsubscribed before the send": Case(changes.unsubscribed, {"people": 60}, {"people": 2_100}),
    "end date edited under the sender": Case(changes.end_edited, {"people": 60}, {"people": 2_000}),
}
