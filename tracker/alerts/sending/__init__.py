"""Delivering: take what waits, ask once more whether it holds, hand it over, write it down."""

from datetime import date, datetime

from tracker.alerts import channels
from tracker.alerts.sending import late, taking
from tracker.alerts.sending.receipts import LASTING
from tracker.alerts.sending.round import Round, Sent
from tracker.alerts.sending.taking import BATCH, STALE

__all__ = ("BATCH", "LASTING", "STALE", "Sent", "send")


def send(*, on: date, now: datetime, limit: int | None = None) -> Sent:
    """Send what is due on or before `on` and ready at `now`, at most `limit`, each after asking whether it still holds.

    Rows are claimed in a transaction of their own (FOR UPDATE SKIP LOCKED, so any number of senders may run), and get
    their Message-ID then, once and for all. Each is recorded as sent after the other side has taken it and before the
    next is handed over. What can repeat a message, always with the same Message-ID or webhook-id, so that a receiver
    can drop it:

    - the sender or its machine dies after the other side took a message and before the row is recorded: that one
      message, no other. The row stays claimed, and is taken over after `STALE`;
    - PostgreSQL or its machine dies without shutting down (kill -9, loss of power) and we die with it: the records of
      up to the last 2 × `LASTING` messages may not be on its disk yet. If we live, we tell it again, for a minute, so
      that PostgreSQL alone loses none, however it stops;
    - the connection breaks after the whole message was sent and before the answer came: nobody can know whether it
      was taken, so it is sent again;
    - a sender is held up for longer than `STALE` and yet alive.

    Dying at any other moment repeats nothing and loses nothing. A row that cannot be sent is put off and tried
    again, about two days long, and never keeps the rows behind it from being sent; rows that a sender died over are
    taken over one at a time, so that the one that killed it is alone when it does so again.

    Must not be called inside a transaction: a rollback would forget what was sent.
    """
    done = Sent()
    done.missed = late.give_up(on)
    late.report(on)
    done.failed = taking.give_up(now)
    for name in channels.available():
        Round(name, on, now, limit, done).go()
    return done
