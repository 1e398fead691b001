"""As whom PostgreSQL runs when it cannot run as we are: it refuses root, and initdb refuses a user without a name.

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

    Raises Trouble when there is none.
    """
    us = os.geteuid()
    owner = data.stat().st_uid if data.exists() else us
    if us not in (0, owner):
        raise Trouble(f"{data} belongs to {name_of(owner)}: run as that user, or as root")
    if us and known(us):
        return "same"
    tried = []
    for identity in candidates(us, data):
        error = try_out(identity, binary, parent)
        if not error:
            return identity
        tried.append(f"{identity}: {error}")
    raise Trouble(
        f"PostgreSQL cannot run as {name_of(us)} and found no other way here ({'; '.join(tried)}): "
        "run as an ordinary user, or set DATABASE_URL"
    )


def candidates(us: int, data: Path) -> Iterator[str]:
    """Ways to run, the least intrusive first. Data that exists keeps its owner."""
    owner = data.stat() if data.exists() else None
    nobody = ordinary()
    if owner is None or owner.st_uid == us:
        yield f"userns:{nobody.pw_uid}:{nobody.pw_gid}"
    if us == 0:
        user, group = (owner.st_uid, owner.st_gid) if owner and owner.st_uid else (nobody.pw_uid, nobody.pw_gid)
        for kind in ("uid", "uid+search", "uid+override"):
            yield f"{kind}:{user}:{group}"


def ordinary() -> pwd.struct_passwd:
    """A user with a name who is not root: nobody, or the first there is."""
    accounts = [account for account in pwd.getpwall() if account.pw_uid]
    if not accounts:
        raise Trouble("This machine knows no user but root: PostgreSQL needs one; set DATABASE_URL instead")
    return min(accounts, key=lambda account: account.pw_name != "nobody")


def try_out(identity: str, binary: Path, parent: Path) -> str:
    """Why `binary` cannot run and look into `parent` as `identity`, or an empty string."""
    commands: list[list[str | Path]] = [[binary, "--version"], ["/bin/ls", parent]]
    for command in commands:
        run = subprocess.run(wrapped(command, identity, signal.SIGTERM), capture_output=True, text=True, check=False)
        if run.returncode != 0:
            return str((run.stderr.strip().splitlines() or ["no reason given"])[-1])
    return ""


def hand_over(identity: str, path: Path) -> None:
    """Give `path` to the user of `identity`, where that is really another user."""
    kind, *ids = identity.split(":")
    if kind.startswith("uid"):
        os.chown(path, int(ids[0]), int(ids[1]))


def known(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


def name_of(uid: int) -> str:
    return pwd.getpwuid(uid).pw_name if known(uid) else f"user {uid}"
