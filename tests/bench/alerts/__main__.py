"""`make bench-alerts`: how fast alerts are planned and sent, at several sizes, beside a bare loop over one connection.

Numbers only. SMTP_SINK names the binary of postfix's smtp-sink where it is not on the PATH.
"""

import os
import sys

import django
from rich.console import Console

from tests.bench.servers import on_own_servers
from tracker.local import state
from tracker.local.servers import Servers

SIZES = (10_000, 100_000, 1_000_000)


def main(sizes: tuple[int, ...]) -> int:
    """Measure with so many subscriptions each; returns the exit status."""

    def measure(servers: Servers, current: state.State, console: Console) -> None:
        os.environ["DJANGO_SETTINGS_MODULE"] = "tracker.config.settings"
        django.setup()  # asks where the servers are
        from tests.bench.alerts import measured

        measured.everything(sizes, console)

    return on_own_servers(measure)


if __name__ == "__main__":
    sys.exit(main(tuple(map(int, sys.argv[1:])) or SIZES))
