"""Whose turn it is: jobs in a line for each host, and the hosts by the time at which they may be asked again. Pure
but for its lock; the time is passed in.
"""

import heapq
from collections import deque
from collections.abc import Callable, Iterable
from threading import Condition
from typing import Generic, TypeVar

J = TypeVar("J")


class Hosts(Generic[J]):
    """Hands out one job of a host at a time, until none is left or the time is up. For any number of threads."""

    def __init__(self, jobs: Iterable[tuple[str, J]], *, clock: Callable[[], float], until: float) -> None:
        self._clock = clock
        self._until = until
        self._changed = Condition()
        self._lines: dict[str, deque[J]] = {}
        for host, job in jobs:
            self._lines.setdefault(host, deque()).append(job)
        self._ready: list[tuple[float, int, str]] = [(0.0, order, host) for order, host in enumerate(self._lines)]
        self._order = len(self._ready)
        self._asked = 0

    def take(self) -> tuple[str, J] | None:
        """The next job whose host may be asked, waiting for it; None when there will be none any more."""
        with self._changed:
            while True:
                now = self._clock()
                if now >= self._until or not (self._ready or self._asked):
                    self._changed.notify_all()
                    return None
                if self._ready and self._ready[0][0] <= now:
                    _, _, host = heapq.heappop(self._ready)
                    self._asked += 1
                    return host, self._lines[host].popleft()
                next_at = min(self._ready[0][0], self._until) if self._ready else self._until
                self._changed.wait(next_at - now)

    def done(self, host: str) -> None:
        """The job of `host` that was handed out has its answer: the next of this host may follow."""
        self._back(host, self._clock())

    def put_back(self, host: str, job: J, *, seconds: float) -> None:
        """The job could not be done yet: it comes first when the host may be asked again, in so many seconds."""
        self._lines[host].appendleft(job)
        self._back(host, self._clock() + seconds)

    def _back(self, host: str, at: float) -> None:
        with self._changed:
            self._asked -= 1
            if self._lines[host]:
                self._order += 1
                heapq.heappush(self._ready, (at, self._order, host))
            self._changed.notify()

    def stop(self) -> None:
        """Hand out nothing more."""
        with self._changed:
            self._until = self._clock()
            self._changed.notify_all()

    def left(self) -> list[J]:
        """The jobs that were never handed out, or were put back."""
        with self._changed:
            return [job for line in self._lines.values() for job in line]
