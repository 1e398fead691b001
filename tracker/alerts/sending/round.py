"""One channel's part in one run of the sender."""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from time import monotonic

from tracker.alerts import channels
from tracker.alerts.channels import Outbox, Parcel
from tracker.alerts.models import Delivery
from tracker.alerts.sending import checking
from tracker.alerts.sending.checking import Facts, Row, Said
from tracker.alerts.sending.ledger import Ledger
from tracker.alerts.sending.taking import BATCH, Taker

logger = logging.getLogger(__name__)

HANG_UPS = 3
"""So many times in a row the other side may hang up over a message before the rest is left for the next run."""
FRESH = 1.0
"""Seconds for which what was asked about a batch is taken to hold; then it is asked again."""


@dataclass
class Sent:
    """What one run of the sender did, in deliveries."""

    sent: int = 0
    cancelled: int = 0
    put_off: int = 0
    failed: int = 0
    missed: int = 0


class Round:
    """Takes, asks, hands over and writes down, until nothing is left or the other side cannot be reached."""

    def __init__(self, channel: str, on: date, now: datetime, limit: int | None, done: Sent) -> None:
        self._channel = channel
        self._on = on
        self._now = now
        self._limit = limit
        self._done = done
        self._taker = Taker(channel, on, now)
        self._ledger = Ledger(on, now)
        self._facts = Facts(on)
        self._outbox: Outbox | None = None
        self._hung_up = 0

    def go(self) -> None:
        """Send all there is. Never raises over one row; what a defect of ours leaves behind is free again."""
        try:
            for take in (self._taker.waiting, self._taker.stale, self._taker.digests):
                while taken := self._take(take):
                    self._batch(taken)
        except channels.Unreachable as broken:
            logger.error("%s cannot be reached, the rest waits: %s", self._channel, broken)
        finally:
            self._close()
            self._ledger.close()

    def _take(self, take: Callable[[int], list[int]]) -> list[int]:
        left = BATCH if self._limit is None else self._limit - self._done.sent
        return take(left) if left > 0 else []

    def _batch(self, taken: list[int]) -> None:
        """Send the claimed rows."""
        waiting = checking.rows(taken, self._on)
        try:
            while waiting:
                left = self._some(waiting)
                waiting = self._still_ours(left) if left else []
        finally:
            # Whatever happened, what was claimed and not tried is free again.
            untried = self._still_ours(waiting) if waiting else []
            self._ledger.release(untried)
            self._done.put_off += len(untried)

    def _some(self, waiting: list[Row]) -> list[Row]:
        """Ask about the rows and send them for as long as the answers are fresh. Returns those that are left."""
        asked = monotonic()
        said = self._facts.of({row.event_id for row in waiting})
        waiting = self._without_objections(waiting, said)
        left = [list(rows) for _, rows in groupby(waiting, key=lambda row: row.digest_id or -row.id)]
        while left and monotonic() - asked < FRESH:
            self._open()
            self._one(left.pop(0), said)
        return [row for rows in left for row in rows]

    def _still_ours(self, rows: Sequence[Row]) -> list[Row]:
        """The rows as they are now, without those that another sender has taken over since: it has counted another
        attempt.
        """
        ours = {row.id: row.attempts for row in rows}
        return [row for row in checking.rows(ours, self._on) if row.attempts == ours[row.id]]

    def _without_objections(self, waiting: list[Row], said: dict[int, Said]) -> list[Row]:
        unspeakable = self._facts.unspeakable
        # A digest goes out whole or not at all: what would follow under its Message-ID might be dropped as a repeat.
        broken = {row.digest_id for row in waiting if row.event_id in unspeakable and row.digest_id is not None}
        fine = []
        for row in waiting:
            objection = checking.objection(row, said)
            if row.event_id in unspeakable or row.digest_id in broken:
                self._put_off([row], unspeakable.get(row.event_id, "another thing in its digest has no words"))
            elif objection == checking.PAUSED:
                self._ledger.release([row])
            elif objection:
                self._ledger.settle([row.id], Delivery.State.CANCELLED, objection)
                self._done.cancelled += 1
            else:
                fine.append(row)
        return fine

    def _one(self, rows: Sequence[Row], said: dict[int, Said]) -> None:
        """Hand one parcel over and write down what came of it."""
        assert self._outbox is not None
        try:
            parcel = _parcel(rows, said)
            self._outbox.deliver(parcel)
        except channels.Refused as refused:
            self._refused(rows, parcel, refused)
        except channels.Unreachable as broken:
            # It may be this one message that makes the other side hang up: it is put off, and the rest goes on over
            # a new connection; but not for ever.
            self._put_off(rows, str(broken))
            self._close()
            self._hung_up += 1
            if self._hung_up >= HANG_UPS:
                raise
        except Exception as defect:
            # A defect of ours over one row must not keep the rows behind it from being sent.
            logger.exception("delivery %s cannot be made into a message", rows[0].id)
            self._put_off(rows, f"{type(defect).__name__}: {defect}"[:500])
        else:
            self._ledger.sent({row.id: said[row.event_id].wording_id for row in rows})
            self._done.sent += len(rows)
            self._hung_up = 0

    def _refused(self, rows: Sequence[Row], parcel: Parcel, refused: channels.Refused) -> None:
        assert self._outbox is not None
        if refused.permanent:
            self._ledger.refused_for_good(rows, str(refused))
            self._done.failed += len(rows)
        elif not self._put_off(rows, str(refused), refused.retry_after):
            self._outbox.gave_up(parcel, str(refused))

    def _put_off(self, rows: Sequence[Row], reason: str, wait: timedelta | None = None) -> bool:
        """Whether they are tried again; else they failed for good."""
        again = self._ledger.put_off(rows, reason, wait)
        if again:
            self._done.put_off += len(rows)
        else:
            self._done.failed += len(rows)
        return again

    def _open(self) -> None:
        if self._outbox is None:
            self._outbox = channels.get(self._channel).open_outbox(self._on, self._now)

    def _close(self) -> None:
        if self._outbox is not None:
            outbox, self._outbox = self._outbox, None
            with suppress(channels.Unreachable):
                outbox.close()


def _parcel(rows: Sequence[Row], said: dict[int, Said]) -> Parcel:
    first = rows[0]
    return Parcel(
        message_id=first.message_id,
        items=tuple(said[row.event_id].item for row in rows),
        topic="; ".join(dict.fromkeys(row.topic for row in rows)),
        cadence=first.cadence,
        subscriber_key=first.subscriber_key,
        subscription_id=first.subscription_id,
        address=first.address,
        endpoint_id=first.endpoint_id,
    )
