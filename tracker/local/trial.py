"""`make test`: the tests on servers of their own, under var/test, which are stopped afterwards."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType

from tracker.local.servers import Servers, wait_for_lock
from tracker.local.trouble import Trouble

BASE_DIR = Path(__file__).resolve().parent.parent.parent
# All tests: in two processes, a file in one of them, so that what a file sets up is set up once.
WHOLE = ("-n", "2", "--dist", "loadfile")
OPERATORS_OWN = ("SITE_URL", "EMAIL_URL", "PORT", "DEBUG", "OPERATOR_EMAIL", "DEFAULT_FROM_EMAIL")


def main(arguments: list[str]) -> int:
    """Run pytest with `arguments`, or all tests if there are none, and return its exit status."""
    var = BASE_DIR / "var" / "test"
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    try:
        descriptor = wait_for_lock(var, say)
        servers = Servers(var, lasting=False)
        try:
            servers.start(say)
            servers.wait(say)
            assert servers.postgres
            assert servers.valkey
            env = {name: value for name, value in os.environ.items() if name not in OPERATORS_OWN}
            env |= {
                "DATABASE_URL": servers.postgres.url,
                "REDIS_URL": servers.valkey.url,
                "SECRET_KEY": "for the tests alone",
                "VAR_DIR": str(var),
            }
            return subprocess.run(
                [sys.executable, "-m", "pytest", *(arguments or WHOLE)], cwd=BASE_DIR, env=env
            ).returncode
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            servers.stop()
            os.close(descriptor)
    except Trouble as trouble:
        sys.stderr.write(f"{trouble}\n")
        return 1
    except KeyboardInterrupt:
        return 130


def interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
