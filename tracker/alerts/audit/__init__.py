"""The second opinion on the ledger: what should be in it is worked out again by other means, and compared.

The planner works in SQL over whole tables. This replays what was on record at each of its runs with the pure rules of
`commitments.lifecycle`, reads topics downwards by `scope`, and shares with planner and sender only the tables, a few
lengths of time and those rules. On a site where all is well it finds no difference. What nobody knows any more (to
whom a link between records that is gone made something known) it does not ask.

A transaction that had written to the history and was still open when the planner ran counts as seen by that run, so
an event that was right only until the next run may be called missing.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from tracker.alerts.audit import events, expected, sent, untold, waiting
from tracker.alerts.audit.followers import Followers

__all__ = ("compare", "differences")


def differences(on: date, now: datetime | None = None) -> list[str]:
    """One line for each difference between what should be by `on` and what is; none if all is well.

    What was ready by `now` (the end of the day, if not given) should have been sent.
    """
    return [line for _, lines in compare(on, now) for line in lines]


def compare(on: date, now: datetime | None = None) -> Iterator[tuple[str, list[str]]]:
    """The differences step by step: what is looked at next, and what was found so far."""
    now = now or datetime.combine(on, time.max, tzinfo=UTC)
    truth = expected.find(on)
    yield "who should be told", list(events.differences(truth))
    followers = Followers()
    yield "what waits", list(untold.differences(truth, followers))
    yield "what was sent", list(waiting.differences(truth, followers, now))
    yield "done", list(sent.differences(truth.runs))
