"""Claiming rows: nobody else sends what is claimed."""

from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection, transaction

from tracker.alerts import clock, turns
from tracker.alerts.models import Delivery

BATCH = 200
MAX_ATTEMPTS = 14
STALE = timedelta(hours=1)
"""After which a claim whose sender never came back is taken over."""

_MESSAGE_ID = "'<' || gen_random_uuid() || '@' || %(host)s || '>'"

_MAY_BE_SENT = """
    e.due_on <= %(on)s AND d.ready_at <= %(now)s AND (p.paused_until IS NULL OR p.paused_until <= %(on)s)
    AND CASE %(channel)s WHEN 'email' THEN d.endpoint_id IS NULL ELSE d.endpoint_id IS NOT NULL END
"""
_ROWS = """
    alerts_delivery d JOIN alerts_event e ON e.id = d.event_id JOIN alerts_subscriber p ON p.id = d.subscriber_id
"""
_STALE = "d.claimed_at NOT BETWEEN %(now)s - %(stale)s AND %(now)s + %(stale)s"

# Whoever changed the cadence by a way that knows nothing of deliveries must not leave one waiting for ever.
_NO_DIGEST_ANY_MORE = """
    UPDATE alerts_delivery d SET in_digest = false FROM alerts_subscription s
    WHERE s.id = d.subscription_id AND s.cadence = 'at_once'
      AND d.state = 'pending' AND d.in_digest AND d.digest_id IS NULL
"""


class Taker:
    """Takes rows of one channel for one run of the sender."""

    def __init__(self, channel: str, on: date, now: datetime) -> None:
        self._channel = channel
        self._parameters: dict[str, Any] = {
            "channel": channel,
            "on": on,
            "now": now,
            "stale": STALE,
            "host": urlsplit(settings.SITE_URL).hostname,
        }

    @transaction.atomic(durable=True)
    def waiting(self, most: int) -> list[int]:
        """Up to `most` rows that are ready and go alone. Returns their ids, those that waited longest first."""
        return self._claim(
            f"""
            SELECT d.id FROM {_ROWS} WHERE d.state = 'pending' AND NOT d.in_digest
            AND {_MAY_BE_SENT} ORDER BY d.ready_at, d.id LIMIT {min(most, BATCH)} FOR UPDATE OF d SKIP LOCKED
            """
        )

    @transaction.atomic(durable=True)
    def stale(self, most: int) -> list[int]:
        """One row that goes alone and whose sender never came back.

        A time of claim far ahead of `now` is stale, too: a clock that was moved back must not hold a row for ever.
        """
        return self._claim(
            f"""
            SELECT d.id FROM {_ROWS} WHERE d.state = 'claimed' AND {_STALE} AND {_MAY_BE_SENT}
            AND d.digest_id IS NULL ORDER BY d.claimed_at, d.id LIMIT 1 FOR UPDATE OF d SKIP LOCKED
            """
        )

    @transaction.atomic(durable=True)
    def digests(self, most: int) -> list[int]:
        """The rows of up to BATCH digests. Returns the ids of all rows of each of them."""
        if self._channel != "email":
            return []
        self._put_together()
        return self._claim(
            f"""
            SELECT d.id FROM alerts_delivery d WHERE d.digest_id IN (
                SELECT digest.id FROM alerts_digest digest WHERE digest.id IN (
                    SELECT d.digest_id FROM {_ROWS} WHERE d.in_digest AND d.digest_id IS NOT NULL AND {_MAY_BE_SENT}
                    AND (d.state = 'pending' OR d.state = 'claimed' AND {_STALE})
                ) ORDER BY digest.id LIMIT {BATCH} FOR UPDATE SKIP LOCKED
            ) AND (d.state = 'pending' OR d.state = 'claimed' AND {_STALE}) FOR UPDATE
            """
        )

    def _claim(self, chosen: str) -> list[int]:
        """Mark them as being sent, count the attempt, and give each its Message-ID; a digest's rows share one."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                WITH chosen AS MATERIALIZED ({chosen})
                UPDATE alerts_delivery d SET state = 'claimed', claimed_at = %(now)s, attempts = d.attempts + 1,
                    message_id = CASE d.message_id WHEN '' THEN {_MESSAGE_ID} ELSE d.message_id END
                FROM chosen WHERE d.id = chosen.id RETURNING d.ready_at, d.id
                """,
                self._parameters,
            )
            return [row[1] for row in sorted(cursor.fetchall())]

    def _put_together(self) -> None:
        """Put what is ready into the digest of its subscriber's period: one for each, held by a unique key.

        What became ready after that digest was put together waits for the next one.
        """
        period = clock.period("s.cadence", "%(now)s")
        turns.take(turns.Turn.DIGEST)
        with connection.cursor() as cursor:
            cursor.execute(_NO_DIGEST_ANY_MORE)
            cursor.execute(
                f"""
                WITH ready AS (
                    SELECT d.id, d.subscriber_id, s.cadence, {period} AS period,
                           {clock.next_digest("s.cadence", "%(now)s")} AS next
                    FROM {_ROWS} JOIN alerts_subscription s ON s.id = d.subscription_id
                    WHERE d.state = 'pending' AND d.in_digest AND d.digest_id IS NULL
                      AND s.cadence <> 'at_once' AND {_MAY_BE_SENT}
                      AND (p.paused_until IS NULL OR p.paused_until <= {period})
                ), made AS (
                    INSERT INTO alerts_digest (subscriber_id, cadence, period, message_id)
                    SELECT subscriber_id, cadence, period, {_MESSAGE_ID}
                    FROM (SELECT DISTINCT subscriber_id, cadence, period FROM ready) one
                    ON CONFLICT (subscriber_id, cadence, period) DO NOTHING
                    RETURNING id, subscriber_id, cadence, period, message_id
                )
                UPDATE alerts_delivery d SET digest_id = made.id, message_id = coalesce(made.message_id, d.message_id),
                    ready_at = CASE WHEN made.id IS NULL THEN ready.next ELSE d.ready_at END
                FROM ready LEFT JOIN made USING (subscriber_id, cadence, period) WHERE d.id = ready.id
                """,
                self._parameters,
            )


def give_up(now: datetime) -> int:
    """Fail the rows that a sender died over MAX_ATTEMPTS times. Returns how many."""
    return Delivery.objects.filter(
        state=Delivery.State.CLAIMED, attempts__gte=MAX_ATTEMPTS, claimed_at__lt=now - STALE
    ).update(state=Delivery.State.FAILED, reason=f"the sender stopped over it {MAX_ATTEMPTS} times")
