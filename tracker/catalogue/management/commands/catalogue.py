"""manage.py catalogue check | load | dump: the data that the site ships with."""

import sys
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar

from tracker.catalogue import actions
from tracker.catalogue.catalogue import DATA, read_catalogue
from tracker.catalogue.dumping import dump
from tracker.catalogue.schema import SECTIONS

_SHOWN = 40
"""How many changes are listed one by one."""


class Command(BaseCommand):
    """A door: the work is in `tracker.catalogue.actions`."""

    help = "Check the catalogue files, load them into the database, or write the database back into them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["check", "load", "dump"])
        parser.add_argument("--path", type=Path, default=DATA, help="another folder of catalogue files")
        parser.add_argument("--on", type=_day, help="the day on which new claims are published (today)")
        parser.add_argument("--dry-run", action="store_true", help="show what would change, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["path"]
        if not path.is_dir():
            raise CommandError(f"there is no folder {path}; name one with --path")
        match options["what"]:
            case "check":
                self._check(path)
            case "load":
                self._load(path, options["on"] or timezone.localdate(), dry_run=options["dry_run"])
            case "dump":
                self._dump(path, dry_run=options["dry_run"])

    def _check(self, path: Path) -> None:
        catalogue = read_catalogue(path)
        for problem in catalogue.problems:
            self.stderr.write(str(problem))
        if catalogue.problems:
            raise CommandError(
                f"{len(catalogue.problems)} problems in {len({one.file for one in catalogue.problems})} files"
            )
        self.stdout.write(f"{len(catalogue.records)} records in {len(catalogue.files)} files: nothing wrong")

    def _load(self, path: Path, on: date, *, dry_run: bool) -> None:
        try:
            summary = self._load_with_bar(path, on, dry_run=dry_run)
        except actions.BadCatalogue as error:
            for problem in error.problems:
                self.stderr.write(str(problem))
            raise CommandError(f"nothing loaded: {len(error.problems)} problems") from error
        for conflict in summary.conflicts + ([] if summary.already_loaded else summary.gone):
            self.stdout.write(self.style.WARNING(conflict))
        if summary.already_loaded:
            self.stdout.write(f"catalogue: {summary.total} records, nothing new in the files")
            return
        for change in summary.changes[:_SHOWN]:
            self.stdout.write(f"changed {change}")
        if len(summary.changes) > _SHOWN:
            self.stdout.write(f"… and {len(summary.changes) - _SHOWN} more")
        for section in SECTIONS:
            new, changed, same = (
                summary.created[section],
                summary.updated[section],
                summary.unchanged[section],
            )
            self.stdout.write(f"{section:14} {new:5} new {changed:5} changed {same:5} unchanged")
        if summary.kept:
            self.stdout.write(f"{summary.kept} records keep what editors changed")
        if dry_run:
            self.stdout.write("dry run: nothing was written")

    def _load_with_bar(self, path: Path, on: date, *, dry_run: bool) -> actions.Summary:
        if not sys.stdout.isatty():
            return actions.load(path, on=on, dry_run=dry_run)
        columns = (
            TextColumn("loading the catalogue"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.description}"),
        )
        with Bar(*columns, console=Console(file=sys.stdout), transient=True) as bar:
            task = bar.add_task("", total=len(SECTIONS))

            def advance(section: str, written: int) -> None:
                bar.update(task, advance=1, description=f"{section}: {written}")

            return actions.load(path, on=on, dry_run=dry_run, progress=advance)

    def _dump(self, path: Path, *, dry_run: bool) -> None:
        try:
            dumped = dump(path, dry_run=dry_run)
        except actions.BadCatalogue as error:
            for problem in error.problems:
                self.stderr.write(str(problem))
            raise CommandError(f"nothing written: {len(error.problems)} problems") from error
        for line in dumped.changes:
            self.stdout.write(line)
        done = "would be written" if dry_run else "written"
        self.stdout.write(f"{len(dumped.changes)} records differ; {len(dumped.written)} files {done}")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"“{text}” is not a day: write it as 2020-06-10") from error
