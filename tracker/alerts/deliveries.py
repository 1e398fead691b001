"""Who is to be told: deliveries for events, and what becomes of those that wait when the facts have changed.

Each function is one statement over whole tables, to be run inside the planner's transaction.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from tracker.alerts import claims, clock, truth
from tracker.alerts.claims import Stated
from tracker.alerts.events.calendar import LAPSES_ON, ruling_ends
from tracker.alerts.events.corrections import otherwise
from tracker.alerts.models import RUNGS, Delivery
from tracker.alerts.reach import REACH

FRESH = timedelta(days=7)
"""How long after an event was planned its followers are looked up again. A link between records that is drawn later
(a new parent company) does not bring old news."""

MOVED = "what it would have said no longer holds"
PASSED = "the end it warned of has passed"
SAME = "another mail to the same subscriber says it"

_NOT_STOPPED = "(p.stopped IS NULL OR s.endpoint_id IS NOT NULL)"
"""Mail that came back stops mail, and no webhook."""

LIVE = "(" + ", ".join(f"'{state.value}'" for state in Delivery.LIVE) + ")"

# Of two deliveries to one subscriber by one channel, `better` makes `d` needless: it is a more urgent rung of the same
# end, or what was declared of the same promise and is told on the same day, or a correction of the same record.
_BETTER = f"""
    better.subscriber_id = d.subscriber_id AND better.endpoint_id IS NOT DISTINCT FROM d.endpoint_id
    AND be.commitment_id = e.commitment_id AND better.id <> d.id
    AND (
        be.rung < e.rung AND be.ends_on = e.ends_on AND better.state IN {LIVE}
        OR e.kind IN ('moved', 'declared') AND be.kind IN ('moved', 'declared') AND be.id <> e.id
           AND be.due_on = e.due_on AND better.state = 'pending'
           AND (be.kind = 'moved', be.term_id) > (e.kind = 'moved', e.term_id)
        OR e.kind = 'corrected' AND be.kind = 'corrected' AND better.state = 'pending' AND be.planned_on = e.planned_on
           AND (be.claim = 'term', be.id) > (e.claim = 'term', e.id)
    )
