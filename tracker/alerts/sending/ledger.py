"""Writing down what became of each delivery, the moment it is known."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from tracker.alerts.models import Delivery, Subscriber
from tracker.alerts.sending.checking import Row
from tracker.alerts.sending.receipts import receipts
from tracker.alerts.sending.taking import MAX_ATTEMPTS

RETRY_AFTER = timedelta(minutes=5)
"""Before the second attempt; doubled for each further one, up to 64 times, and up to a tenth longer by chance, so that
what failed together is not tried together. All attempts take about two days."""
BOUNCES = 3
"""So many messages refused for good, and the address is written to no more."""

State = Delivery.State


class Ledger:
    """What became of the deliveries of one run."""

    def __init__(self, on: date, now: datetime) -> None:
        self._now = now
        self._receipts = receipts(on, now)

    def close(self) -> None:
        """Return when all is on record."""
        self._receipts.close()

    def sent(self, wordings: Mapping[int, int]) -> None:
        """They have been taken by the other side, in these words: the wording's id by the delivery's."""
        self._receipts.write(wordings)

    def settle(self, ids: Sequence[int], state: State, reason: str) -> None:
        """They will not be tried again."""
        Delivery.objects.filter(pk__in=ids).update(state=state, reason=reason)

    def put_off(self, rows: Sequence[Row], reason: str, wait: timedelta | None = None) -> bool:
        """They are tried again later. Returns False where they have been tried often enough and fail for good."""
        if max(row.attempts for row in rows) >= MAX_ATTEMPTS:
            self.settle(_ids(rows), State.FAILED, f"gave up after {rows[0].attempts} attempts: {reason}")
            return False
        parameters: dict[str, Any] = {
            "reason": reason,
            "now": self._now,
            "wait": wait or timedelta(),
            "retry": RETRY_AFTER,
            "ids": _ids(rows),
        }
        with connection.cursor() as cursor:
            cursor.execute(
                """
                UPDATE alerts_delivery SET state = 'pending', reason = %(reason)s,
                    ready_at = %(now)s + greatest(%(wait)s, %(retry)s * power(2, least(attempts, 7) - 1)
                                                            * (1 + random() / 10))
                WHERE id = ANY(%(ids)s)
                """,
                parameters,
            )
        return True

    def release(self, rows: Sequence[Row]) -> None:
        """Give back what was claimed and never tried: the attempt does not count."""
        with connection.cursor() as cursor:
            cursor.execute(
                """
                UPDATE alerts_delivery SET state = 'pending', attempts = attempts - 1, claimed_at = NULL
                WHERE id = ANY(%s) AND state = 'claimed'
                """,
                [_ids(rows)],
            )

    def refused_for_good(self, rows: Sequence[Row], reason: str) -> None:
        """The other side says that trying again is of no use; by mail, it counts against the address."""
        self.settle(_ids(rows), State.FAILED, reason)
        if rows[0].endpoint_id is None:
            bounced(rows[0].subscriber_id)


@transaction.atomic
def bounced(subscriber_id: int) -> None:
    """A message to this address was refused for good or came back: after BOUNCES of them it is written to no more."""
    subscriber = Subscriber.objects.select_for_update().filter(pk=subscriber_id).first()
    if subscriber is None:
        return
    subscriber.bounces += 1
    subscriber.save(update_fields=("bounces",))
    if subscriber.bounces >= BOUNCES and subscriber.stopped is None:
        stop(subscriber, Subscriber.Stopped.BOUNCED)


@transaction.atomic
def stop(subscriber: Subscriber, why: Subscriber.Stopped) -> None:
    """Write to this address no more, until it is confirmed again; what waits for it is cancelled."""
    Subscriber.objects.filter(pk=subscriber.pk, stopped=None).update(stopped=why)
    Delivery.objects.filter(subscriber=subscriber, endpoint=None, state=State.PENDING).update(
        state=State.CANCELLED, reason=f"stopped: {why.value}"
    )


def _ids(rows: Sequence[Row]) -> list[int]:
    return [row.id for row in rows]


__all__ = ("Ledger", "bounced", "stop")
