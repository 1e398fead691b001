"""As whom PostgreSQL runs when we are root, which it refuses to be.

No permission outside the checkout is changed and no user is added: the first way that works is taken.
"""

import os
import pwd
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tracker.local.process import wrapped
from tracker.local.trouble import Trouble


def choose(binary: Path, data: Path, parent: Path) -> str:
    """The identity (see child.py) under which `binary` can run on `data`, which lies in `parent` or will.

    Raises Trouble when root has no way here.
    """
    if os.geteuid() != 0:
        owner = data.stat().st_uid if data.exists() else os.geteuid()
        if owner != os.geteuid():
            raise Trouble(f"{data} belongs to {name_of(owner)}: run as that user, or as root")
        return "same"
    tried = []
    for identity in candidates(data, parent):
        error = try_out(identity, binary, parent)
        if not error:
            return identity
        tried.append(f"{identity}: {error}")
    raise Trouble(
        f"PostgreSQL does not run as root and found no other way here ({'; '.join(tried)}): "
        "run as an ordinary user, or set DATABASE_URL"
    )


def candidates(data: Path, parent: Path) -> Iterator[str]:
    """Ways to run for root, the least intrusive first. Data that exists keeps its owner."""
    owner = data.stat().st_uid if data.exists() else 0
    if owner == 0:
        yield "userns"
    account = pwd.getpwuid(owner) if owner else servant(parent)
    for kind in ("uid", "uid+search", "uid+override"):
        yield f"{kind}:{account.pw_uid}:{account.pw_gid}"


def servant(parent: Path) -> pwd.struct_passwd:
    """An ordinary user to run as: who owns the checkout, or nobody."""
    owner = parent.parent.stat().st_uid
    return pwd.getpwuid(owner) if owner else pwd.getpwnam("nobody")


def try_out(identity: str, binary: Path, parent: Path) -> str:
    """Why `binary` cannot run and look into `parent` as `identity`, or an empty string."""
    commands: list[list[str | Path]] = [[binary, "--version"], ["/bin/ls", parent]]
    for command in commands:
        run = subprocess.run(
            wrapped(command, identity, signal.SIGTERM), capture_output=True, text=True, check=False
        )
        if run.returncode != 0:
            return (run.stderr.strip().splitlines() or ["no reason given"])[-1]
    return ""


def hand_over(identity: str, folder: Path) -> None:
    """Give `folder` to the user of `identity`, where that is another user."""
    _, *ids = identity.split(":")
    if ids:
        os.chown(folder, int(ids[0]), int(ids[1]))


def name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"
