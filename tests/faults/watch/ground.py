"""Where the cases of the watch happen: servers on a disk of their own, and a process for every round."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests.faults import ground as grounds
from tests.faults.watch.certificates import Authority
from tests.faults.watch.sites import Answer, Site
from tests.faults.watch.tables import Tables, World
from tracker.local.postgres import USER
from tracker.local.servers import Servers
from tracker.watch.fetch import Limits

PREPARED = "prepared"
PATIENCE = 120.0


class Round:
    """A process that looks at what is due. Its own end, or what it found, can be waited for."""

    def __init__(self, process: ForkServerProcess, reply: Connection) -> None:
        self.process = process
        self.reply = reply

    def result(self) -> Any:
        """What came of it, once it has ended. Raises TimeoutError, or EOFError if it died before it could say."""
        if not wait([self.reply], timeout=PATIENCE):
            raise TimeoutError(f"no end of it in {PATIENCE:.0f} s")
        found = self.reply.recv()
        self.process.join()
        return found

    def kill(self) -> None:
        self.process.kill()
        self.process.join()


class Ground(grounds.Ground):
    """Servers and processes for all cases, one after another."""

    def __init__(self, servers: Servers) -> None:
        super().__init__(
            servers, loaded="tests.faults.watch.door", settings="tests.faults.watch.settings", environment={}
        )
        self.authority = Authority(servers.var)
        with patch.dict(os.environ, self.environment):  # the process that all others are forked from starts here
            self.sql(f"DROP DATABASE IF EXISTS {PREPARED} WITH (FORCE)", database="postgres")
            self.sql(f"DROP DATABASE IF EXISTS {USER} WITH (FORCE)", database="postgres")
            self.sql(f"CREATE DATABASE {USER}", database="postgres")
            self.finish(self.process("migrate"))
            self.sql(f"ALTER DATABASE {USER} RENAME TO {PREPARED}", database="postgres")

    def begin(self) -> None:
        """Start a case with empty tables."""
        self.sql(f"DROP DATABASE IF EXISTS {USER} WITH (FORCE)", database="postgres")
        self.sql(f"CREATE DATABASE {USER} TEMPLATE {PREPARED}", database="postgres")

    def world(self, sites: Sequence[Site], limits: Limits) -> World:
        return World(tuple(site.host for site in sites), self.authority.path, limits)

    def site(self, answer: Answer, *, over_tls: bool = False) -> Site:
        return Site(answer, tls=self.authority.server() if over_tls else None)

    def build(self, sites: Sequence[tuple[Site, str]]) -> None:
        self.start("build", [(site.url, kind) for site, kind in sites]).result()

    def forget(self) -> None:
        """Let what is kept of robots.txt be over."""
        self.start("forget").result()

    def look(self, at: datetime, world: World) -> float:
        self.forget()
        return float(self.start("look", at, world).result())

    def looking(self, at: datetime, world: World) -> Round:
        """A round that has just begun."""
        return self.start("look", at, world)

    def tables(self) -> Tables:
        found: Tables = self.start("tables").result()
        return found

    def start(self, act: str, *arguments: object) -> Round:
        ours, theirs = self.context.Pipe(duplex=False)
        process = self.process("tell", theirs, act, *arguments)
        theirs.close()
        return Round(process, ours)


@contextmanager
def ground(var: Path) -> Iterator[Ground]:
    """Servers that lose nothing they promised to keep, under `var`, and empty tables."""
    servers = Servers(var)
    try:
        servers.start(grounds.say_nothing)
        servers.wait(grounds.say_nothing)
        yield Ground(servers)
    finally:
        servers.stop()
