"""The site's settings with a beat that comes every second: no case waits five minutes."""

from tracker.config.schedule import SCHEDULE
from tracker.config.settings import *  # noqa: F403

CELERY_BEAT_SCHEDULE = {
    "alerts that are due": {**SCHEDULE["alerts that are due"], "schedule": 1.0, "options": {"expires": 50}},
}
