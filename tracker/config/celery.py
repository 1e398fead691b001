"""Celery: what has to wait for the network or for a time of day."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.config.settings")
app = Celery("watchback")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
