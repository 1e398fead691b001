"""`make bench`: how fast the site is on this machine, in tables, on servers of its own under var/bench.

Numbers only: nothing here fails because a machine is slow.
"""

import os
import secrets
import signal
import sys

from rich.console import Console

from tracker.local import ports, state
from tracker.local.servers import Servers, wait_for_lock
from tracker.local.site import BASE_DIR, Site
from tracker.local.trial import OPERATORS_OWN, interrupt
from tracker.local.trouble import Trouble

PORT = 8700


def main(requests: int) -> int:
    """Measure with so many requests to every page; returns the exit status."""
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 120)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    var = BASE_DIR / "var" / "bench"
    try:
        descriptor = wait_for_lock(var, console.print)
        servers, site = Servers(var), None
        try:
            servers.start(console.print)
            servers.wait(console.print)
            site = _site(servers, console)
            from tracker.local import contents  # loads Django, which asks where the servers are

            from tests.bench import measure  # isort: skip  (it needs Django)

            contents.reach()
            measure.everything(site, console, requests)
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            if site:
                site.stop()
            servers.stop()
            (var / "servers.json").unlink(missing_ok=True)
            os.close(descriptor)
    except Trouble as trouble:
        sys.stderr.write(f"{trouble}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _site(servers: Servers, console: Console) -> Site:
    """The site on these servers, not yet started. What an operator has set is none of a measurement's business."""
    assert servers.postgres
    assert servers.valkey
    for name in (*OPERATORS_OWN, "DATABASE_URL", "REDIS_URL", "SECRET_KEY"):
        os.environ.pop(name, None)
    current = state.State(
        supervisor=os.getpid(),
        phase="running",
        database_url=servers.postgres.url,
        redis_url=servers.valkey.url,
        token=secrets.token_hex(16),
    )
    listener = ports.claim(PORT)
    current.site_url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    state.write(servers.var, current)
    os.environ |= {"VAR_DIR": str(servers.var), "START_TOKEN": current.token}
    return Site(servers.var, servers=servers, listener=listener, current=current, workers=2, progress=console.print)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 30))
