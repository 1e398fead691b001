"""A mail server on the loopback, as a process of its own, that can be told to misbehave.

It writes down every message before it answers: what it says of a message may be lost, the message is not.
"""

import asyncio
import re
from dataclasses import dataclass, field
from enum import Enum
from multiprocessing.connection import Connection

from aiosmtpd.smtp import SMTP, Envelope, Session

_MESSAGE_ID = re.compile(rb"^Message-ID:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


class Answer(Enum):
    """What becomes of one message."""

    TAKE = "taken"
    BUSY = "451 busy"
    BUSY_AT_RCPT = "450 come again"
    REFUSE = "554 we do not want it"
    REFUSE_AT_RCPT = "550 no such user"
    DROP = "taken, and the connection dropped before the answer"
    HANG = "taken, and never answered"
    HOLD = "taken, and answered when told to"

    @property
    def takes(self) -> bool:
        return self in (Answer.TAKE, Answer.DROP, Answer.HANG, Answer.HOLD)


@dataclass(frozen=True)
class Manner:
    """How the server behaves: `answers` over and over to the next `times` messages (None: to all), then TAKE."""

    answers: tuple[Answer, ...] = (Answer.TAKE,)
    times: int | None = None


@dataclass(frozen=True)
class Taken:
    """One message that the server has."""

    to: str
    message_id: str


@dataclass
class Sink:
    """The handler behind every connection."""

    manner: Manner = field(default_factory=Manner)
    asked: int = 0  # messages that got an answer of the present manner
    taken: list[Taken] = field(default_factory=list)
    holding: bool = False
    go_on: asyncio.Event = field(default_factory=asyncio.Event)
    more: asyncio.Event = field(default_factory=asyncio.Event)

    def next_answer(self) -> Answer:
        """What the present manner has for one more message."""
        number, self.asked = self.asked, self.asked + 1
        if self.manner.times is not None and number >= self.manner.times:
            return Answer.TAKE
        return self.manner.answers[number % len(self.manner.answers)]

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.next_answer()
        if answer in (Answer.BUSY_AT_RCPT, Answer.REFUSE_AT_RCPT):
            return str(answer.value)
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.append(answer.name)
        return "250 go on"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = Answer[envelope.rcpt_options[0]]
        if not answer.takes:
            return str(answer.value)
        assert isinstance(envelope.content, bytes)
        found = _MESSAGE_ID.search(envelope.content.partition(b"\r\n\r\n")[0])
        self.taken.append(Taken(envelope.rcpt_tos[0], found[1].decode("ascii") if found else ""))
        self.more.set()
        if answer is Answer.DROP:
            assert server.transport is not None
            server.transport.close()
        elif answer is Answer.HANG:
            await asyncio.get_running_loop().create_future()  # ends when the other side hangs up
        elif answer is Answer.HOLD:
            self.holding = True
            await self.go_on.wait()
        return "250 taken"


class Server(SMTP):
    """Reads a message at once, where aiosmtpd does it line by line: a sink must not be what is slow."""

    line_length_limit = 2**20  # of the whole message, then

    async def smtp_DATA(self, arg: str) -> None:
        assert self.envelope is not None
        if not self.envelope.rcpt_tos:
            await self.push("503 who is it for?")
            return
        await self.push("354 go on")
        self.envelope.content = await self._reader.readuntil(b"\r\n.\r\n")
        answer = await self.event_handler.handle_DATA(self, self.session, self.envelope)
        self._set_post_data_state()  # type: ignore[no-untyped-call]
        await self.push(answer)


class Control:
    """Obeys the test: one word and its arguments come in, one reply goes out, with the number of its request."""

    def __init__(self, sink: Sink, connection: Connection) -> None:
        self.sink = sink
        self.connection = connection
        self.waiting: asyncio.Task[None] | None = None

    def obey(self) -> None:
        """Read one request and do it. Raises EOFError when the test has ended."""
        number, word, arguments = self.connection.recv()
        if self.waiting:
            self.waiting.cancel()
        if word == "when":
            self.waiting = asyncio.create_task(self.when(number, *arguments))
        else:
            self.connection.send((number, getattr(self, word)(*arguments)))

    def behave(self, manner: Manner) -> None:
        self.sink.manner, self.sink.asked = manner, 0
        self.sink.go_on.clear()
        self.sink.holding = False

    def release(self) -> None:
        self.sink.go_on.set()

    def empty(self) -> None:
        self.sink.taken.clear()
        self.behave(Manner())

    def messages(self) -> list[Taken]:
        return list(self.sink.taken)

    def holding(self) -> bool:
        return self.sink.holding

    async def when(self, number: int, count: int) -> None:
        """Reply once so many messages were taken."""
        while len(self.sink.taken) < count:
            self.sink.more.clear()
            await self.sink.more.wait()
        self.connection.send((number, None))


def serve(port: int, connection: Connection) -> None:
    """Be the server on `port` until the test ends. Says so over `connection` when it listens."""
    asyncio.run(_serve(port, connection))


async def _serve(port: int, connection: Connection) -> None:
    loop = asyncio.get_running_loop()
    sink, ended = Sink(), loop.create_future()
    control = Control(sink, connection)

    def obey() -> None:
        try:
            control.obey()
        except EOFError:
            loop.remove_reader(connection.fileno())
            ended.set_result(None)

    server = await loop.create_server(lambda: Server(sink, hostname="sink.example", loop=loop), "127.0.0.1", port)
    loop.add_reader(connection.fileno(), obey)
    connection.send(port)
    await ended
    server.close()
