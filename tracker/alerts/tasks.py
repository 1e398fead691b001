"""Doors for Celery: they read the clock and call the actions."""

from celery import shared_task
from django.utils import timezone

from tracker.alerts import actions


# Taken off the queue when it begins: beat comes again in minutes, and a worker that loses Redis over a task which is
# still to be acknowledged ends (celery 5.7).
@shared_task(acks_late=False)
def plan_and_send() -> None:
    """Decide what is due today and send it. Does nothing that it has done before."""
    now = timezone.now()
    actions.plan(on=now.date(), now=now)
    actions.send(on=now.date(), now=now)
    actions.drop_unconfirmed(now=now)
