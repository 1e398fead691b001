"""Thin doors to the actions for Celery."""

from celery import shared_task
from django.utils import timezone

from tracker.imports import uploads


@shared_task
def work(upload: int, *, apply: bool) -> None:
    """Try an uploaded file out, or apply it."""
    now = timezone.now()
    uploads.work(upload, apply=apply, on=timezone.localdate(now), now=now)
