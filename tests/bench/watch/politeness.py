# ruff: noqa: E501 - headings and pages on one line
"""Very many watches on hosts that are asked once a second: whether two workers keep the pause, and how long it takes."""

import asyncio
import itertools
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from tests.bench.watch import ours
from tracker.watch.models import Check

WATCHES, HOSTS, WORKERS, PAUSE = 20_000, 400, 2, 1.0
COLUMNS = (
    "watches checked",
    "hosts",
    "workers",
    "s",
    "checks/s",
    "least gap s",
    "median gap s",
    "at once, most",
    "gaps under 1 s",
)
_PAGE = b"<html><body><main><h1>A policy</h1><p>We say here what we do with cameras and with what they see.</p></main></body></html>"
_HEAD = b'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: "1"\r\nContent-Length: %d\r\n\r\n' % len(_PAGE)
_MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


class _Log:
    """When each host was asked for a page, and when it had answered."""

    def __init__(self) -> None:
        self.spans: dict[str, list[tuple[float, float]]] = defaultdict(list)

    def gaps(self) -> list[float]:
        """From the end of one answer to the beginning of the next question, at every host."""
        found = []
        for spans in self.spans.values():
            ordered = sorted(spans)
            found += [later[0] - sooner[1] for sooner, later in itertools.pairwise(ordered)]
        return sorted(found)

    def most_at_once(self) -> int:
        """How many questions a host had to answer at the same moment, at most."""
        most = 0
        for spans in self.spans.values():
            steps = sorted([(begin, 1) for begin, _ in spans] + [(end, -1) for _, end in spans])
            most = max(most, *itertools.accumulate(step for _, step in steps))
        return most


def rows() -> list[list[str]]:
    """One row: the simulation on 400 ports of this machine."""
    ours.begin()
    log = _Log()
    with _hosts(log) as ports:
        places = [f"127.0.0.1:{port}" for port in ports]
        ours.watch(f"http://{place}/page-{number}" for number in range(WATCHES // HOSTS) for place in places)
        took = ours.look(places, workers=WORKERS, pause=PAUSE)
    gaps = log.gaps()
    short = sum(gap < PAUSE for gap in gaps)
    checked = Check.objects.values("watch").distinct().count()
    return [
        [
            f"{checked:,} of {WATCHES:,}", f"{HOSTS}", f"{WORKERS}", f"{took.seconds:.1f}", f"{checked / took.seconds:,.0f}",
            f"{gaps[0]:.3f}", f"{gaps[len(gaps) // 2]:.3f}", str(log.most_at_once()), f"{short} of {len(gaps):,}",
        ]
    ]  # fmt: skip


@contextmanager
def _hosts(log: _Log) -> Iterator[list[int]]:
    """So many servers, each on a port of its own, in one thread; yields the ports."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    ports = asyncio.run_coroutine_threadsafe(_serve(log), loop).result(60)
    try:
        yield ports
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)


async def _serve(log: _Log) -> list[int]:
    ports = []
    for _ in range(HOSTS):
        server = await asyncio.start_server(lambda reader, writer: _answer(reader, writer, log), "127.0.0.1", 0)
        ports.append(server.sockets[0].getsockname()[1])
        _KEPT.append(server)
    return ports


_KEPT: list[asyncio.Server] = []


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, log: _Log) -> None:
    host = str(writer.get_extra_info("sockname")[1])
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            began = time.monotonic()
            is_page = b"/page-" in head.partition(b"\r\n")[0]
            await asyncio.sleep(0.02 if is_page else 0)  # as a site in the same country answers
            writer.write(_HEAD + _PAGE if is_page else _MISSING)
            await writer.drain()
            if is_page:
                log.spans[host].append((began, time.monotonic()))
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()
