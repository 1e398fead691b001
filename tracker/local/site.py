"""The site on its servers: database brought up to date, web server, worker and beat started and kept alive."""

import os
import signal
import socket
import sys
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from tracker.local import state
from tracker.local.process import Child, spawn
from tracker.local.servers import Servers
from tracker.local.trouble import Trouble

BASE_DIR = Path(__file__).resolve().parent.parent.parent
RESTARTS, WITHIN = 5, 60.0  # more deaths of one process than this many, in this many seconds, and we give up


class Site:
    """What `manage.py up` keeps running."""

    def __init__(
        self,
        var: Path,
        *,
        servers: Servers,
        listener: socket.socket,
        current: state.State,
        workers: int,
        progress: Callable[[str], None],
    ) -> None:
        self.var = var
        self.servers = servers
        self.listener = listener
        self.current = current
        self.workers = workers
        self.say = progress
        self.children: dict[str, Child] = {}
        self.deaths: dict[str, deque[float]] = {}

    def start(self) -> None:
        """Return when the site answers. The worker and beat follow while people already read."""
        self.current.phase = "running"
        state.write(self.var, self.current)
        os.environ["START_TOKEN"] = self.current.token
        from tracker.local import contents  # loads Django, while the servers start

        self.servers.wait(self.say)
        contents.reach()
        fresh = contents.migrate(self.say)
        contents.collect_static(self.say)
        if not fresh:
            self.spawn("web")
        contents.load_catalogue(self.say)
        if fresh:
            self.spawn("web")
        self.wait_until_ready()
        self.spawn("worker")
        self.spawn("beat")

    def spawn(self, name: str) -> None:
        """Start one of our own processes; it finds the servers through the state file.

        Should we be killed, the web server closes at once; a task that is cut off is taken up again by the next run.
        """
        self.children[name] = spawn(
            name,
            self.command(name),
            var=self.var,
            cwd=BASE_DIR,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            death_signal=signal.SIGQUIT if name == "web" else signal.SIGKILL,
            fds=[self.listener.fileno()] if name == "web" else [],
        )

    def command(self, name: str) -> list[str]:
        # fmt: off
        commands = {
            "web": [
                "gunicorn", "tracker.config.wsgi", "--bind", f"fd://{self.listener.fileno()}",
                "--worker-class", "gthread", "--workers", str(self.workers), "--threads", "4",
                "--limit-request-line", "8190", "--graceful-timeout", "10", "--keep-alive", "5",
                "--no-control-socket", "--log-level", "warning",
            ],
            "worker": [
                "celery", "-A", "tracker.config.celery", "worker", "-P", "threads", "-c", "4", "-l", "warning",
                "-Q", "celery,watch,evidence,alerts", "--without-mingle", "--without-gossip",
            ],
            "beat": ["celery", "-A", "tracker.config.celery", "beat", "-l", "warning", "--pidfile="],
        }
        # fmt: on
        return [sys.executable, "-m", *commands[name]]

    def wait_until_ready(self) -> None:
        """Ask the real port until our own start answers: another copy's server would not know our token."""
        request = Request(f"{self.current.site_url}/healthz")  # noqa: S310 (our own address)
        while True:
            try:
                with urlopen(request, timeout=5) as answer:  # noqa: S310
                    if answer.headers["X-Start"] == self.current.token:
                        return
            except (URLError, OSError):
                pass
            web = self.children["web"]
            if web.process.poll() is not None:
                raise Trouble(f"The web server ended at once; {web.log} says:\n{web.last_words(12)}")
            time.sleep(0.03)

    def greet(self) -> None:
        """Tell the person at the terminal what she can do now."""
        from django.conf import settings

        self.say(f"\nWatchback is at {settings.SITE_URL}" + (f" ({self.current.site_url})" if settings.PUBLIC else ""))
        self.say(
            "  editor  make editor EMAIL=you@example.org   (in another terminal; prints a link to set the password)"
        )
        if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
            self.say(f"  mail    goes into files under {self.var / 'mail'} (set EMAIL_URL to send it)")
        else:
            self.say(f"  mail    goes out through {settings.EMAIL_HOST}:{settings.EMAIL_PORT}")
        self.say(f"  logs    {self.var / 'log'}")
        self.say("  stop    Ctrl-C\n")

    def keep_running(self) -> None:
        """Start again whatever dies, until we are told to stop. Raises Trouble when one dies again and again."""
        while True:
            for server in self.servers.all:
                if server.child and server.child.process.poll() is not None:
                    self.mourn(server.child)
                    self.servers.revive(server, self.say)
                    self.say(f"{server.child.name} is back")
            for name, child in list(self.children.items()):
                if child.process.poll() is not None:
                    self.mourn(child)
                    child.sweep()
                    self.spawn(name)
            time.sleep(0.2)

    def mourn(self, child: Child) -> None:
        """Say that `child` died and count it."""
        status = child.process.returncode
        self.say(f"{child.name} ended ({f'signal {-status}' if status < 0 else f'status {status}'}): starting it again")
        deaths = self.deaths.setdefault(child.name, deque(maxlen=RESTARTS))
        if len(deaths) == RESTARTS and time.monotonic() - deaths[0] < WITHIN:
            raise Trouble(f"{child.name} ends again and again; {child.log} says:\n{child.last_words(12)}")
        deaths.append(time.monotonic())

    def stop(self) -> None:
        """Stop our processes together; the servers they need are stopped after them."""
        for child in self.children.values():
            child.ask_to_stop()
        deadline = time.monotonic() + 12
        for child in self.children.values():
            child.end(max(0.1, deadline - time.monotonic()))
        self.listener.close()
