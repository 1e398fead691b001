"""One worker of the watch in a process of its own. Runs rounds until nothing is due; prints what it took as JSON."""

import json
import resource
import sys
import time

import django


def main(allowed: str, pause: float, until_seconds: float) -> None:
    """Look at what is due on the loopback places `allowed` (host:port, with commas), asking each so seldom."""
    django.setup()
    from django.conf import settings
    from django.utils import timezone

    from tracker.watch import actions

    settings.WATCH_ALLOWED_LOOPBACK = tuple(allowed.split(","))
    settings.WATCH_LOOPBACK_PAUSE = pause
    began, cpu = time.perf_counter(), time.process_time()
    looked = 0
    while time.perf_counter() - began < until_seconds:
        done = actions.look_at_due(clock=timezone.now, of_a_host=None)
        looked += done
        if not done:
            break
    took = {
        "looked": looked,
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - cpu,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    sys.stdout.write(json.dumps(took) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), float(sys.argv[3]))
