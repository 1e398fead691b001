"""Servers of a test's own, in a directory with a space in its name."""

import os
import select
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import psycopg2
import pytest

from tracker.local.servers import Servers


class Start(Protocol):
    """Starts servers in a directory; those that must not lose a row are `lasting`."""

    def __call__(self, directory: Path, *, lasting: bool = False) -> Servers: ...


@pytest.fixture
def var(tmp_path: Path) -> Path:
    return tmp_path / "a checkout" / "var"


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where servers have run before: made once, to be copied."""
    var = tmp_path_factory.mktemp("made once") / "var"
    servers = Servers(var, lasting=False)
    try:
        servers.start(print)
        servers.wait(print)
    finally:
        servers.stop()
    return var


@pytest.fixture
def made(var: Path, cluster: Path) -> Path:
    """A directory of a checkout where the site has run before."""
    shutil.copytree(cluster, var)
    return var


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts servers in a directory and returns them ready; stops them all after the test."""
    started: list[Servers] = []

    def begin(directory: Path, *, lasting: bool = False) -> Servers:
        servers = Servers(directory, lasting=lasting)
        started.append(servers)
        servers.start(print)
        servers.wait(print)
        return servers

    yield begin
    for servers in started:
        servers.stop()


def ask(servers: Servers, sql: str) -> object:
    """The first value that PostgreSQL answers, or None for a statement."""
    assert servers.postgres
    connection = psycopg2.connect(servers.postgres.url)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchone()[0] if cursor.description else None  # type: ignore[index]
    finally:
        connection.close()


def await_end(pid: int, seconds: float = 20) -> None:
    """Return when process `pid` is gone; the kernel tells."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        ready, _, _ = select.select([descriptor], [], [], seconds)
        assert ready, f"process {pid} still runs after {seconds} s"
    finally:
        os.close(descriptor)
