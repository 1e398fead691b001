"""What all cases stand on: servers that may be killed, and processes that are forked to be."""

import multiprocessing
import shutil
import signal
from collections.abc import Mapping
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import psycopg2

from tests.faults import fork
from tracker.local.postgres import USER
from tracker.local.servers import Servers
from tracker.local.trial import OPERATORS_OWN

ROOT = Path(__file__).resolve().parents[2]
STOPS = {"fast": signal.SIGINT, "immediate": signal.SIGQUIT, "killed": signal.SIGKILL}


class Ground:
    """Servers, and processes that begin with the module `loaded` under the given settings."""

    def __init__(self, servers: Servers, *, loaded: str, settings: str, environment: Mapping[str, str]) -> None:
        self.servers = servers
        self.loaded = loaded
        self.context = multiprocessing.get_context("forkserver")
        self.context.set_forkserver_preload([loaded])
        assert servers.postgres
        assert servers.valkey
        self.environment = dict.fromkeys(OPERATORS_OWN, "") | {
            "DATABASE_URL": servers.postgres.url,
            "REDIS_URL": servers.valkey.url,
            "SITE_URL": "http://127.0.0.1:8000",
            "SECRET_KEY": "for the faults alone",
            "VAR_DIR": str(servers.var),
            "DJANGO_SETTINGS_MODULE": settings,
            "PYTHONPATH": str(ROOT),
            **environment,
        }

    def sql(self, statement: str, *parameters: object, database: str = USER) -> None:
        """Change something past all our code."""
        connection = psycopg2.connect(self.environment["DATABASE_URL"], dbname=database)
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement, parameters)
        finally:
            connection.close()

    def count(self, statement: str, *parameters: object) -> int:
        """The one number that a statement asks for, past all our code."""
        connection = psycopg2.connect(self.environment["DATABASE_URL"])
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement, parameters)
                ((number,),) = cursor.fetchall()
                return int(number)
        finally:
            connection.close()

    @property
    def log(self) -> Path:
        """What the forked processes say."""
        return self.servers.var / "log" / "forked.log"

    def process(self, act: str, *arguments: object) -> ForkServerProcess:
        """A process of its own that does this, started. It is ours to wait for, to stop or to kill."""
        process = self.context.Process(
            target=fork.enter, args=(self.loaded, str(self.log), act, *arguments), daemon=True
        )
        process.start()
        return process

    def finish(self, process: ForkServerProcess) -> None:
        """Wait for it; it must have ended well."""
        process.join()
        if process.exitcode:
            said = self.log.read_text().splitlines()[-30:]
            raise RuntimeError("\n".join(["it ended with an error:", *said]))

    def restart_postgres(self, how: str) -> None:
        """Stop PostgreSQL in one of three ways and start it at the same address."""
        assert self.servers.postgres
        assert self.servers.postgres.child
        self.servers.postgres.child.process.send_signal(STOPS[how])
        self.servers.postgres.child.process.wait()
        self.servers.revive(self.servers.postgres, say_nothing)

    def stop_redis(self) -> None:
        """Kill Redis: its address refuses connections until `restart_redis`."""
        assert self.servers.valkey
        assert self.servers.valkey.child
        self.servers.valkey.child.process.kill()
        self.servers.valkey.child.process.wait()

    def restart_redis(self, *, emptied: bool = False) -> None:
        """Start Redis again at the same address, with what it kept or without."""
        assert self.servers.valkey
        if emptied:
            shutil.rmtree(self.servers.valkey.data)
        self.servers.revive(self.servers.valkey, say_nothing)

    def restart_redis_emptied(self) -> None:
        """Kill Redis, remove all that it kept, and start it at the same address."""
        self.stop_redis()
        self.restart_redis(emptied=True)


def say_nothing(line: str) -> None:
    return
