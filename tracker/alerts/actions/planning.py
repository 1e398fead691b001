"""Deciding: what is due, and to whom it is to be told. Sends nothing."""

from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from tracker.alerts import deliveries, events

_PLANNERS = 0x77617463  # the advisory lock that planners take turns on; any fixed number


@dataclass(frozen=True)
class Planned:
    """What one run of the planner changed."""

    events: int = 0
    deliveries: int = 0
    cancelled: int = 0
    revived: int = 0
    collapsed: int = 0


@transaction.atomic
def plan(*, on: date) -> Planned:
    """Insert every event due on or before `on` that is not known, and its deliveries; set aside what no longer holds.

    Run twice it inserts nothing the second time: events have unique keys, and a subscription has one delivery for
    an event. Two at once take turns (an advisory lock, so that they cannot wait for each other's rows in a circle);
    the unique constraints would hold without it. Missed days need no care: “due” is on or before, and of several
    rungs that came due only the most urgent waits to be sent.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_PLANNERS])
    found = events.insert_from_calendar(on) + events.insert_from_history(on)
    inserted = deliveries.insert(on)
    untrue = deliveries.cancel_untrue(on)
    revived = deliveries.revive(on)
    collapsed = deliveries.collapse()
    passed = deliveries.cancel_passed(on)
    return Planned(found, inserted, untrue + passed, revived, collapsed)
