"""Thin doors to the actions for Celery."""

from celery import shared_task
from django.utils import timezone

from tracker.watch import actions
from tracker.watch.asking.outcomes import Wait
from tracker.watch.models import Watch


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
    """Hand out every watch that is due."""
    for watch_id in actions.claim_due(now=timezone.now()):
        check.delay(watch_id)
