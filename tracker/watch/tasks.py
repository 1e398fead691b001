"""Thin doors to the actions for Celery."""

from threading import Lock

from celery import shared_task
from django.utils import timezone

from tracker.watch import actions, reports
from tracker.watch.asking.outcomes import Wait
from tracker.watch.models import Watch

# One round at a time in a worker, so that its other threads stay free for what else is to be done.
_ROUND = Lock()


@shared_task
def check(watch_id: int) -> None:
    """Look at one watch now. A host that must wait is tried again when it is due."""
    try:
        actions.check(Watch.objects.select_related("source").get(pk=watch_id), now=timezone.now())
    except Wait:
        # The time of the next try is recorded; `due` comes back to it.
        return


@shared_task
def due() -> None:
    """Look at what is due, and let watches that need a hand report themselves."""
    if not _ROUND.acquire(blocking=False):
        return
    try:
        actions.look_at_due(clock=timezone.now)
        reports.review(now=timezone.now())
    finally:
        _ROUND.release()
