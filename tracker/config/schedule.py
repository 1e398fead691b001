"""What Celery's beat starts, and when (UTC). Every entry has a `manage.py` twin."""

SCHEDULE: dict[str, dict[str, object]] = {}
