"""What the ledger says beside what the mail server has, read by plain SQL and not by the code under test."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import psycopg2

from tests.faults.alerts.sink import Taken


@dataclass(frozen=True)
class Row:
    """One delivery."""

    address: str
    event: str
    state: str
    message_id: str
    attempts: int
    reason: str
    paused: bool


@dataclass(frozen=True)
class Comparison:
    """The two, side by side."""

    due: int
    taken: int
    settled: int  # neither sent nor lost: ended otherwise, with a reason that the case allows
    lost: tuple[str, ...]
    doubled: int
    other: tuple[str, ...]  # repeated under another Message-ID, or not in the ledger at all


def read(url: str) -> list[Row]:
    """Every delivery that was to be sent on its own."""
    connection = psycopg2.connect(url)
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                """
                SELECT p.address, e.key, d.state, d.message_id, d.attempts, d.reason,
                       p.paused_until IS NOT NULL
                FROM alerts_delivery d
                JOIN alerts_event e ON e.id = d.event_id
                JOIN alerts_subscription s ON s.id = d.subscription_id
                JOIN alerts_subscriber p ON p.id = s.subscriber_id
                WHERE d.state <> 'collapsed' ORDER BY d.id
                """
            )
            return [Row(*row) for row in cursor.fetchall()]
    finally:
        connection.close()


def compare(rows: Sequence[Row], taken: Sequence[Taken], allowed: Sequence[str] = ()) -> Comparison:
    """What is lost and what is doubled. `allowed`: how the reason of a delivery may begin that was not sent."""
    times = Counter((message.to, message.message_id) for message in taken)
    known = {(row.address, row.message_id) for row in rows}
    kept = [row for row in rows if row.state in ("failed", "missed", "cancelled") and _allows(allowed, row.reason)]
    lost = [row for row in rows if row not in kept and not (row.state == "sent" and times[row.address, row.message_id])]
    twice = Counter((row.address, row.event) for row in rows if times[row.address, row.message_id])
    return Comparison(
        due=len(rows),
        taken=len(taken),
        settled=len(kept),
        lost=tuple(f"{row.event} to {row.address} is {row.state}: {row.reason or 'no reason'}" for row in lost),
        doubled=sum(times.values()) - len(times),
        other=(
            *(
                f"{to} got {message_id}, which is not in the ledger"
                for to, message_id in times
                if (to, message_id) not in known
            ),
            *(
                f"{address} was told {event} under {count} Message-IDs"
                for (address, event), count in twice.items()
                if count > 1
            ),
        ),
    )


def _allows(beginnings: Sequence[str], reason: str) -> bool:
    return any(reason.startswith(beginning) for beginning in beginnings)
