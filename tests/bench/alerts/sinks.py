"""Mail servers that take everything: aiosmtpd, and postfix's smtp-sink where there is one."""

import os
import shutil
import smtplib
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Taker:
    """Takes every message and keeps none."""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        return "250 taken"


def available() -> dict[str, list[str]]:
    """Commands by name; the port is to be appended. The fastest first."""
    found = {}
    sink = os.environ.get("SMTP_SINK") or shutil.which("smtp-sink", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if sink:
        as_whom = ["-u", "nobody"] if os.getuid() == 0 else []
        found["smtp-sink"] = [sink, *as_whom, "-4"]
    found["aiosmtpd"] = [sys.executable, "-m", "tests.bench.alerts.sinks"]
    return found


@contextmanager
def running(command: list[str]) -> Iterator[int]:
    """The sink as a process of its own; gives its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    backlog = [] if command[0] == sys.executable else ["1000"]
    process = subprocess.Popen([*command, f"127.0.0.1:{port}", *backlog])
    try:
        _wait(port)
        yield port
    finally:
        process.kill()
        process.wait()


def bare_loop(port: int, message: bytes, times: int) -> float:
    """Seconds that smtplib takes to send a message rendered once, so many times, over one connection."""
    with smtplib.SMTP("127.0.0.1", port) as server:
        began = time.perf_counter()
        for number in range(times):
            server.sendmail("watchback@example.org", [f"reader{number}@example.org"], message)
        return time.perf_counter() - began


def _wait(port: int) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            with smtplib.SMTP("127.0.0.1", port, timeout=5):
                return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


if __name__ == "__main__":
    host, _, number = sys.argv[1].partition(":")
    Controller(Taker(), hostname=host, port=int(number)).start()
    threading.Event().wait()
