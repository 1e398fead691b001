"""Who is to be told: deliveries for events, and what becomes of those that wait when the facts have changed.

Each function is one statement over whole tables, to be run inside the planner's transaction.
"""

from datetime import date, timedelta
from typing import Any

from django.db import connection

from tracker.alerts.events import ruling_ends
from tracker.alerts.reach import REACH

FRESH = timedelta(days=7)
"""How long after an event was planned its followers are looked up again. A link between records that is drawn later
(a new parent company) does not bring old news."""

MOVED = "what it would have said no longer holds"
PASSED = "the end it warned of has passed"
SAME = "another mail to the same subscriber says it"

_LIVE = "('pending', 'claimed', 'sent', 'failed', 'missed')"
_TOLD = "('claimed', 'sent', 'failed', 'missed')"

# Of two deliveries to one subscriber by one channel, `better` makes `d` needless: it is the same event, or a more
# urgent rung of the same end, or what was declared of the same commitment and is told on the same day.
_BETTER = f"""
    bs.subscriber_id = s.subscriber_id AND bs.channel = s.channel AND be.commitment_id = e.commitment_id
    AND better.id <> d.id
    AND (
        be.id = e.id AND (better.state IN {_TOLD} OR better.state = 'pending' AND better.id < d.id)
        OR be.rung < e.rung AND be.ends_on = e.ends_on AND better.state IN {_LIVE}
        OR e.rung IS NULL AND be.rung IS NULL AND be.id <> e.id AND be.due_on = e.due_on AND better.state = 'pending'
           AND (be.kind = 'moved', be.term_id) > (e.kind = 'moved', e.term_id)
    )
"""
_ROWS = """
    alerts_event e, alerts_subscription s
    WHERE e.id = d.event_id AND s.id = d.subscription_id
"""


def insert(on: date) -> int:
    """Insert a delivery for each follower of each event that is due and news. Returns how many.

    Followers are those confirmed on or before the day it was due. Also looked at again is a warning that still
    holds, so that somebody who asks for another rung gets it.
    """
    ruling, parameters = ruling_ends(on)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH RECURSIVE ruling AS ({ruling}),
            due AS (
                SELECT e.* FROM alerts_event e
                WHERE e.due_on <= %s AND e.news AND (
                    e.planned_on >= %s
                    OR e.kind = 'expiring' AND EXISTS (
                        SELECT 1 FROM ruling r
                        WHERE r.commitment_id = e.commitment_id AND r.ends_on = e.ends_on AND r.lapses_on > %s
                    )
                )
            ),
            touched AS (SELECT DISTINCT commitment_id FROM due),
            {REACH}
            INSERT INTO alerts_delivery (subscription_id, event_id, planned_on)
            SELECT s.id, due.id, %s
            FROM due
            JOIN followed ON followed.commitment_id = due.commitment_id
            JOIN alerts_subscription s ON s.id = followed.subscription_id
            JOIN alerts_subscriber subscriber ON subscriber.id = s.subscriber_id
            WHERE subscriber.confirmed_at IS NOT NULL AND s.since <= due.due_on AND s.ended_on IS NULL
              AND (due.rung IS NULL OR due.rung = ANY(s.rungs))
              AND NOT EXISTS (
                  SELECT 1 FROM alerts_delivery known WHERE known.event_id = due.id AND known.subscription_id = s.id
              )
            ORDER BY s.id, due.id
            ON CONFLICT (subscription_id, event_id) DO NOTHING
            """,
            [*parameters, on, on - FRESH, on, on],
        )
        return int(cursor.rowcount)


def cancel_untrue(on: date) -> int:
    """Cancel what waits and no longer holds: another end rules, or the declaration was taken back."""
    ruling, parameters = ruling_ends(on)
    return _execute(
        f"""
        UPDATE alerts_delivery d SET state = 'cancelled', reason = %s FROM {_ROWS}
        AND d.state = 'pending' AND NOT ({_holds(ruling)})
        """,
        [MOVED, *parameters, on],
    )


def revive(on: date) -> int:
    """Let wait again what was cancelled and holds again, and what was collapsed into a mail that will not be sent."""
    ruling, parameters = ruling_ends(on)
    return _execute(
        f"""
        UPDATE alerts_delivery d SET state = 'pending', reason = '' FROM {_ROWS}
        AND (d.state = 'cancelled' AND d.reason = %s OR d.state = 'collapsed' AND e.planned_on >= %s)
        AND s.ended_on IS NULL AND ({_holds(ruling)})
        AND (e.kind <> 'expiring' OR NOT EXISTS (
            SELECT 1 FROM alerts_event lapse WHERE lapse.kind = 'lapsed' AND lapse.due_on <= %s
            AND lapse.commitment_id = e.commitment_id AND lapse.ends_on = e.ends_on))
        AND NOT EXISTS (
            SELECT 1 FROM alerts_delivery live
            JOIN alerts_subscription ls ON ls.id = live.subscription_id JOIN alerts_event le ON le.id = live.event_id
            WHERE live.state IN {_LIVE} AND ls.subscriber_id = s.subscriber_id AND ls.channel = s.channel
              AND le.commitment_id = e.commitment_id
              AND (le.id = e.id OR le.rung <= e.rung AND le.ends_on = e.ends_on
                   OR e.rung IS NULL AND le.rung IS NULL AND le.due_on = e.due_on)
        )
        """,
        [MOVED, on - FRESH, *parameters, on, on],
    )


def collapse() -> int:
    """Of what waits for one subscriber about one thing, leave the most urgent and set the rest aside."""
    return _execute(
        f"""
        UPDATE alerts_delivery d SET state = 'collapsed', reason = %s FROM {_ROWS}
        AND d.state = 'pending' AND EXISTS (
            SELECT 1 FROM alerts_delivery better
            JOIN alerts_subscription bs ON bs.id = better.subscription_id
            JOIN alerts_event be ON be.id = better.event_id
            WHERE {_BETTER}
        )
        """,
        [SAME],
    )


def cancel_passed(on: date) -> int:
    """Cancel the warnings of an end that has passed; who asked to hear of the lapse has that in their place."""
    ruling, parameters = ruling_ends(on)
    return _execute(
        f"""
        UPDATE alerts_delivery d SET state = 'cancelled', reason = %s FROM {_ROWS}
        AND d.state = 'pending' AND e.kind = 'expiring' AND EXISTS (
            SELECT 1 FROM ({ruling}) r
            WHERE r.commitment_id = e.commitment_id AND r.ends_on = e.ends_on AND r.lapses_on <= %s
        )
        """,
        [PASSED, *parameters, on],
    )


def _holds(ruling: str) -> str:
    """SQL: the event is still true, as far as the end it names goes. Parameters: those of `ruling`, then the day."""
    return f"""
        CASE WHEN e.rung IS NOT NULL THEN EXISTS (
            SELECT 1 FROM ({ruling}) r WHERE r.commitment_id = e.commitment_id AND r.ends_on = e.ends_on
            AND (e.rung > 0 OR r.lapses_on <= %s AND NOT r.reopens)
        ) ELSE EXISTS (SELECT 1 FROM commitments_term t WHERE t.id = e.term_id AND t.published_on IS NOT NULL) END
    """


def _execute(sql: str, parameters: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return int(cursor.rowcount)
