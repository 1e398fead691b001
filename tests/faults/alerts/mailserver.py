"""The test's end of the sink: how it is to behave, what it has taken, and when it has taken so many."""

from multiprocessing.connection import wait
from multiprocessing.context import ForkServerContext
from typing import Any

from tests.faults.alerts import sink
from tests.faults.alerts.sink import Manner, Taken

PATIENCE = 60.0


class MailServer:
    """A sink in a process of its own."""

    def __init__(self, context: ForkServerContext, port: int) -> None:
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=sink.serve, args=(port, theirs), daemon=True)
        self._process.start()
        theirs.close()
        self._number = 0
        self._connection.recv()  # it listens

    def behave(self, *answers: sink.Answer, times: int | None = None) -> None:
        """Answer so, over and over, to the next `times` messages; without `answers`, take everything."""
        self._ask("behave", Manner(answers or (sink.Answer.TAKE,), times))

    def holds(self) -> bool:
        """Whether it holds a message back."""
        return bool(self._ask("holding"))

    def release(self) -> None:
        """Answer what is held."""
        self._ask("release")

    def empty(self) -> None:
        """Forget what was taken, and take everything."""
        self._ask("empty")

    def messages(self) -> list[Taken]:
        """What was taken since it was emptied, in that order."""
        found: list[Taken] = self._ask("messages")
        return found

    def reaches(self, count: int, *, unless: tuple[int, ...] = (), patience: float = PATIENCE) -> bool:
        """Return as soon as so many messages were taken: True; False if a process (its sentinel) ended before.

        Raises TimeoutError when neither comes in time.
        """
        number = self._request("when", count)
        while True:
            ready = wait([self._connection, *unless], timeout=patience)
            if not ready:
                raise TimeoutError(f"{len(self.messages())} of {count} messages came in {patience:.0f} s")
            if self._connection not in ready:
                return False
            if self._connection.recv()[0] == number:
                return True

    def stop(self) -> None:
        self._connection.close()
        self._process.join()

    def _request(self, word: str, *arguments: object) -> int:
        self._number += 1
        self._connection.send((self._number, word, arguments))
        return self._number

    def _ask(self, word: str, *arguments: object) -> Any:
        """The reply to this request; a late one to a request that was given up is passed over."""
        number = self._request(word, *arguments)
        while True:
            if not self._connection.poll(PATIENCE):
                raise TimeoutError(f"the sink does not answer to “{word}”")
            replied, reply = self._connection.recv()
            if replied == number:
                return reply
