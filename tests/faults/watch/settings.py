"""The site's settings with a beat that comes every second, and a door that is open to the sites of the case."""

import os

from tracker.config.schedule import SCHEDULE
from tracker.config.settings import *  # noqa: F403

CELERY_BEAT_SCHEDULE = {
    "watches that are due": {**SCHEDULE["watches that are due"], "schedule": 1.0, "options": {"expires": 50}},
}
WATCH_ALLOWED_LOOPBACK = tuple(filter(None, os.environ.get("FAULTS_HOSTS", "").split(",")))
