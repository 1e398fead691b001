"""A round: many addresses asked side by side, every host politely, and what came of them recorded as it comes.

Threads wait for the network; one writes. A host is asked by one thread at a time, and by one worker (see
`asking.pace`). What a round does not get to before its time is up is given back.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from queue import SimpleQueue
from threading import Semaphore, Thread
from time import monotonic

import structlog

from tracker.watch import fetch
from tracker.watch.asking import pace
from tracker.watch.asking.outcomes import Wait
from tracker.watch.rounds.hosts import Hosts
from tracker.watch.rounds.jobs import Answer, Job

THREADS = 16
SECONDS = 45.0
# Answers that wait to be recorded; whoever brings one more waits, so that memory stays flat.
_WAITING = 64

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Answered:
    """A job, and what came of asking at `at`."""

    job: Job
    at: datetime
    answer: Answer


Record = Callable[[list[Answered]], None]


def run(
    jobs: Iterable[Job],
    record: Record,
    *,
    clock: Callable[[], datetime],
    threads: int = THREADS,
    seconds: float = SECONDS,
) -> list[Job]:
    """Ask every job and hand what came of it to `record`, in lists, in this thread. Returns the jobs it did not get to.

    `clock` gives the moment of each check. An error of `record` ends the round and is raised here.
    """
    asked = [(job.host, job.patient(0)) for job in jobs]
    hosts = Hosts(asked, clock=monotonic, until=monotonic() + seconds)
    answers: SimpleQueue[Answered | None] = SimpleQueue()
    room = Semaphore(_WAITING)
    workers = [
        Thread(target=_work, args=(hosts, answers, room, clock), name=f"asking-{number}", daemon=True)
        for number in range(min(threads, len({host for host, _ in asked})))
    ]
    for worker in workers:
        worker.start()
    try:
        _record_all(answers, room, record, working=len(workers))
    finally:
        hosts.stop()
        room.release(len(workers) or 1)  # one that waits to hand in its last answer need not wait any more
        for worker in workers:
            worker.join()
    return hosts.left()


def _record_all(answers: "SimpleQueue[Answered | None]", room: Semaphore, record: Record, *, working: int) -> None:
    while working:
        batch = [answers.get()]
        while not answers.empty() and len(batch) < _WAITING:
            batch.append(answers.get())
        found = [one for one in batch if one is not None]
        working -= len(batch) - len(found)
        if found:
            record(found)
            room.release(len(found))


def _work(
    hosts: Hosts[Job], answers: "SimpleQueue[Answered | None]", room: Semaphore, clock: Callable[[], datetime]
) -> None:
    try:
        with fetch.Door() as door:
            while (turn := hosts.take()) is not None:
                host, job = turn
                at = clock()
                answer = job.ask(door, now=at)
                if isinstance(answer, Wait) and answer.is_of_the_pace:
                    # Of a turn under way the lease is known, which is much longer than most turns last.
                    hosts.put_back(host, job, seconds=min(answer.seconds, pace.DEFAULT_DELAY))
                    continue
                room.acquire()
                answers.put(Answered(job, at, answer))
                hosts.done(host)
    finally:
        answers.put(None)
