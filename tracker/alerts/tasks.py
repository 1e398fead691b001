"""Doors for Celery: they read the clock and call the actions."""

from celery import shared_task
from django.utils import timezone

from tracker.alerts import actions


@shared_task
def plan_and_send() -> None:
    """Decide what is due today and send it. Does nothing that it has done before."""
    now = timezone.now()
    actions.plan(on=now.date(), now=now)
    actions.send(on=now.date(), now=now)
    actions.drop_unconfirmed(now=now)
