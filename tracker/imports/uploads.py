"""Files that editors give: tried out first, then applied, by a worker that says how far it is and can be stopped."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.cache import cache

from tracker.evidence import bodies
from tracker.imports.actions import Row, import_file
from tracker.imports.datasets import DATASETS
from tracker.imports.files import table
from tracker.imports.mapped import BadMapping, Mapped, Proposal, from_yaml, propose, to_yaml
from tracker.imports.models import Upload
from tracker.imports.refused import write_to
from tracker.imports.report import Report
from tracker.imports.rows import BadFile, Dataset, Refused
from tracker.organizations.models import Organization

MAPPED = "mapped"
LARGEST = 60_000_000
_SAMPLE = 300
_EVERY = 0.5
# A worker that has said nothing for so many seconds is taken for dead, and another may take the file up.
_SILENT = 300
_KEPT = 3600
State = Upload.State
_BEGUN = (State.TRYING, State.APPLYING)


class Stopped(Exception):
    """An editor asked to stop. Nothing was changed."""


@dataclass(frozen=True)
class Progress:
    """How far a worker is: rows done of all, rows a second, seconds left."""

    done: int
    total: int
    rate: float
    left: float


def receive(file_name: str, content: bytes, *, dataset: str, by: int, at: datetime) -> Upload:
    """Keep a file. One of no known dataset needs a mapping, which is proposed. Raises BadFile for what is none."""
    if len(content) > LARGEST:
        raise BadFile(f"{file_name} has more than {LARGEST:,} bytes: import it with manage.py import")
    safe = Path(file_name).name[-200:] or "file"
    proposed = _proposed(safe, content) if dataset == MAPPED else None
    return Upload.objects.create(
        dataset=dataset,
        mapping=to_yaml(proposed.mapping) if proposed else "",
        report=_reasons(proposed) if proposed else [],
        file_name=safe,
        body=bodies.keep(content),
        by_id=by,
        at=at,
        state=State.MAPPING if dataset == MAPPED else State.WAITING,
    )


def told(upload: Upload, mapping: str) -> None:
    """Take the mapping that an editor wrote. Raises BadMapping, naming the line."""
    from_yaml(mapping, upload.file_name)
    Upload.objects.filter(pk=upload.pk).update(mapping=mapping, state=State.WAITING)


def progress_of(upload: Upload) -> Progress | None:
    """How far its worker is; None before it has begun, and once it is done."""
    said = cache.get(_key(upload.pk))
    return Progress(*said) if said and said[1] else None


def is_left(upload: Upload) -> bool:
    """Whether a worker began with it and has not been heard of since: it was killed, and nothing was changed."""
    return upload.state in _BEGUN and cache.get(_key(upload.pk)) is None


def stop(upload: Upload) -> None:
    """Ask its worker to stop. One that has not begun never will."""
    waiting = Upload.objects.filter(pk=upload.pk, state=State.WAITING)
    if not waiting.update(state=State.STOPPED):
        cache.set(_stop_key(upload.pk), 1, _KEPT)


def again(upload: Upload) -> None:
    """Let a worker take it (again): tried out, stopped, refused or left, it waits once more."""
    able = [State.TRIED, State.STOPPED, State.FAILED, *(_BEGUN if is_left(upload) else ())]
    Upload.objects.filter(pk=upload.pk, state__in=able).update(state=State.WAITING)


def work(pk: int, *, apply: bool, on: date, now: datetime) -> None:
    """Try the file out, or apply it. What comes of it is kept with the upload.

    A task that comes again, because the worker that had it was killed, takes it up; one that comes twice does not.
    """
    able = [State.WAITING, *(() if cache.get(_key(pk)) else _BEGUN)]
    taken = Upload.objects.filter(pk=pk, state__in=able)
    if not taken.update(state=State.APPLYING if apply else State.TRYING, problem=""):
        return
    cache.set(_key(pk), (0, 0, 0.0, 0.0), _SILENT)
    # A wish to stop that came after an earlier try was over is not meant for this one.
    cache.delete(_stop_key(pk))
    upload = Upload.objects.select_related("body").get(pk=pk)
    try:
        with _as_file(upload) as path:
            report = import_file(
                dataset_of(upload), path, on=on, now=now, dry_run=not apply, watched=_watching(upload.pk)
            )
    except (BadFile, BadMapping) as error:
        _end(upload, State.FAILED, problem=str(error).rstrip("."))
    except Stopped:
        _end(upload, State.STOPPED)
    else:
        _end(upload, State.APPLIED if apply else State.TRIED, report=report)
    finally:
        cache.delete(_key(pk))


def dataset_of(upload: Upload) -> Dataset:
    """The dataset whose file it is. Raises BadMapping."""
    if upload.dataset == MAPPED:
        return Mapped(from_yaml(upload.mapping, upload.file_name), table=table)
    return DATASETS[upload.dataset]()


def _reasons(proposed: Proposal) -> list[list[str | int]]:
    """Why each column was taken for its field: the field, how likely in %, the column and the reason."""
    taken = (one for one in proposed.reasons if one.taken)
    return [[one.field, round(100 * one.likelihood), f"{one.column}: {one.because}"] for one in taken]


def _proposed(file_name: str, content: bytes) -> Proposal:
    with TemporaryDirectory() as folder:
        path = Path(folder) / file_name
        path.write_bytes(content)
        read = table(path)
        good = (dict(row.cells) for row in read.rows if not isinstance(row, Refused))
        rows = list(islice(good, _SAMPLE))
        vendors = list(Organization.objects.vendors().values_list("name", flat=True))
        return propose(read.columns, rows, vendors=vendors)


@contextmanager
def _as_file(upload: Upload) -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / upload.file_name
        path.write_bytes(bodies.content_of(upload.body))
        yield path


def _watching(pk: int) -> Callable[[Iterable[Row], str, int], Iterable[Row]]:
    """Says how far it is, in the cache and not in the database: the import's transaction would hide it there."""

    def watched(rows: Iterable[Row], what: str, total: int) -> Iterator[Row]:
        began = said = time.monotonic()
        for done, row in enumerate(rows):
            moment = time.monotonic()
            if moment - said >= _EVERY:
                said = moment
                rate = done / (moment - began)
                cache.set(_key(pk), (done, total, rate, (total - done) / rate if rate else 0.0), _SILENT)
                if cache.get(_stop_key(pk)):
                    cache.delete(_stop_key(pk))
                    raise Stopped
            yield row

    return watched


def _end(upload: Upload, state: str, *, report: Report | None = None, problem: str = "") -> None:
    content: dict[str, object] = {"state": state, "problem": problem}
    if report is not None:
        content["report"] = [list(line) for line in report.lines()]
        out = StringIO()
        if write_to(out, report.refused_rows):
            content["refused"] = bodies.keep(out.getvalue().encode())
    Upload.objects.filter(pk=upload.pk).update(**content)


def _key(pk: int) -> str:
    return f"imports:{pk}"


def _stop_key(pk: int) -> str:
    return f"imports:{pk}:stop"
