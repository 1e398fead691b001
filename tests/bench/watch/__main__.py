"""`make bench-watch`: how fast pages are watched, beside changedetection.io, urlwatch and a bare loop of requests.

ARGS='200 2000' chooses the numbers of pages, `--without-peers` leaves the others out, `--polite` adds 20,000 watches on
400 hosts with a pause of a second each. Numbers only.
"""

import argparse
import os
import sys

import django
from rich.console import Console

from tests.bench.servers import on_own_servers
from tracker.local import state
from tracker.local.servers import Servers

SIZES = (200, 2_000, 20_000)


def main() -> int:
    """Measure; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--without-peers", action="store_true")
    parser.add_argument("--polite", action="store_true")
    chosen = parser.parse_args()

    def measure(servers: Servers, current: state.State, console: Console) -> None:
        os.environ["DJANGO_SETTINGS_MODULE"] = "tracker.config.settings"
        django.setup()  # asks where the servers are
        from tests.bench.watch import measured

        measured.everything(chosen.sizes, console, beside_peers=not chosen.without_peers, polite=chosen.polite)

    return on_own_servers(measure)


if __name__ == "__main__":
    sys.exit(main())
