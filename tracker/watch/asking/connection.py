"""Connections that judge whom they reached.

A host name is resolved once, every address it gives is judged, and the address of the socket that was
really opened is judged again before a byte is sent; a name that resolves differently a moment later
(DNS rebinding) therefore gains nothing. requests-hardened's own filter takes only the first address a name
gives and knows no deadline, so the adapter here takes its place under that library's session.
"""

import http.client
import io
import socket
from collections.abc import Sequence
from time import monotonic
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.poolmanager import PoolManager

from tracker.watch.asking.addresses import is_loopback, why_forbidden

CONNECT_SECONDS = 10.0


class ForbiddenAddress(Exception):
    """A host resolved to, or a socket reached, an address that is not public."""


class DeadlinePassed(Exception):
    """The whole time allowed for one fetch is used up."""


class Visit:
    """What connections may do: until when, and which host and port may be loopback. `connections` counts them."""

    def __init__(self, *, deadline: float, allowed_loopback: Sequence[str] = ()) -> None:
        self.deadline = deadline
        self.connections = 0
        self.allowed_loopback = frozenset(allowed_loopback)

    def seconds_left(self) -> float:
        """Seconds until the deadline. Raises DeadlinePassed when there are none."""
        left = self.deadline - monotonic()
        if left <= 0:
            raise DeadlinePassed
        return left

    def judge(self, address: str, *, host: str, port: int) -> None:
        """Raises ForbiddenAddress unless `address` is public or loopback allowed for exactly this host and
        port.
        """
        if is_loopback(address) and f"{host}:{port}" in self.allowed_loopback:
            return
        reason = why_forbidden(address)
        if reason is not None:
            raise ForbiddenAddress(f"{host} leads to {address} ({reason})")


class _DeadlineReader(io.RawIOBase):
    """Reads from a socket, each time no longer than the time left: a trickle cannot outlast the deadline."""

    def __init__(self, sock: socket.socket, visit: Visit) -> None:
        self._sock = sock
        self._visit = visit
        # makefile() keeps the socket open until this reader is closed too, as http.client expects.
        self._raw = sock.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._sock.settimeout(self._visit.seconds_left())
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


def _response_class(visit: Visit) -> type[http.client.HTTPResponse]:
    class Response(http.client.HTTPResponse):
        def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
            super().__init__(sock, *args, **kwargs)
            self.fp.close()
            self.fp = io.BufferedReader(_DeadlineReader(sock, visit))

    return Response


Place = tuple[socket.AddressFamily, socket.SocketKind, int, str, tuple[Any, ...]]


def resolve(visit: Visit, host: str, port: int) -> Sequence[Place]:
    """Every address that `host` gives now. Raises ForbiddenAddress if one of them is, or OSError."""
    found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    for _, _, _, _, place in found:
        visit.judge(str(place[0]), host=host, port=port)
    return found


def _connect(visit: Visit, host: str, port: int, options: Any) -> socket.socket:
    """Open a socket to the first public address of `host` that answers, judged before and after
    connecting.
    """
    found = resolve(visit, host, port)
    failure: OSError | None = None
    for family, kind, protocol, _, place in found:
        sock = socket.socket(family, kind, protocol)
        try:
            for option in options or ():
                sock.setsockopt(*option)
            sock.settimeout(min(CONNECT_SECONDS, visit.seconds_left()))
            sock.connect(place)
            visit.judge(str(sock.getpeername()[0]), host=host, port=port)
            sock.settimeout(visit.seconds_left())
        except OSError as error:
            sock.close()
            failure = error
        except (DeadlinePassed, ForbiddenAddress):
            sock.close()
            raise
        else:
            visit.connections += 1
            return sock
    raise failure or OSError(f"{host} has no address")


class VisitAdapter(HTTPAdapter):
    """A requests adapter whose connections obey one Visit. Certificates are verified as everywhere."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        super().__init__(pool_connections=8, pool_maxsize=1, max_retries=0)

    @property
    def connections_opened(self) -> int:
        """How many connections have been opened so far."""
        return self._visit.connections

    def drop_connections(self) -> None:
        """Close those that are kept."""
        self.poolmanager.clear()

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **pool_kwargs: Any) -> None:
        self.poolmanager = PoolManager(num_pools=connections, maxsize=maxsize, block=block, **pool_kwargs)
        self.poolmanager.pool_classes_by_scheme = _pools(self._visit)


def _pools(visit: Visit) -> dict[str, type[HTTPConnectionPool]]:
    response = _response_class(visit)

    class PlainConnection(HTTPConnection):
        response_class = response

        def _new_conn(self) -> socket.socket:
            return _connect(visit, self._dns_host, self.port, self.socket_options)

    class TLSConnection(HTTPSConnection):
        response_class = response

        def _new_conn(self) -> socket.socket:
            return _connect(visit, self._dns_host, self.port, self.socket_options)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = PlainConnection

    class TLSPool(HTTPSConnectionPool):
        ConnectionCls = TLSConnection

    return {"http": PlainPool, "https": TLSPool}
