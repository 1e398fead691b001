"""`manage.py up`, which `make run` calls: the whole site in the foreground, and nothing left of it afterwards."""

import argparse
import ctypes
import os
import secrets
import signal
import socket
import sys
from pathlib import Path
from types import FrameType

from rich.console import Console

from tracker.local import ports, state
from tracker.local.servers import Servers, wait_for_lock
from tracker.local.site import Site
from tracker.local.trouble import Trouble

BASE_DIR = Path(__file__).resolve().parent.parent.parent


class Stopped(BaseException):
    """Somebody asked us to stop; raised wherever the main thread happens to be."""


class Progress:
    """Lines for a person: what is being done, and what went wrong."""

    def __init__(self) -> None:
        self.console = Console(highlight=False, soft_wrap=True)

    def say(self, line: str) -> None:
        self.console.print(line, markup=False)

    def fail(self, line: str) -> None:
        Console(stderr=True, highlight=False, soft_wrap=True).print(line, style="bold red", markup=False)


def main(arguments: list[str] | None = None) -> int:
    """Run until a signal comes or something cannot go on; returns the exit status."""
    parser = argparse.ArgumentParser(prog="manage.py up", description=__doc__)
    parser.add_argument("--with-make", action="store_true", help="stop when the process that started this one dies")
    options = parser.parse_args(sys.argv[2:] if arguments is None else arguments)
    progress = Progress()
    listen_for_signals(progress)
    if options.with_make and sys.platform == "linux":
        parent = os.getppid()
        ctypes.CDLL(None).prctl(1, int(signal.SIGTERM), 0, 0, 0)
        if os.getppid() != parent:
            return 1
    try:
        run(progress)
    except Trouble as trouble:
        progress.fail(str(trouble))
        return 1
    except PermissionError as error:
        progress.fail(f"{error.filename}: {error.strerror}: another user started the site here; give the file back")
        return 1
    except Stopped:
        progress.say("Stopped")
        return 0
    return 0


def run(progress: Progress) -> None:
    """Start everything, keep it running, and stop it in order whatever happens."""
    from tracker.config import env  # reads nothing yet, but imports psycopg2

    var = Path(env.text("VAR_DIR", str(BASE_DIR / "var"))).absolute()
    port = env.number("PORT", 8000, low=1, high=65535)
    workers = env.number("WEB_WORKERS", 2, low=1, high=64)
    check_operator()
    descriptor = wait_for_lock(var, progress.say)
    current = state.State(supervisor=os.getpid(), token=secrets.token_hex(16))
    state.write(var, current)
    servers = Servers(var, postgres=not env.text("DATABASE_URL"), valkey=not env.text("REDIS_URL"))
    site = None
    try:
        with progress.console.status("Starting the servers"):
            servers.start(progress.say)
            listener = claim(port, progress)
            current.database_url = servers.postgres.url if servers.postgres else ""
            current.redis_url = servers.valkey.url if servers.valkey else ""
            current.site_url = f"http://127.0.0.1:{listener.getsockname()[1]}"
            site = Site(
                var, servers=servers, listener=listener, current=current, workers=workers, progress=progress.say
            )
            site.start()
        site.greet()
        site.keep_running()
    finally:
        ignore_signals()
        current.phase = "stopping"
        state.write(var, current)
        with progress.console.status("Stopping"):
            if site:
                site.stop()
            servers.stop()
        (var / "servers.json").unlink(missing_ok=True)
        os.close(descriptor)


def check_operator() -> None:
    """On the operator's own database nothing is left to chance: mail into files must be asked for."""
    from tracker.config import env

    if env.text("DATABASE_URL") and not env.text("EMAIL_URL"):
        raise env.Refused(
            "EMAIL_URL",
            "missing: DATABASE_URL is set, so say where mail goes: smtp://…, smtps://… or file: for var/mail",
        )


def claim(port: int, progress: Progress) -> socket.socket:
    try:
        listener = ports.claim(port)
    except OSError as error:
        raise Trouble(f"PORT: {port} and the {ports.TRIES} after it cannot be used ({error.strerror})") from None
    taken = listener.getsockname()[1]
    if taken != port:
        progress.say(f"Port {port} is taken; using {taken}")
    return listener


def listen_for_signals(progress: Progress) -> None:
    def stop(number: int, frame: FrameType | None) -> None:
        ignore_signals()  # a second Ctrl-C must not leave servers running
        raise Stopped

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)


def ignore_signals() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: None)
