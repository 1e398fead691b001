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

from tracker.imports.actions import Row, import_file
from tracker.imports.datasets import DATASETS
from tracker.imports.models import Import
from tracker.imports.refused import write_refused
from tracker.imports.rows import BadFile
from tracker.imports.undoing import CannotUndo, undo


class Command(BaseCommand):
    """A door: the work is in `tracker.imports.actions`."""

    help = "Import a file of a dataset. Its claims are published as not checked one by one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("dataset", choices=sorted(DATASETS))
        parser.add_argument("file", type=Path, nargs="?")
        parser.add_argument("--on", type=_day, help="the day on which new claims are published (today)")
        parser.add_argument("--dry-run", action="store_true", help="show what would be imported, and change nothing")
        parser.add_argument("--refused", type=Path, metavar="CSV", help="write all refused rows to this new file")
        parser.add_argument("--undo", action="store_true", help="take the last release of the dataset back, as a whole")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["undo"]:
            self._undo(options["dataset"])
        elif options["file"] is None:
            raise CommandError("which file? name it after the dataset, or write --undo")
        else:
            self._import(options["file"], options)

    def _import(self, path: Path, options: dict[str, Any]) -> None:
        if not path.exists():
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
            if options["refused"]:
                write_refused(report.refused_rows, options["refused"])
        except BadFile as error:
            raise CommandError(f"nothing imported: {error}") from error
        except FileExistsError:
            raise CommandError(f"{options['refused']} exists already: name a new file for the refused rows") from None
        table = Table("what", "rows", "such as", title="would be done, nothing was" if options["dry_run"] else None)
        for what, rows, samples in report.lines():
            table.add_row(what, str(rows), samples)
        Console(file=sys.stdout).print(table)

    def _undo(self, name: str) -> None:
        applied = Import.objects.filter(dataset__slug=DATASETS[name].about.slug, state=Import.State.APPLIED)
        last = applied.order_by("-pk").first()
        if last is None:
            raise CommandError(f"no release of {name} is imported")
        try:
            undone = undo(last)
        except CannotUndo as error:
            raise CommandError(f"nothing undone: {error}") from error
        self.stdout.write(
            f"{last} is undone: {undone.deleted} records deleted, {undone.restored} as they were before, "
            f"{undone.kept} kept because something else needs them"
        )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text[:40]}” is not a day; write 2021-05-18") from None


def _with_bar(rows: Iterable[Row], what: str, total: int) -> Iterable[Row]:
    return track(rows, what, total, console=Console(stderr=True), transient=True)
