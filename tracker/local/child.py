"""Turn this process into a server that cannot outlive the one that started it.

Run as `python -I -S child.py PARENT SIGNAL IDENTITY -- COMMAND…`. It makes a process group of its own, takes on
IDENTITY, asks the kernel for SIGNAL when PARENT dies, and becomes COMMAND. IDENTITY is one of
  same               as we are
  userns:U:G         ourselves, seen as U in a user namespace: our own files stay ours, behind our own closed folders
  uid:U:G            another user
  uid+search:U:G     another user who may still read through closed folders (CAP_DAC_READ_SEARCH)
  uid+override:U:G   the same where only CAP_DAC_OVERRIDE is to be had, as in a container
"""

import ctypes
import os
import sys

NEWUSER, PDEATHSIG, KEEPCAPS, CAP_AMBIENT, AMBIENT_RAISE = 0x10000000, 1, 8, 47, 2
CAPABILITIES = {"uid": None, "uid+search": 2, "uid+override": 1}


def main(arguments: list[str]) -> None:
    parent, signal, identity, _, *command = arguments
    os.setpgid(0, 0)
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        take_on(libc, identity)
        call(libc.prctl(PDEATHSIG, int(signal), 0, 0, 0))
        if os.getppid() != int(parent):  # it died before we asked
            sys.exit(1)
    os.execv(command[0], command)


def take_on(libc: ctypes.CDLL, identity: str) -> None:
    kind, *ids = identity.split(":")
    if kind == "userns":
        user, group = map(int, ids)
        maps = {"uid_map": f"{user} {os.geteuid()} 1", "gid_map": f"{group} {os.getegid()} 1"}
        call(libc.unshare(NEWUSER))
        for name, text in {"setgroups": "deny", **maps}.items():
            with open(f"/proc/self/{name}", "w") as file:
                file.write(text)
    elif kind in CAPABILITIES:
        user, group = map(int, ids)
        capability = CAPABILITIES[kind]
        call(libc.prctl(KEEPCAPS, int(capability is not None), 0, 0, 0))
        os.setgroups([])
        os.setgid(group)
        os.setuid(user)
        if capability is not None:
            keep(libc, capability)


def keep(libc: ctypes.CDLL, capability: int) -> None:
    """Hold on to one capability across exec and give up every other."""
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    bits = 1 << capability
    call(libc.capset(header, (ctypes.c_uint32 * 6)(bits, bits, bits, 0, 0, 0)))
    call(libc.prctl(CAP_AMBIENT, AMBIENT_RAISE, capability, 0, 0))


def call(result: int) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except OSError as error:
        sys.exit(f"child: {error}")
