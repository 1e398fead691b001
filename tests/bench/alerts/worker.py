"""One sender in a process of its own, as Celery's worker is one. Prints what it did and took as JSON."""

import json
import resource
import sys
import time
from datetime import UTC, datetime
from datetime import time as clock

import django


def main(limit: int) -> None:
    """Send so many."""
    django.setup()
    from tests.bench.alerts.filling import DAY
    from tracker.alerts import actions

    now = datetime.combine(DAY, clock(9), tzinfo=UTC)
    began, cpu = time.perf_counter(), time.process_time()
    sent = actions.send(on=DAY, now=now, limit=limit)
    took = {
        "sent": sent.sent,
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - cpu,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    sys.stdout.write(json.dumps(took) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
