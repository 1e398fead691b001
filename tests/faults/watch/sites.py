"""Web sites on the loopback, each a host of its own by its port, that answer as they are told to.

They run in a thread of whoever tells them; what asks them is another process, or another thread.
"""

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from threading import Condition, Thread
from time import monotonic
from types import TracebackType
from typing import Any, Self, TypeVar

LOOPBACK = "127.0.0.1"
NO_ROBOTS = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"

T = TypeVar("T")


@dataclass(frozen=True)
class Asked:
    """One request, and the connection on which it is answered."""

    path: str
    headers: dict[str, str]
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def say(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()


# Whether the connection is kept for another request.
Answer = Callable[[Asked], Awaitable[bool]]


async def no_robots(asked: Asked) -> bool:
    """There is no robots.txt: everything may be read."""
    await asked.say(NO_ROBOTS)
    return True


@dataclass
class Site:
    """One host: what its page and its robots.txt answer, and how often the page was asked for."""

    page: Answer
    robots: Answer = no_robots
    tls: ssl.SSLContext | None = None
    port: int = 0
    asked: int = 0
    changed: Condition = field(default_factory=Condition)

    @property
    def host(self) -> str:
        return f"{LOOPBACK}:{self.port}"

    @property
    def url(self) -> str:
        return f"{'https' if self.tls else 'http'}://{self.host}/news"

    def wait_until_asked(self, times: int, *, patience: float = 60) -> None:
        """Return as soon as its page was asked for so often since it began. Raises TimeoutError."""
        deadline = monotonic() + patience
        with self.changed:
            if not self.changed.wait_for(lambda: self.asked >= times, deadline - monotonic()):
                raise TimeoutError(f"asked {self.asked} times, not {times}, in {patience:.0f} s")

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request after the other until one side has enough."""
        try:
            while await self._answer(reader, writer):
                pass
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError):
            pass  # the other side hung up, which is its right; or the case is over
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        named = (line.partition(": ") for line in lines if line)
        asked = Asked(first.split(" ")[1], {name.lower(): value for name, _, value in named}, reader, writer)
        if asked.path == "/robots.txt":
            return await self.robots(asked)
        with self.changed:
            self.asked += 1
            self.changed.notify_all()
        return await self.page(asked)


class Sites:
    """All sites of one case, open inside `with`."""

    def __init__(self, *sites: Site) -> None:
        self.sites = sites
        self.loop = asyncio.new_event_loop()
        self.thread = Thread(target=self.loop.run_forever, name="sites", daemon=True)
        self.servers: list[asyncio.Server] = []

    def __enter__(self) -> Self:
        self.thread.start()
        self._do(self._open())
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._do(self._close())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result()

    async def _open(self) -> None:
        for site in self.sites:
            server = await asyncio.start_server(site.talk, LOOPBACK, 0, ssl=site.tls)
            site.port = server.sockets[0].getsockname()[1]
            self.servers.append(server)

    async def _close(self) -> None:
        for server in self.servers:
            server.close()
        talks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for talk in talks:
            talk.cancel()
        await asyncio.gather(*talks, return_exceptions=True)
