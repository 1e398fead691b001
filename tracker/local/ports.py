"""Ports on the loopback."""

import socket

TRIES = 20


def free() -> int:
    """A port that nobody uses now. Somebody may take it before we do, so a server that cannot bind tries again."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def claim(wanted: int) -> socket.socket:
    """A socket on the first free port from `wanted` on, kept for the web server: it outlives restarts of it.

    Raises OSError when twenty in a row are taken.
    """
    for port in range(wanted, wanted + TRIES):
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
            listener.listen(1024)
            return listener
        except OSError as error:
            listener.close()
            problem = error
    raise problem
