"""What holds for every test: no way out of this machine, and shared files that must be there in CI."""

import ipaddress
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent


def shared(path: str) -> Path:
    """A file or folder beside the project, `../shared/<path>`: skips the test without it, fails it where CI is set."""
    found = ROOT.parent / "shared" / path
    if not found.exists():
        message = f"../shared/{path} is not beside this checkout"
        if os.environ.get("CI", "").lower() in ("1", "true"):
            pytest.fail(message)
        pytest.skip(message)
    return found


def leaves_this_machine(address: object) -> bool:
    """Whether a socket address is neither a path nor on the loopback."""
    if not isinstance(address, tuple):
        return False
    host = str(address[0]).split("%")[0]
    if host in ("localhost", ""):
        return False
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return True


@pytest.fixture(autouse=True)
def _no_way_out(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail the test that tries to reach another machine, even when its code swallows the error."""
    attempts: list[object] = []
    connect, connect_ex, sendto = socket.socket.connect, socket.socket.connect_ex, socket.socket.sendto

    def guard(address: object) -> None:
        if leaves_this_machine(address):
            attempts.append(address)
            raise ConnectionRefusedError(f"a test may not reach {address!r}")

    def guarded_connect(self: socket.socket, address: Any) -> None:
        guard(address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        guard(address)
        return connect_ex(self, address)

    def guarded_sendto(self: socket.socket, *arguments: Any) -> int:
        guard(arguments[-1])
        return sendto(self, *arguments)

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    monkeypatch.setattr(socket.socket, "sendto", guarded_sendto)
    yield
    if attempts:
        pytest.fail(f"the test tried to leave this machine: {attempts}")
