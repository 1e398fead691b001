"""`make bench-imports`: how long imports take beside a bare COPY of the records that they write, and what the site
does meanwhile.

ARGS='20000 1000000' chooses how many rows a made-up export of the Atlas has; `--made-up-only` leaves the real files
out, which are read from ../shared/data. Numbers only.
"""

import argparse
import os
import sys

from rich.console import Console

from tests.bench.servers import on_own_servers
from tracker.local import ports, state
from tracker.local.servers import Servers
from tracker.local.site import Site

SIZES = (20_000,)
PORT = 8750


def main() -> int:
    """Measure; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--made-up-only", action="store_true")
    chosen = parser.parse_args()

    def measure(servers: Servers, current: state.State, console: Console) -> None:
        listener = ports.claim(PORT)
        current.site_url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        state.write(servers.var, current)
        os.environ["DJANGO_SETTINGS_MODULE"] = "tracker.config.settings"
        site = Site(servers.var, servers=servers, listener=listener, current=current, workers=2, progress=console.print)
        from tracker.local import contents  # loads Django, which asks where the servers are

        try:
            contents.reach()
            from tests.bench.imports import measured

            measured.everything(site, console, chosen.sizes, real=not chosen.made_up_only)
        finally:
            site.stop()

    return on_own_servers(measure)


if __name__ == "__main__":
    sys.exit(main())
