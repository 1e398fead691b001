"""Delivering: claim what waits, ask once more whether it holds, send it, record it."""

import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from smtplib import SMTPException
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import mail_admins
from django.db import connection, transaction
from django.db.models import Prefetch

from tracker.alerts import channels, facts
from tracker.alerts.models import Delivery
from tracker.commitments.models import CarveOut, Term

logger = logging.getLogger(__name__)

BATCH = 50
MAX_ATTEMPTS = 14
RETRY_AFTER = timedelta(minutes=5)
"""Before the second attempt; doubled for each further one, up to 64 times: all attempts take about two days."""
STALE = timedelta(hours=1)
"""After which a claim whose sender never came back is taken over."""
LATE = timedelta(days=14)
"""How long a delivery may wait (for a mail server, not for a pause that was asked for) before it counts as missed."""


@dataclass
class Sent:
    """What one run of the sender did."""

    sent: int = 0
    cancelled: int = 0
    put_off: int = 0
    failed: int = 0
    missed: int = 0


def send(*, on: date, now: datetime, limit: int | None = None) -> Sent:
    """Send what is due on or before `on`, at most `limit`, each after asking once more whether it still holds.

    A row is claimed in a transaction of its own (FOR UPDATE SKIP LOCKED, so any number of senders may run), and gets
    its Message-ID then, once and for all. It is recorded as sent after the other side has taken it. What can repeat
    a mail, always with the same Message-ID, so that a receiver can drop it:

    - the sender, its machine or the database dies after the mail server answered 250 to the message and before the
      row is recorded: the row stays claimed, and is claimed again after `STALE`;
    - the connection breaks after the whole message was sent and before that answer came: nobody can know whether it
      was taken, so it is sent again;
    - a sender is held up for longer than `STALE` and yet alive.

    Dying at any other moment repeats nothing and loses nothing. A row that cannot be sent is put off and tried
    again, up to MAX_ATTEMPTS, and never keeps the rows behind it from being sent; rows that a sender died over are
    taken over one at a time, so that the one that killed it is alone when it does so again.

    Must not be called inside a transaction: a rollback would forget what was sent.
    """
    done = Sent()
    done.missed = _give_up_late(on)
    done.failed = _give_up_claimed(now)
    left = limit
    for name in channels.available():
        for taking, size in ((_WAITING, BATCH), (_STALE, 1)):
            while left is None or left > 0:
                claimed = _claim(name, on, now, taking, size if left is None else min(size, left))
                if not claimed or not _send_batch(name, claimed, on, now, done):
                    break
                left = left if left is None else left - len(claimed)
    return done


_WAITING = """d.state = 'pending' AND (d.claimed_at IS NULL OR d.claimed_at NOT BETWEEN
              %(now)s - %(retry)s * power(2, least(d.attempts, 7) - 1) AND %(now)s + %(stale)s)"""
_STALE = "d.state = 'claimed' AND d.claimed_at NOT BETWEEN %(now)s - %(stale)s AND %(now)s + %(stale)s"


