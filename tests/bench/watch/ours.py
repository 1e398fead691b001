"""Watchback's own watch, measured: its worker in a process of its own, on the real database."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

import psutil
from django.core.management import call_command
from django.db import connection

from tracker.evidence.models import Source
from tracker.evidence.urls import normalise
from tracker.local.site import BASE_DIR
from tracker.watch.models import Check, Outcome, Watch


@dataclass(frozen=True)
class Took:
    """What one pass over all pages took: seconds, CPU seconds of the worker and of the database, peak memory in MB."""

    looked: int
    seconds: float
    cpu: float
    database: float
    peak_mb: float


def begin() -> None:
    """An empty database of its own making."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    call_command("migrate", verbosity=0)


def watch(addresses: Iterable[str]) -> None:
    """Watch these addresses, due at once."""
    sources = Source.objects.bulk_create(
        [
            Source(slug=f"page-{number}", url=url, normalised_url=normalise(url), title=url, kind=Source.Kind.OFFICIAL)
            for number, url in enumerate(addresses, Source.objects.count())
        ],
        batch_size=1_000,
    )
    Watch.objects.bulk_create([Watch(source=source) for source in sources], batch_size=1_000)


def all_due() -> None:
    """Let every watch be due now."""
    Watch.objects.update(next_check_at=None)


def look(allowed: Iterable[str], *, workers: int = 1, pause: float = 0.0, most: float = 600.0) -> Took:
    """Run workers until nothing is due. The places are host:port."""
    before = _database_cpu()
    places = ",".join(allowed)
    command = [sys.executable, "-m", "tests.bench.watch.worker", places, str(pause), str(most)]
    running = [
        subprocess.Popen(command, cwd=BASE_DIR, env=dict(os.environ), stdout=subprocess.PIPE) for _ in range(workers)
    ]
    said = [json.loads(worker.communicate()[0]) for worker in running]
    return Took(
        looked=sum(one["looked"] for one in said),
        seconds=max(one["seconds"] for one in said),
        cpu=sum(one["cpu"] for one in said),
        database=_database_cpu() - before,
        peak_mb=max(one["peak_mb"] for one in said),
    )


def outcomes() -> dict[str, int]:
    """How many checks came to what, and which changes were told."""
    return {str(outcome): Check.objects.filter(outcome=outcome).count() for outcome in Outcome}


def place(address: str) -> str:
    """The host and port of an address."""
    return urlsplit(address).netloc


def _database_cpu() -> float:
    """CPU seconds of every process of the database server so far."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        server = psutil.Process(cursor.fetchone()[0]).parent()
    assert server is not None
    total = 0.0
    for process in [server, *server.children()]:
        times = process.cpu_times()
        total += times.user + times.system + times.children_user + times.children_system
    return total
