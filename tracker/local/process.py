"""Child processes: each with a group of its own, a log, and no life without its parent."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

CHILD = Path(__file__).with_name("child.py")
MARK = "WATCHBACK_CHILD_OF"  # in the environment of every child: how the next run finds what a killed one left
SERVERS = ("postgres", "valkey-server")
LOG_LIMIT = 10_000_000


@dataclass
class Child:
    """A running server: its process and group, the signal that asks it to stop, and where it writes."""

    name: str
    process: subprocess.Popen[bytes]
    stop_signal: signal.Signals
    log: Path

    def last_words(self, lines: int = 5) -> str:
        """The end of its log, for a message about its death."""
        try:
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])
        except OSError:
            return ""

    def ask_to_stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(self.stop_signal)

    def wait(self, seconds: float) -> bool:
        """Whether it has ended within `seconds`."""
        try:
            self.process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def end(self, seconds: float) -> None:
        """Ask it to stop, wait, and after `seconds` make it; whatever it started goes with it."""
        self.ask_to_stop()
        self.wait(seconds)
        self.sweep()

    def sweep(self) -> None:
        """Kill what is left of its group: a killed server may leave workers behind."""
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass
        self.process.wait()


def spawn(
    name: str,
    command: Sequence[str | Path],
    *,
    var: Path,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    identity: str = "same",
    stop_signal: signal.Signals = signal.SIGTERM,
    death_signal: signal.Signals | None = None,
    fds: Sequence[int] = (),
) -> Child:
    """Start `command`, with our environment or with `env` alone; `death_signal` is what it gets should we die.

    Call it from the main thread: the kernel's death signal follows the thread, not the process.
    """
    log = var / "log" / f"{name}.log"
    log.parent.mkdir(mode=0o700, exist_ok=True)
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".log.1"))
    with log.open("ab") as output:
        process = subprocess.Popen(
            wrapped(command, identity, death_signal or stop_signal),
            cwd=cwd,
            env={**(os.environ if env is None else env), MARK: str(var)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            pass_fds=fds,
        )
    return Child(name, process, stop_signal, log)


def wrapped(command: Sequence[str | Path], identity: str, death_signal: signal.Signals) -> list[str]:
    """`command` behind child.py, which ties it to this process."""
    launcher = [
        sys.executable,
        "-I",
        "-S",
        str(CHILD),
        str(os.getpid()),
        str(int(death_signal)),
        identity,
        "--",
    ]
    return launcher + [str(part) for part in command]


def orphans(*, homes: Sequence[Path], var: Path | None = None) -> dict[int, bool]:
    """Processes that a killed run left, by pid: servers at work in one of `homes` (True), marked children of `var`."""
    mark = f"{MARK}={var}".encode()
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        if int(entry.name) == os.getpid():
            continue
        try:
            at_home = Path(os.readlink(entry / "cwd")) in homes and program(entry) in SERVERS
            if at_home or (var and mark in (entry / "environ").read_bytes().split(b"\0")):
                found[int(entry.name)] = at_home
        except OSError:  # ended meanwhile, a zombie, or somebody else's
            continue
    return found


def program(entry: Path) -> str:
    """The name of what runs there; a file that was replaced since reads `name (deleted)`."""
    return Path(os.readlink(entry / "exe")).name.split(" ")[0]


def stop_orphans(*, homes: Sequence[Path], var: Path | None = None, patience: float = 60) -> int:
    """End what a killed run left and return how many there were. Nothing may touch their data before this returns.

    A server has `patience` seconds to put its data in order; the rest keep nothing and are killed.
    """
    first = orphans(homes=homes, var=var)
    for pid, has_data in first.items():
        send(pid, signal.SIGINT if has_data else signal.SIGKILL)  # SIGINT: a fast shutdown to PostgreSQL
    deadline = time.monotonic() + patience
    while left := orphans(homes=homes, var=var):
        if time.monotonic() > deadline:
            for pid in left:
                send(pid, signal.SIGKILL)
        time.sleep(0.05)
    return len(first)


def send(pid: int, number: signal.Signals) -> None:
    """Signal a process that may have ended."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass
