"""manage.py watch: look at watched pages, start to watch one, replay recordings, read old snapshots anew."""

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.progress import Progress

from tracker.evidence.urls import normalise
from tracker.organizations.models import Organization
from tracker.watch import actions, reports
from tracker.watch.asking.outcomes import Wait
from tracker.watch.models import Lead, Outcome, Watch
from tracker.watch.reading import replay as replaying
from tracker.watch.reading.page import EXTRACTOR
from tracker.watch.reextracting import reextract


class Command(BaseCommand):
    help = "Look at watched pages now or as of a day, or start to watch a page."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        check = verbs.add_parser("check", help="look at one watch, or at all that are due")
        check.add_argument("which", nargs="*", help="the address or the number of a watch")
        check.add_argument("--due", action="store_true", help="every watch that is due")
        check.add_argument("--on", help="the day it is taken to be, YYYY-MM-DD (default: now)")
        check.add_argument("--dry-run", action="store_true", help="ask the site, but write nothing")
        replay = verbs.add_parser("replay", help="compare recorded pages; prints one JSON line a check")
        replay.add_argument("folder", type=Path, help="a folder with a manifest.jsonl")
        replay.add_argument("--doc", action="append", help="only this document; may be given several times")
        verbs.add_parser("reextract", help="read old snapshots anew with today's extractor; raises no news")
        add = verbs.add_parser("add", help="start to watch a page")
        add.add_argument("url")
        add.add_argument("--kind", choices=Watch.Kind.values, default=Watch.Kind.PAGE)
        add.add_argument("--organization", help="the slug of whose page it is")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "add":
            self._add(options["url"], options["organization"], options["kind"])
        elif options["verb"] == "reextract":
            self._reextract()
        elif options["verb"] == "replay":
            self._replay(options["folder"], options["doc"])
        else:
            self._check(options)

    def _add(self, url: str, slug: str | None, kind: str) -> None:
        organization = Organization.objects.filter(slug=slug).first() if slug else None
        if slug and organization is None:
            raise CommandError(f"no organisation has the slug “{slug}”")
        try:
            watch = actions.watch_page(url, organization=organization, kind=kind)
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"watch {watch.pk}: {watch.source.url}")

    def _replay(self, folder: Path, docs: Sequence[str] | None) -> None:
        try:
            for prediction in replaying.folder(folder, docs=docs):
                self.stdout.write(json.dumps(prediction.as_json(), ensure_ascii=False))
        except (OSError, KeyError, ValueError) as error:
            raise CommandError(f"{folder}: {error}") from error

    def _check(self, options: dict[str, Any]) -> None:
        now = _moment(options["on"])
        if bool(options["which"]) == options["due"]:
            raise CommandError("say which watch (its address or number), or --due for all that are due")
        if options["due"]:
            self._check_due(now, options)
            return
        for which in options["which"]:
            watch = _watch(which)
            self.stdout.write(f"{watch.source.url}: {_look(watch, now, dry_run=options['dry_run'])}")

    def _check_due(self, now: datetime, options: dict[str, Any]) -> None:
        due = Watch.objects.due(now).count()
        if options["dry_run"]:
            self.stdout.write(f"{due} watches are due; nothing was asked")
            return
        clock = timezone.now if options["on"] is None else lambda: now
        with Progress(console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("looking", total=due)
            looked = 0
            while round_of := actions.look_at_due(clock=clock, told=lambda more: progress.advance(task, more)):
                looked += round_of
        made, over = reports.review(now=clock())
        self.stdout.write(
            f"{looked} looked at; {made} reports made, {over} taken back" if looked else "no watch is due"
        )

    def _reextract(self) -> None:
        with Progress(console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("reading anew", total=None)
            done = reextract(told=lambda number, of: progress.update(task, completed=number, total=of))
        self.stdout.write(
            f"{done.read} snapshots read anew by {EXTRACTOR}, {done.kept} kept for their quotes, "
            f"{done.unreadable} unreadable; {done.memories} memories settled; no news raised"
        )


def _look(watch: Watch, now: datetime, *, dry_run: bool) -> str:
    try:
        if dry_run:
            found = actions.would_find(watch, now=now)
            return f"would be {_told(found.outcome, found.reason, len(found.proposals))}"
        check = actions.check(watch, now=now)
    except Wait as wait:
        return f"wait: {wait.reason}"
    leads = Lead.objects.filter(version__watch=watch, version__snapshot=check.snapshot).count() if check.snapshot else 0
    return _told(check.outcome, check.reason, leads)


def _told(outcome: str, reason: str, leads: int) -> str:
    """“changed (3 blocks new, 1 gone), 1 lead”."""
    said = Outcome(outcome).label.lower() + (f" ({reason})" if reason else "")
    return said + (f", {leads} lead{'s' * (leads > 1)}" if leads else "")


def _moment(on: str | None) -> datetime:
    """The moment a check is taken to happen. Of a day its noon, so that a second run is the same check."""
    if on is None:
        return timezone.now()
    try:
        return datetime.combine(date.fromisoformat(on), time(12), UTC)
    except ValueError as error:
        raise CommandError(f"--on {on}: not a day, write YYYY-MM-DD") from error


def _watch(which: str) -> Watch:
    watches = Watch.objects.select_related("source")
    try:
        found = (
            watches.filter(pk=int(which))
            if which.isdigit()
            else watches.filter(source__normalised_url=normalise(which))
        )
    except ValueError as error:
        raise CommandError(f"“{which}”: {error}") from error
    watch = found.first()
    if watch is None:
        raise CommandError(f"nothing is watched under “{which}”; start with: manage.py watch add {which}")
    return watch
