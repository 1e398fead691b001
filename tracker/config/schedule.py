"""What Celery's beat starts, and when (UTC). Every entry has a `manage.py` twin."""

SCHEDULE: dict[str, dict[str, object]] = {
    # manage.py watch check --due
    "watches that are due": {"task": "tracker.watch.tasks.due", "schedule": 60.0, "options": {"expires": 55}},
    # manage.py alerts plan; manage.py alerts send
    "alerts that are due": {
        "task": "tracker.alerts.tasks.plan_and_send",
        "schedule": 300.0,
        "options": {"expires": 290},
    },
}
