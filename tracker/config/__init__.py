"""How the site is put together. The Celery app is made here, so that the web process knows the broker, too."""

from tracker.config.celery import app as celery_app

__all__ = ["celery_app"]
