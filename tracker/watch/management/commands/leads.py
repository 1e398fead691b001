"""manage.py leads propose: what the watch would propose from a text, without touching anything."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tracker.watch.asking import charset
from tracker.watch.proposing.library import everything_known
from tracker.watch.proposing.propose import propose
from tracker.watch.proposing.scoring import as_prediction
from tracker.watch.reading.text import blocks_of

_TYPES = {".html": "text/html", ".htm": "text/html", ".md": "text/markdown", ".txt": "text/plain"}


class Command(BaseCommand):
    help = "Print, as one JSON line a file, what would be proposed from texts, Markdown or HTML files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        proposing = verbs.add_parser("propose")
        proposing.add_argument("--published", required=True, help="the day of publication, YYYY-MM-DD")
        proposing.add_argument("--full", action="store_true", help="the whole proposals instead of the scorer's shape")
        proposing.add_argument("files", nargs="+", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            published = date.fromisoformat(options["published"])
        except ValueError as error:
            raise CommandError(f"--published {options['published']}: not a day, write YYYY-MM-DD") from error
        known = everything_known()
        for path in options["files"]:
            try:
                body = path.read_bytes()
            except OSError as error:
                raise CommandError(f"{path}: {error.strerror}") from error
            blocks = blocks_of(charset.decode(body, charset.of(body)), _TYPES.get(path.suffix.lower(), "text/plain"))
            found = propose(blocks, published=published, known=known)
            if options["full"]:
                whole = [
                    {
                        **one.as_json(),
                        "quotes": one.quotes_json(),
                        "priority": one.priority,
                        "reasons": one.reasons,
                    }
                    for one in found
                ]
                self.stdout.write(json.dumps({"id": path.stem, "proposals": whole}, ensure_ascii=False))
            else:
                self.stdout.write(json.dumps(as_prediction(path.stem, found), ensure_ascii=False))
