"""A page that is not found: missing at first, gone when it was not found three times over a day."""

from datetime import datetime, timedelta

from tracker.watch.finding import Finding
from tracker.watch.models import Outcome, Watch

TIMES = 3
OVER = timedelta(days=1)
_MISSING = (Outcome.MISSING, Outcome.GONE)


def missing(watch: Watch, status: int, *, at: datetime) -> Finding:
    """The finding for a 404 or 410 at `at`. Two queries."""
    checks = watch.checks.filter(at__lt=at)
    found = checks.exclude(outcome__in=_MISSING).order_by("-at").first()
    lost = checks.filter(outcome__in=_MISSING).order_by("at")
    times = list((lost.filter(at__gt=found.at) if found else lost).values_list("at", flat=True)[:TIMES])
    if len(times) + 1 >= TIMES and at - times[0] >= OVER:
        return Finding(Outcome.GONE, f"the site answers {status} since {times[0]:%-d %B %Y}", since=times[0])
    return Finding(Outcome.MISSING, f"the site answers {status}", since=times[0] if times else at)
