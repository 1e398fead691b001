"""manage.py import DATASET FILE: put a release of somebody else's dataset into the database."""  # noqa: N999

import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.progress import track
from rich.table import Table

from tracker.imports.actions import import_file
from tracker.imports.atlas import Atlas
from tracker.imports.resolve import Resolved
from tracker.imports.rows import BadFile, Dataset, Refused

DATASETS: dict[str, type[Dataset]] = {"atlas": Atlas}


class Command(BaseCommand):
    """A door: the work is in `tracker.imports.actions`."""

    help = "Import a file of a dataset. Its claims are published as not checked one by one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("dataset", choices=sorted(DATASETS))
        parser.add_argument("file", type=Path)
        parser.add_argument("--on", type=_day, help="the day on which new claims are published (today)")
        parser.add_argument("--dry-run", action="store_true", help="show what would be imported, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"there is no file {path}")
        now = timezone.now()
        try:
            report = import_file(
                DATASETS[options["dataset"]](),
                path,
                on=options["on"] or timezone.localdate(now),
                now=now,
                dry_run=options["dry_run"],
                watched=_with_bar,
            )
        except BadFile as error:
            raise CommandError(f"nothing imported: {error}") from error
        table = Table("what", "rows", "such as", title="would be done, nothing was" if options["dry_run"] else None)
        for what, rows, samples in report.lines():
            table.add_row(what, str(rows), samples)
        Console(file=sys.stdout).print(table)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text[:40]}” is not a day; write 2021-05-18") from None


def _with_bar(rows: Iterable[Resolved | Refused], what: str, total: int) -> Iterable[Resolved | Refused]:
    return track(rows, what, total, console=Console(stderr=True), transient=True)
