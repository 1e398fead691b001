"""Servers of a measurement's own, under var/bench, and settings that find them and nothing of the operator's."""

import os
import secrets
import signal
import sys
from collections.abc import Callable

from rich.console import Console

from tracker.local import state
from tracker.local.servers import Servers, wait_for_lock
from tracker.local.site import BASE_DIR
from tracker.local.trial import OPERATORS_OWN, interrupt
from tracker.local.trouble import Trouble

Measure = Callable[[Servers, state.State, Console], None]


def on_own_servers(measure: Measure) -> int:
    """Start the servers, call `measure`, stop them; returns the exit status."""
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 120)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    var = BASE_DIR / "var" / "bench"
    try:
        descriptor = wait_for_lock(var, console.print)
        servers = Servers(var)
        try:
            servers.start(console.print)
            servers.wait(console.print)
            measure(servers, _settings(servers), console)
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            servers.stop()
            (var / "servers.json").unlink(missing_ok=True)
            os.close(descriptor)
    except Trouble as trouble:
        sys.stderr.write(f"{trouble}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _settings(servers: Servers) -> state.State:
    """Let this process and its children find these servers. What an operator has set is none of our business."""
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
    state.write(servers.var, current)
    os.environ |= {"VAR_DIR": str(servers.var), "START_TOKEN": current.token}
    return current
