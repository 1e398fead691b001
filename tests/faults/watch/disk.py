"""A small disk of our own, so that it can be full while the machine's is not: a tmpfs that only we see.

Mounting needs a mount namespace. `entered` says how to get one: as root by itself, otherwise inside a user namespace.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

SIZE = 600_000_000
_INSIDE = "FAULTS_SMALL_DISK"


def entered(command: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """`command` behind what gives it a mount namespace, and its environment; as it is where there is none to be had."""
    for options in (["--mount"], ["--mount", "--user", "--map-root-user"]):
        tried = shutil.which("unshare") and subprocess.run(
            ["unshare", *options, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True
        )
        if tried and tried.returncode == 0:
            return ["unshare", *options, *command], {**os.environ, _INSIDE: "yes"}
    return list(command), dict(os.environ)


def is_small() -> bool:
    """Whether we are inside such a namespace, with a disk that may be filled."""
    return os.environ.get(_INSIDE) == "yes"


@contextmanager
def small(folder: Path) -> Iterator[Path]:
    """`folder` as a disk of 600 MB; a folder like any other where no disk can be mounted."""
    folder.mkdir(parents=True, exist_ok=True)
    if is_small():
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=700", "tmpfs", folder], check=True)
    yield folder


def fill(folder: Path) -> Path:
    """Leave no byte free on the disk of `folder`. Returns what to remove again."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue  # no such piece fits any more
    return ballast
