"""Recorded histories of pages through exactly what production does with them: read and look. Writes nothing.

A folder of recordings has a `manifest.jsonl`, one line a snapshot in the order of time: `doc`, `url`, `step`, `date`
and `html_file` (`ARCHIVE.tar.xz::MEMBER`). Nothing else in it is looked at.
"""

import json
import tarfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from tracker.watch.asking import charset
from tracker.watch.reading.look import Look, Outcome, look
from tracker.watch.reading.page import read

SECOND_LOOK = timedelta(minutes=10)


@dataclass(frozen=True)
class Recorded:
    """One check of one watch."""

    doc: str
    url: str
    step: int
    at: datetime
    file: str


@dataclass(frozen=True)
class Prediction:
    """What was said of one check, and at which later check it was said."""

    doc: str
    step: int
    changed: bool = False
    blocked: bool = False
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    reported_step: int | None = None

    def as_json(self) -> dict[str, object]:
        """One line for the scorer."""
        shown = {"added": self.added, "removed": self.removed} if self.changed else {}
        return {
            "doc": self.doc,
            "step": self.step,
            "changed": self.changed,
            "blocked": self.blocked,
            **shown,
            "reported_step": self.step if self.reported_step is None else self.reported_step,
        }


def recorded(folder: Path) -> dict[str, list[Recorded]]:
    """The checks of each document, in their order. Raises OSError, KeyError or ValueError for a bad manifest."""
    documents: dict[str, list[Recorded]] = defaultdict(list)
    with (folder / "manifest.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            one = json.loads(line)
            at = datetime.fromisoformat(one["date"])
            documents[one["doc"]].append(Recorded(one["doc"], one["url"], int(one["step"]), at, one["html_file"]))
    return {doc: sorted(checks, key=lambda check: check.step) for doc, checks in documents.items()}


def folder(folder: Path, *, docs: Sequence[str] | None = None) -> Iterator[Prediction]:
    """What the watch would have said of every check in `folder`; the progress is shown on standard error."""
    documents = {doc: checks for doc, checks in recorded(folder).items() if docs is None or doc in docs}
    with Progress(console=Console(stderr=True)) as progress:
        bar = progress.add_task("checks", total=sum(map(len, documents.values())))
        for doc, checks in documents.items():
            progress.update(bar, description=doc)
            yield from replay(folder, checks)
            progress.advance(bar, len(checks))


def bodies(folder: Path, checks: Sequence[Recorded]) -> Iterator[bytes]:
    """The recorded answers of `checks`, each archive opened once."""
    opened: dict[str, tarfile.TarFile] = {}
    try:
        for check in checks:
            archive, _, member = check.file.partition("::")
            if archive not in opened:
                opened[archive] = tarfile.open(folder / archive)  # noqa: SIM115 - closed below
            file = opened[archive].extractfile(member)
            yield file.read() if file is not None else b""
    finally:
        for tar in opened.values():
            tar.close()


def replay(folder: Path, checks: Sequence[Recorded]) -> list[Prediction]:
    """What the watch would have said of one document's checks."""
    said: dict[datetime, Prediction] = {}
    found = Look(None, Outcome.FIRST)
    for check, body in zip(checks, bodies(folder, checks), strict=True):
        text = charset.decode(body, charset.of(body, "text/html"))
        page = read(text, "text/html", url=check.url)
        found = look(found.memory, page, at=check.at)
        said[check.at] = Prediction(check.doc, check.step, blocked=found.outcome is Outcome.BLOCKED)
        _tell(said, found, check)
    if found.outcome in (Outcome.SUSPECTED, Outcome.CHANGED):
        # A recording has an answer only where it differs from the one before it: after the last the page stayed.
        _tell(said, look(found.memory, page, at=check.at + SECOND_LOOK), check)
    return list(said.values())


def _tell(said: dict[datetime, Prediction], found: Look, check: Recorded) -> None:
    if found.outcome is Outcome.CHANGED and found.since is not None:
        said[found.since] = _told(said[found.since], found, check.step)


def _told(prediction: Prediction, found: Look, step: int) -> Prediction:
    return replace(
        prediction,
        changed=True,
        added=tuple(added.text for added in found.difference.added),
        removed=found.difference.removed,
        reported_step=step,
    )
