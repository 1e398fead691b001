"""`make bench`: how fast the site is on this machine, in tables, on servers of its own under var/bench.

Numbers only: nothing here fails because a machine is slow.
"""

import sys

from rich.console import Console

from tests.bench.servers import on_own_servers
from tracker.local import ports, state
from tracker.local.servers import Servers
from tracker.local.site import Site

PORT = 8700


def main(requests: int) -> int:
    """Measure with so many requests to every page; returns the exit status."""

    def measure(servers: Servers, current: state.State, console: Console) -> None:
        listener = ports.claim(PORT)
        current.site_url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        state.write(servers.var, current)
        site = Site(servers.var, servers=servers, listener=listener, current=current, workers=2, progress=console.print)
        from tracker.local import contents  # loads Django, which asks where the servers are

        from tests.bench import measure as measured  # isort: skip  (it needs Django)

        try:
            contents.reach()
            measured.everything(site, console, requests)
        finally:
            site.stop()

    return on_own_servers(measure)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 30))
