"""How a case went: ledger and mail server side by side, and what is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tests.faults.alerts import ledger
from tests.faults.alerts.ground import Ground


@dataclass(frozen=True)
class Result:
    """What came of one case. `may_double`: how many repeats the docstring of `send` allows in it."""

    seen: ledger.Comparison
    audit: tuple[str, ...]
    may_double: int
    also: tuple[str, ...] = ()  # what this case alone looks at and found wrong

    @property
    def wrong(self) -> list[str]:
        """One line for each thing that must not be; none if all is well."""
        found = [*self.seen.lost, *self.seen.other, *self.audit, *self.also]
        if self.seen.doubled > self.may_double:
            found.append(f"{self.seen.doubled} mails were repeated; {self.may_double} may be")
        return found


def judge(
    ground: Ground,
    now: datetime,
    *,
    may_double: int = 0,
    ends: Sequence[str] = (),
    also: Sequence[str | bool] = (),
) -> Result:
    """Compare after a case, on the day of `now`.

    `ends`: how the reason of a delivery may begin that the case keeps from being sent. `also`: what else is wrong, a
    False among it being none.
    """
    seen = ledger.compare(ground.ledger(), ground.mail.messages(), ends)
    return Result(
        seen, tuple(ground.audit(now.date())), may_double, tuple(line for line in also if isinstance(line, str))
    )