"""


def insert(on: date, now: datetime) -> int:
    """Insert a delivery for each follower of each event that is due. Returns how many wait to be sent.

    Followers are those confirmed on or before the day it was due. Also looked at again is a warning that still
    holds, so that somebody who asks for another rung gets it. A correction, and a declaration that we learned of late,
    go to those whom we had told otherwise. Of several subscriptions of one person that are concerned, one is told.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH RECURSIVE ruling AS MATERIALIZED ({ruling_ends(on)}),
            due AS MATERIALIZED (
                SELECT e.* FROM alerts_event e
                WHERE e.due_on <= %(on)s AND (
                    e.planned_on >= %(fresh)s
                    OR e.kind = 'expiring' AND EXISTS (
                        SELECT 1 FROM ruling r
                        WHERE r.commitment_id = e.commitment_id AND r.ends_on = e.ends_on AND r.lapses_on > %(on)s
                    )
                )
            ),
            {REACH},
            concerned(subscription_id, event_id) AS MATERIALIZED (
                SELECT f.subscription_id, f.event_id FROM followed f JOIN due ON due.id = f.event_id
                WHERE due.kind <> 'corrected' AND due.news
                UNION {_told_otherwise()}
            ),
            ranked AS (
                SELECT s.id AS subscription_id, s.subscriber_id, s.endpoint_id, due.id AS event_id,
                       row_number() OVER (PARTITION BY s.subscriber_id, s.endpoint_id, due.id
                                          ORDER BY s.cadence <> 'at_once', s.cadence <> 'daily', s.id) = 1
                       AND NOT EXISTS (
                           SELECT 1 FROM alerts_delivery live
                           WHERE live.subscriber_id = s.subscriber_id AND live.event_id = due.id
                             AND live.endpoint_id IS NOT DISTINCT FROM s.endpoint_id AND live.state IN {LIVE}
                       ) AS first,
                       {_in_digest("due")} AS in_digest,
                       CASE WHEN {_in_digest("due")} THEN {clock.next_digest("s.cadence", "%(now)s")}
                            ELSE %(now)s END AS ready_at
                FROM concerned JOIN due ON due.id = concerned.event_id
                JOIN alerts_subscription s ON s.id = concerned.subscription_id
                JOIN alerts_subscriber p ON p.id = s.subscriber_id
                WHERE p.confirmed_at IS NOT NULL AND {_NOT_STOPPED} AND s.since <= due.due_on AND s.ended_on IS NULL
                  AND (due.rung IS NULL OR due.rung = ANY(s.rungs))
                  AND NOT EXISTS (
                      SELECT 1 FROM alerts_delivery known WHERE known.event_id = due.id AND known.subscription_id = s.id
                  )
            )
            INSERT INTO alerts_delivery
                (subscription_id, subscriber_id, endpoint_id, event_id, planned_on, state, reason, ready_at, in_digest)
            SELECT subscription_id, subscriber_id, endpoint_id, event_id, %(on)s,
                   CASE WHEN first THEN 'pending' ELSE 'collapsed' END, CASE WHEN first THEN '' ELSE %(same)s END,
                   ready_at, in_digest
            FROM ranked ORDER BY event_id, subscription_id  -- so that a sender has one thing to say at a time
            ON CONFLICT DO NOTHING
            """,
            {"on": on, "now": now, "fresh": on - FRESH, "same": SAME},
        )
        return int(cursor.rowcount)


def _told_otherwise() -> str:
    """SELECTs of the subscriptions that were told what an event sets right, and the event."""
    late = """
        SELECT d.subscription_id, due.id FROM due JOIN commitments_term learned ON learned.id = due.term_id
        JOIN commitments_term told ON told.commitment_id = learned.commitment_id
             AND (lower(told.declared_on), told."order") < (lower(learned.declared_on), learned."order")
        JOIN alerts_event e ON e.term_id = told.id
        JOIN alerts_delivery d ON d.event_id = e.id AND d.state = 'sent'
        WHERE NOT due.news AND due.kind IN ('declared', 'moved')
    """
    return " UNION ".join([late, *(_told_wrongly(stated) for stated in claims.each())])


def _told_wrongly(stated: Stated) -> str:
    return f"""
        SELECT d.subscription_id, due.id FROM due
        JOIN {stated.history} now_row ON now_row.pgh_id = due.history_id
        JOIN {stated.history} v ON v.pgh_obj_id = now_row.pgh_obj_id
        JOIN alerts_wording w ON {_tells(stated)}
        JOIN alerts_event e ON e.id = w.event_id AND {claims.states_it(stated)}
        JOIN alerts_delivery d ON d.wording_id = w.id AND d.state = 'sent'
        CROSS JOIN LATERAL ({stated.now("now_row.pgh_obj_id")}) now
        WHERE due.kind = 'corrected' AND due.claim = '{stated.claim}' AND now.pgh_id = due.history_id
          AND {otherwise(stated)}
    """


def _tells(stated: Stated) -> str:
    if stated.version.endswith("s"):
        return f"w.{stated.version} @> ARRAY[v.pgh_id::bigint]"
    return f"w.{stated.version} = v.pgh_id"


def _in_digest(event: str) -> str:
    """SQL: subscription `s` of subscriber `p` gets the event in its digest.

    Not a warning of an end that would have passed before that digest: it is sent alone, at once.
    """
    too_late = f"""{clock.next_digest("s.cadence", "%(now)s")}
                   >= ({LAPSES_ON.format(f"{event}.ends_on")})::timestamp AT TIME ZONE 'UTC'"""
    return f"(s.cadence <> 'at_once' AND NOT ({event}.kind = 'expiring' AND {too_late}))"


def reschedule(subscriber_id: int, now: datetime) -> int:
    """After another cadence, time zone or hour was chosen: when what waits for this subscriber is sent. Returns how
    many rows. What has been put into a digest already stays in it.
    """
    return _execute(
        f"""
        UPDATE alerts_delivery d SET in_digest = {_in_digest("e")},
            ready_at = CASE WHEN {_in_digest("e")} THEN {clock.next_digest("s.cadence", "%(now)s")} ELSE %(now)s END
        FROM alerts_event e, alerts_subscription s, alerts_subscriber p
        WHERE e.id = d.event_id AND s.id = d.subscription_id AND p.id = d.subscriber_id
          AND d.state = 'pending' AND d.digest_id IS NULL AND d.attempts = 0 AND d.subscriber_id = %(subscriber)s
        """,
        {"now": now, "subscriber": subscriber_id},
    )


def cancel_untrue(on: date) -> int:
    """Cancel what waits and no longer holds: another end rules, or the claim was taken back.

    Warnings of an end that has passed are left to `collapse` and `cancel_passed`.
    """
    return _execute(
        f"""
        WITH untrue AS MATERIALIZED (
            SELECT e.id FROM alerts_event e
            WHERE e.id IN (SELECT event_id FROM alerts_delivery WHERE state = 'pending')
              AND NOT coalesce({truth.holds(on)}, false) AND NOT (e.kind = 'expiring' AND {_passed(on)})
        )
        UPDATE alerts_delivery d SET state = 'cancelled', reason = %(moved)s FROM untrue
        WHERE untrue.id = d.event_id AND d.state = 'pending'
        """,
        {"moved": MOVED},
    )


def revive(on: date) -> int:
    """Let wait again what was cancelled and holds again, and what was collapsed into a mail that will not be sent.

    Of several that could, the most urgent one for each person and channel.
    """
    return _execute(
        f"""
        WITH still AS MATERIALIZED (
            SELECT e.* FROM alerts_event e
            WHERE (e.planned_on >= %(fresh)s OR e.kind = 'expiring' AND e.due_on >= %(notice)s)
              AND coalesce({truth.holds(on)}, false)
        )
        UPDATE alerts_delivery d SET state = 'pending', reason = '' FROM (
            SELECT DISTINCT ON (x.subscriber_id, x.endpoint_id, x.event_id) x.id
            FROM alerts_delivery x JOIN still e ON e.id = x.event_id
            JOIN alerts_subscription s ON s.id = x.subscription_id JOIN alerts_subscriber p ON p.id = x.subscriber_id
            WHERE x.state IN ('cancelled', 'collapsed')
              AND (x.reason = %(moved)s OR x.state = 'collapsed' AND e.planned_on >= %(fresh)s)
              AND s.ended_on IS NULL AND {_NOT_STOPPED} AND p.confirmed_at IS NOT NULL
              AND NOT EXISTS (
                  SELECT 1 FROM alerts_delivery live JOIN alerts_event le ON le.id = live.event_id
                  WHERE live.state IN {LIVE} AND live.subscriber_id = x.subscriber_id
                    AND live.endpoint_id IS NOT DISTINCT FROM x.endpoint_id
                    AND (le.id = e.id OR le.commitment_id = e.commitment_id AND (
                        le.rung <= e.rung AND le.ends_on = e.ends_on
                        OR e.kind IN ('moved', 'declared') AND le.kind IN ('moved', 'declared')
                           AND le.due_on = e.due_on
                        OR e.kind = 'corrected' AND le.kind = 'corrected' AND le.planned_on = e.planned_on))
              )
            ORDER BY x.subscriber_id, x.endpoint_id, x.event_id, x.id
        ) again WHERE again.id = d.id
        """,
        {"moved": MOVED, "fresh": on - FRESH, "notice": on - timedelta(days=max(RUNGS))},
    )


def collapse() -> int:
    """Of what waits for one subscriber about one thing, leave the most urgent and set the rest aside."""
    return _execute(
        f"""
        UPDATE alerts_delivery d SET state = 'collapsed', reason = %(same)s FROM alerts_event e
        WHERE e.id = d.event_id AND d.state = 'pending'
          AND (e.rung IS NOT NULL OR e.kind IN ('moved', 'declared', 'corrected'))
          AND EXISTS (
              SELECT 1 FROM alerts_delivery better JOIN alerts_event be ON be.id = better.event_id WHERE {_BETTER}
          )
        """,
        {"same": SAME},
    )


def cancel_passed(on: date) -> int:
    """Cancel the warnings of an end that has passed; who asked to hear of the lapse has that in their place."""
    return _execute(
        f"""
        UPDATE alerts_delivery d SET state = 'cancelled', reason = %(passed)s FROM alerts_event e
        WHERE e.id = d.event_id AND d.state = 'pending' AND e.kind = 'expiring' AND {_passed(on)}
        """,
        {"passed": PASSED},
    )


def _passed(on: date) -> str:
    return f"""EXISTS (SELECT 1 FROM ({ruling_ends(on)}) r
        WHERE r.commitment_id = e.commitment_id AND r.ends_on = e.ends_on AND r.lapses_on <= '{on}'::date)"""


def _execute(sql: str, parameters: dict[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return int(cursor.rowcount)
