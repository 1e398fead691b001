"""What could not be sent in time: it is called missed, and the operators are told."""

import logging
from datetime import date, timedelta
from smtplib import SMTPException

from django.core.mail import mail_admins
from django.db import connection, transaction

from tracker.alerts.messages import refusals
from tracker.alerts.models import Delivery

logger = logging.getLogger(__name__)

LATE = timedelta(days=14)
"""How long a delivery may wait (for a mail server, not for a pause that was asked for) before it counts as missed."""
_SHOWN = 100


def give_up(on: date) -> int:
    """Mark as missed what waits for longer than LATE. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE alerts_delivery d SET state = 'missed', reason = 'waited longer than ' || %(late)s || ' days'
                || CASE d.reason WHEN '' THEN '' ELSE ': ' || d.reason END
            FROM alerts_subscriber p
            WHERE p.id = d.subscriber_id AND d.state = 'pending'
              AND greatest(d.planned_on, p.paused_until) < %(on)s - %(late)s
            """,
            {"on": on, "late": LATE.days},
        )
        return int(cursor.rowcount)


@transaction.atomic
def report(on: date) -> int:
    """Tell the operators what was missed and not reported yet, once. Returns how many deliveries were reported.

    While their mail cannot be sent, the next run tries again: the mail server that is away is the likeliest reason
    why something was missed.
    """
    unreported = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        state=Delivery.State.MISSED, reported=False
    )
    missed = dict(unreported.values_list("pk", "event__key"))
    if not missed:
        return 0
    keys = sorted(missed.values())
    logger.error("%d alerts were missed: %s", len(keys), ", ".join(sorted(set(keys))[:20]))
    lines = [f"{len(keys)} alerts could not be sent within {LATE.days} days and were given up by {on}.", ""]
    lines += [f"  {key}: {keys.count(key)}" for key in sorted(set(keys))[:_SHOWN]]
    lines += ["", "`manage.py alerts audit` compares what was sent with what should have been."]
    try:
        with refusals():
            mail_admins("Alerts were missed", "\n".join(lines))
    except (SMTPException, OSError) as error:
        logger.error("the operators could not be told by mail: %s", error)
        return 0
    Delivery.objects.filter(pk__in=missed).update(reported=True)
    return len(keys)
