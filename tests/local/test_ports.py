"""The port of the site: the one asked for, or the next that is free."""

import socket
from collections.abc import Iterator

import pytest

from tracker.local import ports


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_port_that_is_taken_gives_way_to_the_next(taken: int) -> None:
    with ports.claim(taken) as listener:
        assert taken < listener.getsockname()[1] < taken + ports.TRIES


def test_twenty_taken_ports_are_an_error(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "TRIES", 1)
    with pytest.raises(OSError, match="in use"):
        ports.claim(taken)


def test_a_connection_made_while_the_web_server_restarts_waits_for_it() -> None:
    with ports.claim(ports.free()) as listener, socket.create_connection(listener.getsockname()) as client:
        client.sendall(b"hello")
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.recv(5) == b"hello"
