"""The whole site as `make run` starts it: one run, from an empty directory to the last process gone."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from http.client import RemoteDisconnected
from pathlib import Path
from time import monotonic
from urllib.request import urlopen

import pytest

from tests.local.conftest import await_end
from tracker.local import ports, process, state

PROJECT = Path(__file__).resolve().parent.parent.parent
OPERATORS = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "EMAIL_URL", "SITE_URL", "DEBUG")


class Run:
    """`manage.py up` on a directory, with what it has said so far."""

    def __init__(self, var: Path, **env: str) -> None:
        self.var = var
        self.env = {name: value for name, value in os.environ.items() if name not in OPERATORS}
        self.env |= {"VAR_DIR": str(var), **env}
        self.process = self.manage("up")
        self.said = ""

    def manage(self, *arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.Popen(
            command, cwd=PROJECT, env=self.env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )

    def until(self, pattern: str) -> re.Match[str]:
        """Read on until it has said `pattern`, or fail with all it said."""
        assert self.process.stdout
        for line in self.process.stdout:
            self.said += line
            if found := re.search(pattern, line):
                return found
        raise AssertionError(f"it ended without saying {pattern!r}:\n{self.said}")

    def pid_of(self, words: str) -> int:
        for pid in process.orphans(homes=[], var=self.var):
            if words in Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " "):
                return pid
        raise AssertionError(f"no process {words!r}")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """The site on a port that another program keeps from it, so that it takes the next."""
    with ports.claim(ports.free()) as taken:
        run = Run(tmp_path_factory.mktemp("a checkout") / "var", PORT=str(taken.getsockname()[1]))
        try:
            yield run
        finally:
            run.process.kill()
            run.process.communicate()


def test_it_says_where_it_is_and_answers_there(run: Run) -> None:
    url = run.until(r"Watchback is at (http://127\.0\.0\.1:\d+)$")[1]
    run.until("stop +Ctrl-C")
    assert re.search(r"Port \d+ is taken; using \d+", run.said)
    with urlopen(f"{url}/healthz", timeout=10) as answer:
        assert answer.read() == b"ok\n"
        current = state.read(run.var)
        assert current
        assert answer.headers["X-Start"] == current.token


def test_a_command_in_another_terminal_finds_the_same_servers(run: Run) -> None:
    output, _ = run.manage("showmigrations", "--plan").communicate()
    assert "[X]" in output
    assert "[ ]" not in output


def test_a_second_start_says_that_it_runs_already(run: Run) -> None:
    second = run.manage("up")
    output, _ = second.communicate()
    assert second.returncode == 1
    assert "already running at http://127.0.0.1:" in output


def test_a_query_of_ten_megabytes_is_refused_and_the_site_goes_on(run: Run) -> None:
    current = state.read(run.var)
    assert current
    port = int(current.site_url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it need not listen to the end
            client.sendall(b"GET /?q=" + b"a" * 10_000_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert client.recv(100).startswith(b"HTTP/1.1 414 ")
    with urlopen(f"{current.site_url}/healthz", timeout=10) as answer:
        assert answer.status == 200


@pytest.mark.parametrize("words", ["celery -A tracker.config.celery worker", "gunicorn"])
def test_what_is_killed_is_started_again(run: Run, words: str) -> None:
    os.kill(run.pid_of(words), signal.SIGKILL)
    run.until(r"ended \(signal 9\): starting it again")
    current = state.read(run.var)
    assert current
    assert answer_of(f"{current.site_url}/healthz") == 200


def answer_of(url: str, patience: float = 20) -> int:
    """The status of an answer. A worker whose master was just killed may still take a request and end over it."""
    until = monotonic() + patience
    while True:
        try:
            with urlopen(url, timeout=patience) as answer:
                return int(answer.status)
        except (RemoteDisconnected, ConnectionResetError):
            if monotonic() > until:
                raise


def test_it_stops_completely_when_asked(run: Run) -> None:
    pids = process.orphans(homes=[run.var / "postgres", run.var / "valkey"], var=run.var)
    run.process.terminate()
    output, _ = run.process.communicate(timeout=40)
    assert run.process.returncode == 0, output
    assert output.endswith("Stopped\n")
    for pid in pids:
        await_end(pid)


def test_a_command_without_servers_says_what_to_do(run: Run) -> None:
    command = run.manage("showmigrations")
    output, _ = command.communicate()
    assert command.returncode == 1
    assert output == ("The site's own servers are not running: start `make run`, or set DATABASE_URL and REDIS_URL\n")
