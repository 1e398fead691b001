"""What watches report of themselves, computed from what they are: a report is made once and takes itself back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from django.db import transaction
from django.db.models import Min, Q

from tracker.watch.models import WORKED, Check, Memory, Outcome, Report, Watch

# A watch is silent when it has not worked for three times its pause, and for longer than it ever took.
PAUSES = 3
REPLACED_LOOKS = 3
# The longest it ever took, of its last so many working checks.
_LOOKED_BACK = 60
_BY_OUTCOME = {
    Outcome.GONE: Report.Kind.GONE,
    Outcome.EMPTY: Report.Kind.EMPTY,
    Outcome.REFUSED: Report.Kind.REFUSED,
}


@dataclass(frozen=True)
class Trouble:
    """What is so with a watch now, since when, and in which words."""

    kind: Report.Kind
    since: datetime
    reason: str


@transaction.atomic
def review(*, now: datetime) -> tuple[int, int]:
    """Make the reports that are due at `now` and take back those that no longer hold. Returns how many of each."""
    open_reports = {(one.watch_id, one.kind): one for one in Report.objects.filter(taken_back_at=None)}
    suspects = Watch.objects.filter(_may_be_troubled(now) | Q(pk__in={watch for watch, _ in open_reports}))
    holds: set[tuple[int, str]] = set()
    made = []
    for watch in suspects.order_by("pk"):
        for trouble in _troubles(watch, now):
            holds.add((watch.pk, trouble.kind))
            if (watch.pk, trouble.kind) not in open_reports:
                made.append(
                    Report(watch=watch, kind=trouble.kind, reason=trouble.reason, since=trouble.since, reported_at=now)
                )
    Report.objects.bulk_create(made, ignore_conflicts=True)
    over = [one.pk for key, one in open_reports.items() if key not in holds]
    Report.objects.filter(pk__in=over).update(taken_back_at=now)
    return len(made), len(over)


def _may_be_troubled(now: datetime) -> Q:
    """Cheaply, for all watches: those that are looked at more closely."""
    late = Q(next_check_at__isnull=False) & (Q(worked_at=None) | Q(worked_at__lt=now - timedelta(minutes=PAUSES)))
    not_working = late & ~Q(last_outcome__in=WORKED)
    return Q(state=Watch.State.ACTIVE) & (not_working | ~Q(moved_to="") | _overdue(now))


def _overdue(now: datetime) -> Q:
    """Working when last asked, but nobody has asked for long: then it is the worker that is silent."""
    return Q(next_check_at__lt=now - timedelta(days=1))


def _troubles(watch: Watch, now: datetime) -> Iterator[Trouble]:
    if watch.state != Watch.State.ACTIVE:
        return
    last = watch.checks.order_by("-at").first()
    if last is None:
        return
    kind = _BY_OUTCOME.get(Outcome(last.outcome))
    if kind is not None:
        yield Trouble(kind, last.since or last.at, last.reason)
    if (replaced := _replaced(watch, last)) is not None:
        yield replaced
    if watch.moved_to:
        yield Trouble(Report.Kind.MOVED, last.at, watch.moved_to)
    silent = _silence(watch, last, now)
    if silent is not None and kind is None and replaced is None:
        yield silent


def _replaced(watch: Watch, last: Check) -> Trouble | None:
    """Another page, at several looks in a row: an editor has to say whether it is what the page has become."""
    memory = Memory.objects.filter(watch=watch).first() if last.outcome == Outcome.BLOCKED else None
    if memory is None or memory.content.get("replaced_looks", 0) < REPLACED_LOOKS:
        return None
    return Trouble(Report.Kind.REPLACED, datetime.fromisoformat(memory.content["replaced_since"]), last.reason)


def _silence(watch: Watch, last: Check, now: datetime) -> Trouble | None:
    since = watch.worked_at or watch.checks.aggregate(first=Min("at"))["first"]
    if now - since <= max(PAUSES * watch.every, _longest_pause(watch)):
        return None
    ever = "it last worked on" if watch.worked_at else "it has never worked; first tried on"
    return Trouble(Report.Kind.SILENT, since, f"{ever} {since:%-d %B %Y}; now: {last.reason or last.outcome}")


def _longest_pause(watch: Watch) -> timedelta:
    """The longest time between two looks that worked, of the last ones: what is usual for this watch."""
    worked = watch.checks.filter(outcome__in=WORKED).order_by("-at").values_list("at", flat=True)[:_LOOKED_BACK]
    times = list(worked)
    return max((later - sooner for later, sooner in pairwise(times)), default=timedelta())
