"""What a running copy of the site tells the other commands of its checkout: a lock and a small file under var/.

Nothing but the standard library here: it is read before anything else is loaded.
"""

import fcntl
import json
import os
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

Phase = Literal["starting", "running", "stopping"]


class AlreadyRunning(Exception):
    """Another process holds the lock of this directory."""


@dataclass
class State:
    """Where the servers of one run are; kept in servers.json (0600, it holds their password)."""

    supervisor: int
    phase: Phase = "starting"
    database_url: str = ""
    redis_url: str = ""
    site_url: str = ""
    token: str = field(default_factory=lambda: secrets.token_hex(16))


def make_private(directory: Path) -> Path:
    """`directory`, made if it is missing, closed to everybody but its owner."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    if directory.stat().st_mode & 0o077:
        directory.chmod(0o700)
    return directory


def lock(var: Path) -> int:
    """Take the lock of `var` and return the descriptor that holds it; the kernel frees it when the process dies.

    Raises AlreadyRunning when another process has it.
    """
    make_private(var)
    descriptor = os.open(var / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise AlreadyRunning(str(var)) from None
    return descriptor


def locked(var: Path) -> bool:
    """Whether some process holds the lock of `var`."""
    try:
        descriptor = os.open(var / "lock", os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def write(var: Path, state: State) -> None:
    """Publish `state` in one step, so that a reader sees the old file or the new one."""
    write_private(var / "servers.json", json.dumps(asdict(state), indent=1))


def read(var: Path) -> State | None:
    """What the last run said about itself, or None if there is nothing readable."""
    try:
        return State(**json.loads((var / "servers.json").read_text()))
    except (OSError, ValueError, TypeError):
        return None


def running(var: Path) -> State | None:
    """The state of the run that is alive now, or None."""
    state = read(var)
    return state if state and state.phase != "stopping" and locked(var) else None


def write_private(path: Path, text: str) -> None:
    """Put `text` at `path`, readable by its owner only, complete or not at all."""
    fresh = beside(path)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def beside(path: Path) -> Path:
    """A name next to `path` that nobody else uses."""
    return path.with_name(f"{path.name}.{secrets.token_hex(4)}")


def kept_secret(path: Path) -> str:
    """The random text kept at `path`, made on the first call; two callers at once get the same one."""
    make_private(path.parent)
    try:
        return path.read_text().strip() or _make_secret(path)
    except FileNotFoundError:
        return _make_secret(path)


def _make_secret(path: Path) -> str:
    fresh = beside(path)
    write_private(fresh, secrets.token_urlsafe(48) + "\n")
    if path.exists() and not path.read_text().strip():
        path.unlink()
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return path.read_text().strip()
