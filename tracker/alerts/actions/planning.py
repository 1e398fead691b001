"""Deciding: what is due, and to whom it is to be told. Sends nothing."""

from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time

from django.db import connection, transaction

from tracker.alerts import claims, deliveries, events, turns
from tracker.alerts.models import PlannerRun

_MANY = 10_000


@dataclass(frozen=True)
class Planned:
    """What one run of the planner changed. `deliveries` counts those set aside at once, too."""

    events: int = 0
    deliveries: int = 0
    cancelled: int = 0
    revived: int = 0
    collapsed: int = 0


@transaction.atomic
def plan(*, on: date, now: datetime | None = None) -> Planned:
    """Insert every event due on or before `on` that is not known, and its deliveries; set aside what no longer holds.

    Run twice it inserts nothing the second time: events have unique keys, and a person has one live delivery for an
    event. Two at once take turns (an advisory lock, so that they cannot wait for each other's rows in a circle);
    the unique constraints would hold without it. Missed days need no care: “due” is on or before, and of several
    rungs that came due only the most urgent waits to be sent.

    `now` decides which digest comes next; without it, it is the first moment of `on` (UTC).
    """
    now = now or datetime.combine(on, time(), tzinfo=UTC)
    turns.take(turns.Turn.PLAN)
    seen = _seen()
    found = events.insert(on)
    inserted = deliveries.insert(on, now)
    if inserted > _MANY:
        _know_the_new_rows()
    untrue = deliveries.cancel_untrue(on)
    revived = deliveries.revive(on)
    collapsed = deliveries.collapse()
    passed = deliveries.cancel_passed(on)
    planned = Planned(found, inserted, untrue + passed, revived, collapsed)
    _note_run(on, now, seen, planned)
    return planned


def _seen() -> dict[str, int]:
    """How far the history of each claim goes: the highest id of a row that this run can see."""
    tables = sorted({stated.history for stated in claims.each()})
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"coalesce((SELECT max(pgh_id) FROM {table}), 0)" for table in tables))
        row = cursor.fetchone()
    assert row is not None
    return dict(zip(tables, row, strict=True))


def _note_run(on: date, now: datetime, seen: dict[str, int], planned: Planned) -> None:
    """Keep that it ran, unless the last run was of the same day, saw the same and like this one changed nothing."""
    last = PlannerRun.objects.order_by("-pk").first()
    if planned == Planned() and last is not None and last.on == on and last.seen == seen:
        return
    PlannerRun.objects.create(on=on, at=now, seen=seen, done=asdict(planned))


def _know_the_new_rows() -> None:
    """Let PostgreSQL count the rows now: the sender's first queries come before its own routine would."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE alerts_delivery")