@transaction.atomic(durable=True)
def _claim(channel: str, on: date, now: datetime, taking: str, size: int) -> list[int]:
    """Mark up to `size` rows as being sent, count the attempt, and give each its Message-ID. Returns their ids.

    `taking` is which: those that wait (one tried before waits longer each time) or those whose sender never came
    back. A time of claim far ahead of `now` is stale too: a clock that was moved back must not hold a row for ever.
    """
    parameters: dict[str, Any] = {
        "channel": channel,
        "on": on,
        "now": now,
        "retry": RETRY_AFTER,
        "stale": STALE,
        "size": size,
        "host": urlsplit(settings.SITE_URL).hostname,
    }
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH due AS (
                SELECT d.id FROM alerts_delivery d
                JOIN alerts_event e ON e.id = d.event_id
                JOIN alerts_subscription s ON s.id = d.subscription_id
                JOIN alerts_subscriber p ON p.id = s.subscriber_id
                WHERE s.channel = %(channel)s AND e.due_on <= %(on)s
                  AND (p.paused_until IS NULL OR p.paused_until <= %(on)s)
                  AND {taking}
                ORDER BY d.id LIMIT %(size)s FOR UPDATE OF d SKIP LOCKED
            )
            UPDATE alerts_delivery d SET state = 'claimed', claimed_at = %(now)s, attempts = d.attempts + 1,
                message_id = CASE d.message_id WHEN '' THEN '<' || gen_random_uuid() || '@' || %(host)s || '>'
                             ELSE d.message_id END
            FROM due WHERE d.id = due.id RETURNING d.id
            """,
            parameters,
        )
        return sorted(row[0] for row in cursor.fetchall())


def _load(ids: list[int]) -> list[Delivery]:
    """The claimed rows as they and the facts are now, with all that a message needs, in a fixed number of queries."""
    return list(
        Delivery.objects.filter(pk__in=ids, state=Delivery.State.CLAIMED)
        .select_related(
            "subscription__subscriber",
            "subscription__organization",
            "subscription__product",
            "subscription__technology",
            "subscription__place",
            "subscription__commitment",
            "event__commitment__actor",
            "event__term",
        )
        .prefetch_related(
            "event__term__citations__source",
            Prefetch("event__commitment__terms", Term.objects.published()),
            Prefetch(
                "event__commitment__terms__carve_outs",
                CarveOut.objects.filter(published_on__isnull=False).select_related("organization"),
            ),
        )
        .order_by("pk")
    )


def _send_batch(channel: str, ids: list[int], on: date, now: datetime, done: Sent) -> bool:
    """Send the claimed rows over one connection. Returns whether it is worth going on with another batch."""
    waiting = _load(ids)
    outbox: channels.Outbox | None = None
    try:
        while waiting:
            outbox = outbox or channels.get(channel).open_outbox(on)
            delivery = waiting.pop(0)
            try:
                _send_one(outbox, delivery, on, now, done)
            except channels.Unreachable as broken:
                # It may be this one message that makes the other side hang up: it is put off, the rest goes on over
                # a new connection, and only if there is none the rest waits.
                _put_off(delivery, str(broken), done)
                outbox.close()
                outbox = None
    except channels.Unreachable as broken:
        logger.error("%s cannot be reached, %d deliveries wait: %s", channel, len(waiting), broken)
        done.put_off += len(waiting)
        return False
    finally:
        _release(waiting)  # whatever happened, a defect of ours over one row included, the rows behind it are free
        if outbox is not None:
            outbox.close()
    return True


def _send_one(outbox: channels.Outbox, delivery: Delivery, on: date, now: datetime, done: Sent) -> None:
    objection = facts.objection(delivery, on)
    if objection:
        _record(delivery, Delivery.State.CANCELLED, objection)
        done.cancelled += 1
        return
    paused_until = delivery.subscription.subscriber.paused_until
    if paused_until is not None and paused_until > on:
        _release([delivery])
        return
    try:
        outbox.deliver(delivery)
    except channels.Refused as refused:
        if refused.permanent:
            _record(delivery, Delivery.State.FAILED, str(refused))
            done.failed += 1
        else:
            _put_off(delivery, str(refused), done)
        return
    Delivery.objects.filter(pk=delivery.pk).update(state=Delivery.State.SENT, sent_at=now, sent_on=on, reason="")
    done.sent += 1


def _record(delivery: Delivery, state: Delivery.State, reason: str) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(state=state, reason=reason)


def _put_off(delivery: Delivery, reason: str, done: Sent) -> None:
    if delivery.attempts >= MAX_ATTEMPTS:
        _record(delivery, Delivery.State.FAILED, f"gave up after {delivery.attempts} attempts: {reason}")
        done.failed += 1
    else:
        _record(delivery, Delivery.State.PENDING, reason)
        done.put_off += 1


def _release(deliveries: list[Delivery]) -> None:
    """Give back what was claimed and never tried: the attempt does not count."""
    for delivery in deliveries:
        Delivery.objects.filter(pk=delivery.pk).update(
            state=Delivery.State.PENDING, attempts=delivery.attempts - 1, claimed_at=None
        )


def _give_up_claimed(now: datetime) -> int:
    """Fail the rows that a sender died over MAX_ATTEMPTS times. Returns how many."""
    return Delivery.objects.filter(
        state=Delivery.State.CLAIMED, attempts__gte=MAX_ATTEMPTS, claimed_at__lt=now - STALE
    ).update(state=Delivery.State.FAILED, reason=f"the sender stopped over it {MAX_ATTEMPTS} times")


def _give_up_late(on: date) -> int:
    """Mark as missed what waits for longer than LATE, and tell the operators, once. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE alerts_delivery d SET state = 'missed', reason = 'waited longer than ' || %(late)s || ' days'
                || CASE d.reason WHEN '' THEN '' ELSE ': ' || d.reason END
            FROM alerts_subscription s, alerts_subscriber p, alerts_event e
            WHERE s.id = d.subscription_id AND p.id = s.subscriber_id AND e.id = d.event_id AND d.state = 'pending'
              AND greatest(d.planned_on, p.paused_until) < %(on)s - %(late)s
            RETURNING e.key
            """,
            {"on": on, "late": LATE.days},
        )
        keys = sorted(row[0] for row in cursor.fetchall())
    if keys:
        _tell_operators(keys, on)
    return len(keys)


def _tell_operators(keys: list[str], on: date) -> None:
    logger.error("%d alerts were missed: %s", len(keys), ", ".join(sorted(set(keys))[:20]))
    lines = [f"{len(keys)} alerts could not be sent within {LATE.days} days and were given up on {on}.", ""]
    lines += [f"  {key}: {keys.count(key)}" for key in sorted(set(keys))[:100]]
    lines += ["", "`manage.py alerts audit` compares what was sent with what should have been."]
    try:
        mail_admins("Alerts were missed", "\n".join(lines))
    except (SMTPException, OSError) as error:
        logger.error("the operators could not be told by mail: %s", error)
