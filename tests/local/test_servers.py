"""The embedded servers: started anywhere, stopped completely, and nothing lost when they are killed."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import psycopg2
import pytest
import redis

from tests.local.conftest import Start, ask, await_end
from tracker.local import process, state
from tracker.local.process import wrapped
from tracker.local.servers import wait_for_lock
from tracker.local.trouble import Trouble
from tracker.local.valkey import AT_ONCE, Valkey

PROJECT = Path(__file__).resolve().parent.parent.parent
# A process that starts servers in the directory it is given, says so, and waits.
HOLDER = """
import sys, signal
from pathlib import Path
from tracker.local.servers import Servers, wait_for_lock
lock = wait_for_lock(Path(sys.argv[1]), print)
servers = Servers(Path(sys.argv[1]))
servers.start(lambda line: None); servers.wait(lambda line: None)
print(servers.postgres.child.process.pid, servers.valkey.child.process.pid, servers.postgres.url, flush=True)
try:
    sys.stdin.read()
finally:
    servers.stop()
"""


def test_both_answer_in_a_path_with_spaces_and_leave_nothing_running(made: Path, start: Start) -> None:
    servers = start(made)
    assert str(ask(servers, "SELECT version()")).startswith("PostgreSQL")
    assert servers.valkey
    assert redis.Redis.from_url(servers.valkey.url).ping()
    servers.stop()
    assert process.orphans(homes=[made / "postgres", made / "valkey"], var=made) == {}


def test_what_they_keep_is_closed_to_other_users(made: Path, start: Start) -> None:
    servers = start(made)
    assert servers.postgres
    assert servers.valkey
    for path in (made, made / "log", made / "postgres", made / "valkey"):
        assert path.stat().st_mode & 0o077 == 0, path
    for path in (made / "password", made / "valkey" / "valkey.conf"):
        assert path.stat().st_mode & 0o077 == 0, path
    for child in (servers.postgres.child, servers.valkey.child):
        assert child
        assert servers.postgres.password not in Path(f"/proc/{child.process.pid}/cmdline").read_text()


def test_nobody_gets_in_without_the_password(made: Path, start: Start) -> None:
    servers = start(made)
    assert servers.postgres
    assert servers.valkey
    with pytest.raises(psycopg2.OperationalError, match="password"):
        psycopg2.connect(servers.postgres.url, password="guessed")
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=servers.valkey.port, retry=AT_ONCE).ping()


def test_a_row_outlives_a_killed_postgres_and_its_torn_pid_file(made: Path, start: Start) -> None:
    servers = start(made, lasting=True)
    ask(servers, "CREATE TABLE kept AS SELECT 42 AS number")
    assert servers.postgres
    assert servers.postgres.child
    os.kill(servers.postgres.child.process.pid, signal.SIGKILL)
    servers.postgres.child.process.wait()
    (made / "postgres" / "postmaster.pid").write_text("12")
    servers.stop()

    assert ask(start(made), "SELECT number FROM kept") == 42


def test_a_killed_postgres_comes_back_at_the_same_address(made: Path, start: Start) -> None:
    servers = start(made, lasting=True)
    ask(servers, "CREATE TABLE kept AS SELECT 42 AS number")
    assert servers.postgres
    assert servers.postgres.child
    valkey = servers.valkey
    assert valkey
    os.kill(servers.postgres.child.process.pid, signal.SIGKILL)
    servers.postgres.child.process.wait()
    servers.revive(servers.postgres, print)
    assert ask(servers, "SELECT number FROM kept") == 42
    assert valkey.child
    assert valkey.child.process.poll() is None, "reviving one server ended the other"


def test_a_value_outlives_a_killed_valkey(var: Path) -> None:
    state.make_private(var)
    valkey = Valkey(var, password="p" * 20)
    try:
        for expected in (None, b"kept"):
            valkey.start()
            valkey.wait(print)
            client = redis.Redis.from_url(valkey.url)
            assert client.get("key") == expected
            client.set("key", "kept")
            client.execute_command("WAITAOF", 1, 0, 5000)  # type: ignore[no-untyped-call]  # until it is on disk
            assert valkey.child
            os.kill(valkey.child.process.pid, signal.SIGKILL)
            valkey.child.process.wait()
    finally:
        valkey.stop()


def test_a_half_made_cluster_is_made_anew(var: Path, start: Start) -> None:
    torn = state.make_private(var) / "postgres.new-1"
    torn.mkdir()
    (torn / "PG_VERSION").write_text("18\n")
    assert ask(start(var), "SELECT 1") == 1
    assert not torn.exists()


def test_something_else_in_the_place_of_the_cluster_is_left_alone(var: Path, start: Start) -> None:
    precious = state.make_private(var) / "postgres"
    precious.mkdir()
    (precious / "thesis.txt").write_text("years of work")
    with pytest.raises(Trouble, match="is not a PostgreSQL cluster: move it away"):
        start(var)
    assert (precious / "thesis.txt").read_text() == "years of work"


def test_a_cluster_of_another_version_is_left_alone(var: Path, start: Start) -> None:
    old = state.make_private(var) / "postgres"
    old.mkdir()
    (old / "PG_VERSION").write_text("9\n")
    with pytest.raises(Trouble, match="was written by PostgreSQL 9"):
        start(var)


def test_two_checkouts_run_side_by_side(tmp_path: Path, start: Start) -> None:
    one, other = start(tmp_path / "one" / "var"), start(tmp_path / "other" / "var")
    ask(one, "CREATE TABLE only_here ()")
    assert ask(other, "SELECT to_regclass('only_here')") is None


class TestARunThatIsKilled:
    def test_takes_its_servers_along(self, made: Path) -> None:
        with hold(made) as holder:
            assert holder.stdout
            postgres, valkey, _ = holder.stdout.readline().split()
            holder.kill()
        await_end(int(postgres))
        await_end(int(valkey))

    def test_does_not_keep_the_next_one_from_starting(self, made: Path, start: Start) -> None:
        with hold(made) as holder:
            assert holder.stdout
            url = holder.stdout.readline().split()[2].decode()
            connection = psycopg2.connect(url)
            connection.autocommit = True
            connection.cursor().execute("CREATE TABLE kept AS SELECT 42 AS number")
            connection.close()
            holder.kill()
        assert ask(start(made), "SELECT number FROM kept") == 42

    def test_leaves_a_shell_in_the_data_directory_alone(self, made: Path, start: Start) -> None:
        start(made).stop()
        shell = subprocess.Popen(["/bin/sleep", "60"], cwd=made / "postgres")
        try:
            start(made)
            assert shell.poll() is None
        finally:
            shell.kill()
            shell.wait()


def test_a_second_run_in_the_same_place_is_refused(var: Path) -> None:
    held = state.lock(var)
    state.write(var, state.State(supervisor=os.getpid(), phase="running", site_url="http://127.0.0.1:8000"))
    try:
        with pytest.raises(Trouble, match=r"already running at http://127\.0\.0\.1:8000"):
            wait_for_lock(var, print)
    finally:
        os.close(held)


def test_a_run_that_is_stopping_is_waited_for(var: Path) -> None:
    held = state.lock(var)
    state.write(var, state.State(supervisor=os.getpid(), phase="stopping"))
    said: list[str] = []

    def say(line: str) -> None:
        said.append(line)
        os.close(held)  # it has stopped

    os.close(wait_for_lock(var, say))
    assert said == ["Waiting for the previous run to stop"]


def test_an_ordinary_user_can_run_them() -> None:
    """As root: in a process of another user, who may look at this checkout but not write in it."""
    with tempfile.TemporaryDirectory(prefix="an ordinary user ") as folder:
        identity = "same"
        if os.geteuid() == 0:
            os.chown(folder, 65534, 65534)
            identity = "uid+search:65534:65534"
        command = [sys.executable, "-c", HOLDER, f"{folder}/var"]
        run = subprocess.run(
            wrapped(command, identity, signal.SIGTERM),
            cwd=PROJECT, input="", capture_output=True, text=True, check=False, env={"PATH": "/usr/bin:/bin"},
        )  # fmt: skip
        assert run.returncode == 0, run.stderr
        assert run.stdout.split()[2].startswith("postgres://")
        if os.geteuid() == 0:
            assert Path(folder, "var", "postgres").stat().st_uid == 65534


@pytest.mark.skipif("os.geteuid() != 0", reason="only root is refused by PostgreSQL")
@pytest.mark.parametrize("way", ["userns", "uid+search", "uid+override"])
def test_root_can_run_them_by_each_way_in_a_folder_closed_to_others(
    way: str, var: Path, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tracker.local import identity

    everything = identity.candidates
    monkeypatch.setattr(
        identity, "candidates", lambda us, data: (way_ for way_ in everything(us, data) if way_.split(":")[0] == way)
    )
    closed = [var.parent.parent, var.parent]
    var.parent.mkdir(mode=0o700)
    before = [path.stat().st_mode for path in closed]
    servers = start(var)
    assert servers.postgres
    assert servers.postgres.identity.startswith(f"{way}:")
    assert ask(servers, "SELECT 1") == 1
    assert [path.stat().st_mode for path in closed] == before


def hold(var: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(var)], cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )


def test_two_callers_at_once_get_the_same_secret(var: Path) -> None:
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(state.kept_secret(var / "secret"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    assert len(found) == 8
