"""manage.py warc export: what was fetched, as web archive files that other tools replay."""

import os
from argparse import ArgumentParser
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet
from rich.console import Console
from rich.progress import Progress

from tracker.evidence import warc
from tracker.evidence.models import Snapshot, Source
from tracker.evidence.urls import normalise


class Command(BaseCommand):
    help = "Write snapshots to a WARC file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        export = verbs.add_parser("export", help="write a .warc.gz")
        export.add_argument("file", type=Path, help="where to write; must not exist yet")
        export.add_argument("--source", action="append", help="only this source, by slug or address; may be repeated")
        export.add_argument("--since", help="only what was fetched on this day or later, YYYY-MM-DD")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.name.endswith(".warc.gz"):
            raise CommandError(f"{path}: the name of a compressed web archive ends in .warc.gz")
        chosen = _since(_of(options["source"]), options["since"])
        if path.exists():
            raise CommandError(f"{path} is there already; nothing was overwritten")
        written = self._write(path, chosen)
        self.stdout.write(f"{path}: {written.responses} answers, {written.revisits} repeats")
        if written.damaged:
            raise CommandError(f"{written.damaged} snapshots are damaged and were left out")

    def _write(self, path: Path, chosen: QuerySet[Snapshot]) -> warc.Written:
        """Under another name until it is whole."""
        part = path.with_name(path.name + ".part")
        try:
            with Progress(console=Console(stderr=True), transient=True) as progress, part.open("wb") as file:
                task = progress.add_task("writing", total=chosen.count())
                written = warc.write(
                    file,
                    chosen.iterator(chunk_size=100),
                    name=path.name,
                    told=lambda number: progress.update(task, completed=number),
                )
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        finally:
            part.unlink(missing_ok=True)
        return written


def _of(sources: list[str] | None) -> QuerySet[Snapshot]:
    snapshots = Snapshot.objects.select_related("source", "body__base").order_by("fetched_at", "pk")
    return snapshots.filter(source__in=[_source(one).pk for one in sources]) if sources else snapshots


def _source(named: str) -> Source:
    found = Source.objects.filter(slug=named).first()
    if found is None and "://" in named:
        try:
            found = Source.objects.filter(normalised_url=normalise(named)).first()
        except ValueError as error:
            raise CommandError(f"--source {named}: {error}") from error
    if found is None:
        raise CommandError(f"--source {named}: no source has this slug or address")
    return found


def _since(snapshots: QuerySet[Snapshot], day: str | None) -> QuerySet[Snapshot]:
    if day is None:
        return snapshots
    try:
        first = datetime.combine(date.fromisoformat(day), time(), UTC)
    except ValueError as error:
        raise CommandError(f"--since {day}: not a day, write YYYY-MM-DD") from error
    return snapshots.filter(fetched_at__gte=first)
