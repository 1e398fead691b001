"""Where the cases happen: servers of their own, a mail server, and processes to be killed.

Every case begins with a copy of one prepared database under the same name, so that nothing has to be told where it is.
"""

import multiprocessing
import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from unittest.mock import patch

import psycopg2

from tests.faults.alerts import fork, ledger
from tests.faults.alerts.mailserver import MailServer
from tracker.local import ports
from tracker.local.postgres import USER
from tracker.local.servers import Servers
from tracker.local.trial import OPERATORS_OWN

ROOT = Path(__file__).resolve().parents[3]
PREPARED = "prepared"
ROUNDS = 20
STEP = timedelta(hours=6)
"""Longer than a stale claim and any wait between two attempts; twenty of them are less than the limit of lateness."""
A_WHILE = 1.2
"""Seconds that a mail is under way where a case needs that to be long: what a sender asked may be a second old."""
STOPS = {"fast": signal.SIGINT, "immediate": signal.SIGQUIT, "killed": signal.SIGKILL}


class Ground:
    """Servers, mail server and processes for all cases, one after another."""

    def __init__(self, servers: Servers, on: date) -> None:
        self.servers = servers
        self.on = on
        self.noon = datetime.combine(on, time(12), tzinfo=UTC)
        self.context = multiprocessing.get_context("forkserver")
        self.context.set_forkserver_preload([fork.LOADED])
        port = ports.free()
        assert servers.postgres
        assert servers.valkey
        self.environment = dict.fromkeys(OPERATORS_OWN, "") | {
            "DATABASE_URL": servers.postgres.url,
            "REDIS_URL": servers.valkey.url,
            "EMAIL_URL": f"smtp://127.0.0.1:{port}",
            "SITE_URL": "http://127.0.0.1:8000",
            "SECRET_KEY": "for the faults alone",
            "VAR_DIR": str(servers.var),
            "DJANGO_SETTINGS_MODULE": "tests.faults.alerts.settings",
            "PYTHONPATH": str(ROOT),
        }
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

    def sql(self, statement: str, *parameters: object, database: str = USER) -> None:
        """Change something past all our code."""
        connection = psycopg2.connect(self.environment["DATABASE_URL"], dbname=database)
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement, parameters)
        finally:
            connection.close()

    def process(self, act: str, *arguments: object) -> ForkServerProcess:
        """A process of its own that does this, started. It is ours to wait for, to stop or to kill."""
        log = self.servers.var / "log" / "forked.log"
        process = self.context.Process(target=fork.enter, args=(str(log), act, *arguments), daemon=True)
        process.start()
        return process

    def finish(self, process: ForkServerProcess) -> None:
        """Wait for it; it must have ended well."""
        process.join()
        if process.exitcode:
            log = self.servers.var / "log" / "forked.log"
            raise RuntimeError("\n".join(["it ended with an error:", *log.read_text().splitlines()[-30:]]))

    def restart_postgres(self, how: str) -> None:
        """Stop PostgreSQL in one of three ways and start it at the same address."""
        assert self.servers.postgres
        assert self.servers.postgres.child
        self.servers.postgres.child.process.send_signal(STOPS[how])
        self.servers.postgres.child.process.wait()
        self.servers.revive(self.servers.postgres, _say_nothing)

    def restart_redis_emptied(self) -> None:
        """Kill Redis, remove all that it kept, and start it at the same address."""
        assert self.servers.valkey
        assert self.servers.valkey.child
        self.servers.valkey.child.process.kill()
        self.servers.valkey.child.process.wait()
        shutil.rmtree(self.servers.valkey.data)
        self.servers.revive(self.servers.valkey, _say_nothing)

    def stop(self) -> None:
        self.mail.stop()


def _say_nothing(line: str) -> None:
    return


@contextmanager
def ground(var: Path, on: date, people: int) -> Iterator[Ground]:
    """Servers that lose nothing they promised to keep, under `var`, and a database with so many people."""
    servers = Servers(var)
    try:
        servers.start(_say_nothing)
        servers.wait(_say_nothing)
        made = Ground(servers, on)
        try:
            made.prepare(people)
            yield made
        finally:
            made.stop()
    finally:
        servers.stop()
