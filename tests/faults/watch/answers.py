"""What a site may do to who asks it."""

import asyncio
import gzip
import socket
import struct
from itertools import count
from threading import Event

from tests.faults.watch.sites import Answer, Asked

OK = b"HTTP/1.1 200 OK\r\n"
HTML = "text/html; charset=utf-8"
_PAUSE = 0.2  # between two bytes of a trickle
_BOMB = 400_000_000


def says(
    body: str | bytes, *, kind: str = HTML, status: str = "200 OK", etag: str = "", encoding: str = "", more: str = ""
) -> Answer:
    """The usual answer of a server; 304 to whoever has it already, if it has an ETag. `more`: headers as they are."""
    content = body.encode() if isinstance(body, str) else body
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n{more}"
    head += f"ETag: {etag}\r\n" if etag else ""
    head += f"Content-Encoding: {encoding}\r\n" if encoding else ""

    async def answer(asked: Asked) -> bool:
        if etag and asked.headers.get("if-none-match") == etag:
            await asked.say(f"HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\n\r\n".encode())
        else:
            await asked.say(head.encode() + b"\r\n" + content)
        return True

    return answer


async def hangs(asked: Asked) -> bool:
    """Accept, read the request, and say nothing until the other side hangs up."""
    await asked.reader.read()
    return False


async def trickles_body(asked: Asked) -> bool:
    """A body of a million bytes, one byte at a time."""
    await asked.say(OK + b"Content-Type: text/html\r\nContent-Length: 1000000\r\n\r\n")
    return await _trickle(asked, b"a")


async def trickles_headers(asked: Asked) -> bool:
    """Headers without end, one byte at a time."""
    await asked.say(OK)
    return await _trickle(asked, b"X")


async def trickles_chunks(asked: Asked) -> bool:
    """Chunks without end, each of one byte."""
    await asked.say(OK + b"Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
    return await _trickle(asked, b"1\r\na\r\n")


async def _trickle(asked: Asked, piece: bytes) -> bool:
    while True:
        await asked.say(piece)
        await asyncio.sleep(_PAUSE)


async def goes_on(asked: Asked) -> bool:
    """“100 Continue” for ever, as fast as it is read."""
    while True:
        await asked.say(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)
        await asyncio.sleep(0)


async def resets(asked: Asked) -> bool:
    """Reset the connection instead of an answer."""
    return _reset(asked)


async def resets_within(asked: Asked) -> bool:
    """Reset the connection in the middle of the body."""
    await asked.say(OK + b"Content-Type: text/html\r\nContent-Length: 1000000\r\n\r\n" + b"<p>We " * 1000)
    return _reset(asked)


def _reset(asked: Asked) -> bool:
    taken: socket.socket = asked.writer.get_extra_info("socket")
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    asked.writer.transport.abort()
    return False


async def breaks_off(asked: Asked) -> bool:
    """End in good order before the promised length."""
    await asked.say(OK + b"Content-Type: text/html\r\nContent-Length: 1000000\r\n\r\n<p>We announce")
    return False


async def turns_in_a_circle(asked: Asked) -> bool:
    """Redirect to itself."""
    await asked.say(b"HTTP/1.1 302 Found\r\nLocation: /news\r\nContent-Length: 0\r\n\r\n")
    return True


def leads_on() -> Answer:
    """Redirect to an address that has not been there before, each time."""
    numbers = count()

    async def answer(asked: Asked) -> bool:
        place = f"/news/{next(numbers)}".encode()
        await asked.say(b"HTTP/1.1 301 Moved\r\nLocation: " + place + b"\r\nContent-Length: 0\r\n\r\n")
        return True

    return answer


def bomb() -> Answer:
    """A small body that unpacks to 400 MB."""
    return says(gzip.compress(bytes(_BOMB), compresslevel=1), encoding="gzip")


def bomb_twice() -> Answer:
    """A bomb in a bomb: what unpacks to a small body that would unpack to 400 MB."""
    inner = gzip.compress(bytes(_BOMB), compresslevel=1)
    return says(gzip.compress(inner), encoding="gzip, gzip")


class Held:
    """An answer that is held back until it is let go."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.let_go = Event()

    async def __call__(self, asked: Asked) -> bool:
        await asyncio.to_thread(self.let_go.wait)
        return await self.answer(asked)
