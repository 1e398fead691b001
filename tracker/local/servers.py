"""The embedded servers of one directory, together: taken over from a killed run, started, kept, stopped."""

import time
from collections.abc import Callable
from pathlib import Path

from tracker.local import process, state
from tracker.local.postgres import Postgres
from tracker.local.process import Child
from tracker.local.trouble import Trouble
from tracker.local.valkey import Valkey

Say = Callable[[str], None]
FOR_TESTS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}  # a lost test is run again


class Servers:
    """PostgreSQL and Valkey under `var`, either of which may be left out because the operator brings it.

    The caller holds the lock of `var`.
    """

    def __init__(self, var: Path, *, postgres: bool = True, valkey: bool = True, lasting: bool = True) -> None:
        self.var = state.make_private(var)
        secret = state.kept_secret(var / "password")
        self.postgres = Postgres(var, password=secret, settings=None if lasting else FOR_TESTS) if postgres else None
        self.valkey = Valkey(var, password=secret, durable=lasting) if valkey else None

    @property
    def all(self) -> list[Postgres | Valkey]:
        return [server for server in (self.postgres, self.valkey) if server]

    def start(self, say: Say) -> None:
        """Start what is ours. The servers are not ready before `wait` returns."""
        left = process.stop_orphans(var=self.var, homes=[self.var / "postgres", self.var / "valkey"])
        if left:
            say(f"Stopped {left} processes that an earlier run had left behind")
        if self.valkey:
            self.valkey.start()
        if self.postgres:
            if not self.postgres.data.exists():
                say("Making the database cluster in var/postgres")
            self.postgres.prepare()
            self.postgres.start()

    def wait(self, say: Say) -> None:
        """Return when all answer. A port that somebody took in the meantime is exchanged for another."""
        for server in self.all:
            for attempt in range(5):
                try:
                    server.wait(say)
                    break
                except Trouble:
                    if attempt == 4 or not lost_its_port(server.child):
                        raise
                    server.start()

    def revive(self, server: Postgres | Valkey, say: Say) -> None:
        """Start a server that died again, at the address its clients know."""
        assert server.child
        server.child.sweep()
        process.stop_orphans(homes=[server.data])
        if isinstance(server, Postgres):
            server.prepare()
        server.start(server.port)
        server.wait(say)

    def stop(self) -> None:
        for server in reversed(self.all):
            server.stop()


def lost_its_port(child: Child | None) -> bool:
    """Whether a server ended because its port was taken."""
    return child is not None and "in use" in child.last_words(8)


def wait_for_lock(var: Path, say: Say, patience: float = 30) -> int:
    """The lock of `var`. A run that is stopping is waited for. Raises Trouble when another one is running."""
    told = False
    deadline = time.monotonic() + patience
    grace = time.monotonic() + 1.5  # for the signal of a killed `make` to reach the run it had started
    while True:
        try:
            return state.lock(var)
        except state.AlreadyRunning:
            other = state.read(var)
            stopping = other is not None and other.phase == "stopping"
            now = time.monotonic()
            if now > deadline or (now > grace and not stopping):
                where = f" at {other.site_url}" if other and other.site_url else ""
                raise Trouble(f"This checkout is already running{where}: stop that one first (Ctrl-C)") from None
            if stopping and not told:
                told = True
                say("Waiting for the previous run to stop")
            time.sleep(0.05)
        except OSError as error:
            raise Trouble(f"{var}: {error.strerror}: it must be yours to write") from None
