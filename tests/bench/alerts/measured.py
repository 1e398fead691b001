"""What is measured, in the order in which it is shown. Django is set up before this is imported."""

import json
import logging
import os
import subprocess
import sys
import time
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import time as clock

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from tests.bench.alerts import filling, sinks
from tests.bench.alerts.filling import DAY
from tests.bench.tables import right, seconds
from tracker.alerts import actions, links
from tracker.alerts.audit import differences
from tracker.alerts.channels import Item
from tracker.alerts.channels.email.letter import Gaps, of_event
from tracker.alerts.channels.email.mime import Envelope
from tracker.alerts.models import Delivery, Event
from tracker.alerts.telling import notice
from tracker.local.site import BASE_DIR

BARE = 10_000
MOST = 100_000
SIDE = 20_000  # mails to the slower sink
NOON = datetime.combine(DAY, clock(9), tzinfo=UTC)


@dataclass(frozen=True)
class Sending:
    """What sending took. Memory is the worker's, in MB, at a tenth, at half and at the end."""

    sink: str
    size: int
    mails: int
    seconds: float
    cpu: float
    bare: float
    memory: tuple[float, float, float]
    peak: float


def everything(sizes: tuple[int, ...], console: Console) -> None:
    """Fill, plan and send at each size, and show it side by side."""
    logging.disable(logging.INFO)
    planned: list[list[str]] = []
    sent: list[Sending] = []
    with Progress(console=console, transient=True) as progress:
        filling.prepare(progress)
        last = 0
        for size in sizes:
            filling.subscribe(last + 1, size, progress)
            last = size
            filling.forget_what_was_due()
            planned.append(_planning(size))
            sent += _sending(size, progress)
            planned[-1].append(f"{seconds(lambda: actions.plan(on=DAY + timedelta(days=1), now=NOON)):.2f}")
            planned[-1].append(_audited())
    console.print(_planning_table(planned))
    console.print(_sending_table(sent))


def _planning(size: int) -> list[str]:
    none = seconds(lambda: actions.plan(on=DAY - timedelta(days=1)))
    due = seconds(lambda: actions.plan(on=DAY))
    again = seconds(lambda: actions.plan(on=DAY))
    waiting = Delivery.objects.filter(state="pending").count()
    return [f"{size:,}", f"{waiting:,}", f"{none:.2f}", f"{due:.2f}", f"{due / waiting * 1e6:.1f}", f"{again:.2f}"]


def _audited() -> str:
    """Seconds and differences of an audit, where all was sent."""
    if Delivery.objects.filter(state="pending").exists():
        return "–"
    found: list[str] = []
    took = seconds(lambda: found.extend(differences(DAY + timedelta(days=1))))
    return f"{took:.1f} ({len(found)})"


def _sending(size: int, progress: Progress) -> list[Sending]:
    names = sinks.available()
    amounts = [min(size, MOST), SIDE]  # the second sink gets what the first one leaves
    return [
        _to(name, command, size, amount, progress)
        for (name, command), amount in zip(names.items(), amounts, strict=False)
        if Delivery.objects.filter(state="pending").exists()
    ]


def _to(name: str, command: list[str], size: int, mails: int, progress: Progress) -> Sending:
    with sinks.running(command) as port:
        body = _body()
        bare = sinks.bare_loop(port, body, BARE) / BARE
        worker = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.alerts.worker", str(mails)],
            cwd=BASE_DIR,
            stdout=subprocess.PIPE,
            env={**os.environ, "EMAIL_URL": f"smtp://127.0.0.1:{port}"},
        )
        memory = _watch(worker, mails, progress)
        assert worker.returncode == 0, f"the worker ended with {worker.returncode}"
        assert worker.stdout
        took = json.loads(worker.stdout.read())
        again = sinks.bare_loop(port, body, BARE) / BARE
    assert took["sent"] == mails, took
    tenth, half, end = (memory[int(len(memory) * share)] for share in (0.1, 0.5, 0.95))
    return Sending(
        name, size, mails, took["seconds"], took["cpu"], (bare + again) / 2, (tenth, half, end), took["peak_mb"]
    )


def _watch(worker: "subprocess.Popen[bytes]", mails: int, progress: Progress) -> list[float]:
    """Its memory in MB from time to time, until it ends."""
    task = progress.add_task(f"{mails:,} mails", total=None)
    seen: list[float] = []
    while worker.poll() is None:
        with open(f"/proc/{worker.pid}/statm") as statm:
            fields = statm.read().split()
        if len(fields) > 1 and int(fields[1]):
            seen.append(int(fields[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6)
        time.sleep(0.1)
    progress.remove_task(task)
    return seen


def _body() -> bytes:
    """One of the messages that are due, rendered once."""
    event = Event.objects.with_facts().get(deliveries=Delivery.objects.filter(state="pending")[:1])
    letter = of_event(Item(event.key, event.kind, event.due_on, notice(event, DAY)))
    end = links.end_url(uuid.uuid4(), 1_000_000, on=DAY)
    fill = Gaps(topic="Promise 1", unsubscribe=end, manage=links.manage_url(uuid.uuid4(), on=DAY))
    return Envelope(letter, NOON.timestamp()).copy("reader1000000@example.org", "<one@example.org>", fill)


def _planning_table(rows: list[list[str]]) -> Table:
    table = Table(
        "subscriptions",
        "due that day",
        "a day with none, s",
        "the day, s",
        "µs a delivery",
        "the day again, s",
        "the day after, all sent, s",
        "audit, s (differences)",
        title="Planning: actions.plan()",
    )
    for row in rows:
        table.add_row(*row)
    return right(table)


def _sending_table(rows: list[Sending]) -> Table:
    table = Table(
        "sink", "subscriptions", "mails", "seconds", "mails/s", "ms a mail", "bare loop, ms", "ratio", "CPU ms",
        "memory at 10, 50, 95 %, MB", "peak",
        title="Sending: actions.send() in one process, beside a bare smtplib loop over one connection",
    )  # fmt: skip
    for row in rows:
        each = row.seconds / row.mails
        table.add_row(
            row.sink,
            f"{row.size:,}",
            f"{row.mails:,}",
            f"{row.seconds:.1f}",
            f"{1 / each:,.0f}",
            f"{each * 1e3:.3f}",
            f"{row.bare * 1e3:.3f}",
            f"{each / row.bare:.2f}",
            f"{row.cpu / row.mails * 1e3:.3f}",
            ", ".join(f"{one:.0f}" for one in row.memory),
            f"{row.peak:.0f}",
        )
    return right(table)
