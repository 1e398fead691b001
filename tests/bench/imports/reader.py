"""A reader who asks the site for one page again and again, one request after the other."""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from threading import Event, Thread
from urllib.parse import urlsplit


@dataclass
class Answers:
    """Milliseconds of each answer, read to its end, and how many were not what was asked for."""

    times: list[float] = field(default_factory=list)
    failed: int = 0

    @property
    def p99(self) -> float:
        """What 99 of 100 answers took at most."""
        return statistics.quantiles(self.times, n=100, method="inclusive")[-1] if len(self.times) > 1 else 0.0


@contextmanager
def reading(site: str, path: str) -> Iterator[Answers]:
    """Ask until the block ends."""
    answers, over = Answers(), Event()
    thread = Thread(target=_read, args=(urlsplit(site).netloc, path, answers, over))
    thread.start()
    try:
        yield answers
    finally:
        over.set()
        thread.join()


def _read(host: str, path: str, answers: Answers, over: Event) -> None:
    while not over.is_set():
        began = time.perf_counter()
        asking = HTTPConnection(host, timeout=60)
        try:
            asking.request("GET", path, headers={"Accept-Encoding": "gzip"})
            answer = asking.getresponse()
            answer.read()
            answers.failed += answer.status != 200
        except OSError:
            answers.failed += 1
        finally:
            asking.close()
        answers.times.append((time.perf_counter() - began) * 1000)
