"""When a watch is looked at again. Pure."""

from datetime import datetime, timedelta

from tracker.watch.models import WORKED, Outcome

# A failure may be a moment's: it is looked at again soon, and then less often.
SOON = timedelta(hours=1)
LATER = timedelta(hours=6)
# Three times over a day.
NOT_FOUND = timedelta(hours=12)
_FAILED = (Outcome.ERROR, Outcome.BLOCKED, Outcome.EMPTY)


def next_look(
    outcome: Outcome,
    *,
    at: datetime,
    every: timedelta,
    before: str,
    second_look: timedelta,
    wait: float | None = None,
) -> datetime:
    """The time of the look after one at `at` that came to `outcome`.

    `before` is what the look before it came to, `second_look` how long a suspected change must last, `wait` for how
    many seconds the site asks to be left alone.
    """
    pause = every
    if outcome == Outcome.SUSPECTED:
        pause = min(every, second_look)
    elif outcome == Outcome.MISSING:
        pause = min(every, NOT_FOUND)
    elif outcome in _FAILED:
        pause = min(every, SOON if before in WORKED else LATER)
    return at + max(pause, timedelta(seconds=wait or 0))
