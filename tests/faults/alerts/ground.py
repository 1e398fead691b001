"""Where the cases happen: servers of their own, a mail server, and processes to be killed.

Every case begins with a copy of one prepared database under the same name, so that nothing has to be told where it is.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from unittest.mock import patch

from tests.faults import ground as grounds
from tests.faults.alerts import ledger
from tests.faults.alerts.mailserver import MailServer
from tracker.local import ports
from tracker.local.postgres import USER
from tracker.local.servers import Servers

PREPARED = "prepared"
ROUNDS = 20
STEP = timedelta(hours=6)
"""Longer than a stale claim and any wait between two attempts; twenty of them are less than the limit of lateness."""
A_WHILE = 1.2
"""Seconds that a mail is under way where a case needs that to be long: what a sender asked may be a second old."""


class Ground(grounds.Ground):
    """Servers, mail server and processes for all cases, one after another."""

    def __init__(self, servers: Servers, on: date) -> None:
        port = ports.free()
        super().__init__(
            servers,
            loaded="tests.faults.alerts.door",
            settings="tests.faults.alerts.settings",
            environment={"EMAIL_URL": f"smtp://127.0.0.1:{port}"},
        )
        self.on = on
        self.noon = datetime.combine(on, time(12), tzinfo=UTC)
        with patch.dict(os.environ, self.environment):  # the process that all others are forked from starts here
            self.mail = MailServer(self.context, port)

    def prepare(self, people: int) -> None:
        """Make the database that every case gets a copy of."""
        self.sql(f"DROP DATABASE IF EXISTS {USER} WITH (FORCE)", database="postgres")
        self.sql(f"DROP DATABASE IF EXISTS {PREPARED} WITH (FORCE)", database="postgres")
        self.sql(f"CREATE DATABASE {USER}", database="postgres")
        self.finish(self.process("build", self.on, people))
        self.sql(f"ALTER DATABASE {USER} RENAME TO {PREPARED}", database="postgres")

    def begin(self, people: int) -> None:
        """Start a case: a copy of the database with so many people, and an empty mail server that takes everything."""
        self.sql(f"DROP DATABASE IF EXISTS {USER} WITH (FORCE)", database="postgres")
        self.sql(f"CREATE DATABASE {USER} TEMPLATE {PREPARED}", database="postgres")
        extra = "SELECT id FROM alerts_subscriber ORDER BY id OFFSET %s"
        self.sql(f"DELETE FROM alerts_subscription WHERE subscriber_id IN ({extra})", people)
        self.sql(f"DELETE FROM alerts_subscriber WHERE id IN ({extra})", people)
        self.sql("ANALYZE")
        self.mail.empty()

    def plan(self, now: datetime) -> None:
        self.finish(self.planner(now))

    def planner(self, now: datetime) -> ForkServerProcess:
        """A process that plans at that moment."""
        return self.process("plan", now.date(), now)

    def send(self, now: datetime, *, limit: int | None = None, patience: float = 20) -> None:
        self.finish(self.sender(now, limit=limit, patience=patience))

    def sender(self, now: datetime, *, limit: int | None = None, patience: float = 20) -> ForkServerProcess:
        """A process that sends at that moment and waits `patience` seconds for each answer of the mail server."""
        return self.process("send", now.date(), now, limit, patience)

    def settle(self, now: datetime) -> datetime:
        """Send every few hours, as beat would, from `now` on until nothing waits. Returns the last moment."""
        for _ in range(ROUNDS):
            if not any(row.state in ("pending", "claimed") for row in self.ledger()):
                break
            now += STEP
            self.send(now)
        return now

    def audit(self, on: date) -> list[str]:
        """What `alerts audit` prints, line by line."""
        ours, theirs = self.context.Pipe(duplex=False)
        auditor = self.process("audit", on, theirs)
        theirs.close()
        found: list[str] = ours.recv()
        self.finish(auditor)
        return found

    def ledger(self) -> list[ledger.Row]:
        return ledger.read(self.environment["DATABASE_URL"])

    def stop(self) -> None:
        self.mail.stop()


@contextmanager
def ground(var: Path, on: date, people: int) -> Iterator[Ground]:
    """Servers that lose nothing they promised to keep, under `var`, and a database with so many people."""
    servers = Servers(var)
    try:
        servers.start(grounds.say_nothing)
        servers.wait(grounds.say_nothing)
        made = Ground(servers, on)
        try:
            made.prepare(people)
            yield made
        finally:
            made.stop()
    finally:
        servers.stop()
