"""What is measured, in the order in which it is shown. Django is set up before this is imported."""

import json
import logging
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection
from rich.console import Console
from rich.table import Table

from tests.bench.imports import bare, made_up
from tests.bench.imports.reader import Answers, reading
from tests.bench.tables import right
from tracker.catalogue import actions as catalogue
from tracker.local import contents
from tracker.local.site import BASE_DIR, Site

LOADED_ON = date(2026, 9, 1)
PAGE = "/vendors/ring/"
_BEFORE = 3.0
"""Seconds for which the page is asked for with nothing else going on."""
_ATLAS = ("20260801", "20260901")
_DATA = BASE_DIR.parent / "shared" / "data"


@dataclass(frozen=True)
class File:
    """What is imported: a first release and a later one."""

    name: str
    dataset: str
    first: Path
    later: Path


@dataclass(frozen=True)
class Measured:
    """What it took. Each import says seconds, peak_mb and how many rows it created and so on."""

    file: File
    records: dict[str, int]
    bare: float
    first: dict[str, Any]
    again: dict[str, Any]
    later: dict[str, Any]
    quiet: Answers
    meanwhile: Answers


def everything(site: Site, console: Console, sizes: Sequence[int], *, real: bool) -> None:
    """Import each file into a database with the catalogue alone, and show what it took."""
    logging.disable(logging.INFO)
    folder = site.var / "imports"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    contents.collect_static(console.print)
    all_measured: list[Measured] = []
    _fill()
    site.spawn("web")
    site.wait_until_ready()
    for file in _files(folder, sizes, real=real):
        console.print(f"{time.strftime('%H:%M:%S')} {file.name}")
        _fill()
        all_measured.append(_measure(file, site.current.site_url, folder))
        console.print(_times(all_measured), _burden(all_measured))
    console.print(_records(all_measured))


def _files(folder: Path, sizes: Sequence[int], *, real: bool) -> Iterator[File]:
    atlas = _DATA / "atlas-of-surveillance-20201007" / "Atlas_of_Surveillance-20201007.csv"
    if real and atlas.exists():
        changed = made_up.later(atlas, folder, "Summary", rename=("20201007", "20210301"))
        yield File("Atlas, 2020", "atlas", atlas, changed)
    contracts = _DATA / "cbp-ice-contracts-fy2021-2026"
    if real and contracts.exists():
        changed = made_up.later(contracts, folder, "Transaction Description")
        yield File("USAspending", "usaspending", contracts, changed)
    for size in sizes:
        first = folder / f"Made_up_{size}-{_ATLAS[0]}.csv"
        made_up.export(first, size, made_up.vendors())
        changed = made_up.later(first, folder, "Summary", rename=_ATLAS)
        yield File(f"made up, {size:,}", "atlas", first, changed)


def _fill() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    contents.migrate(lambda line: None)
    catalogue.load(on=LOADED_ON)
    _settle()


def _settle() -> None:
    """So that what one step leaves to do does not fall into the time of the next."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")


def _measure(file: File, site: str, folder: Path) -> Measured:
    with reading(site, PAGE):
        time.sleep(_BEFORE)  # each worker has read its templates
    with reading(site, PAGE) as quiet:
        time.sleep(_BEFORE)
    since = bare.marks()
    with reading(site, PAGE) as meanwhile:
        first = _imported(file.dataset, file.first)
    records = bare.written(since, folder / "copied")
    _settle()
    copied = bare.copied(records, folder / "copied")
    again = _imported(file.dataset, file.first)
    _settle()
    later = _imported(file.dataset, file.later)
    return Measured(file, records, copied, first, again, later, quiet, meanwhile)


def _imported(dataset: str, path: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.imports.importing", dataset, str(path)],
        cwd=BASE_DIR,
        stdout=subprocess.PIPE,
        env=os.environ,
        check=True,
    )
    took: dict[str, Any] = json.loads(done.stdout)
    return took


def _times(measured: Sequence[Measured]) -> Table:
    title = "Imports, beside a bare COPY of the records that the first load writes"
    table = Table("file", "rows", "records", "COPY, s", "first, s", "ratio", "again, s", "ratio", "1 %, s", title=title)
    for one in measured:
        first, again = one.first["seconds"], one.again["seconds"]
        table.add_row(
            one.file.name,
            f"{one.first['rows']:,}",
            f"{sum(one.records.values()):,}",
            f"{one.bare:.2f}",
            f"{first:.1f}",
            f"{first / one.bare:.1f}",
            f"{again:.1f}",
            f"{again / one.bare:.1f}",
            f"{one.later['seconds']:.1f}",
        )
    table.add_section()
    table.add_row("asked for", "1,000,000", "", "", "", "< 8", "", "< 3", "")
    return right(table)


def _burden(measured: Sequence[Measured]) -> Table:
    title = f"Memory of the importing process, and GET {PAGE} by one reader before and during the first load"
    table = Table("file", "first, MB", "again", "1 %", "p99 before, ms", "during", "answers", "failed", title=title)
    for one in measured:
        table.add_row(
            one.file.name,
            *(f"{step['peak_mb']:.0f}" for step in (one.first, one.again, one.later)),
            f"{one.quiet.p99:.0f}",
            f"{one.meanwhile.p99:.0f}",
            f"{len(one.meanwhile.times):,}",
            str(one.meanwhile.failed),
        )
    table.add_section()
    table.add_row("asked for", "< 500", "< 500", "< 500", "", "< 300", "", "")
    return right(table)


def _records(measured: Sequence[Measured]) -> Table:
    table = Table("table", *(one.file.name for one in measured), title="Records that the first load wrote")
    for name in sorted({name for one in measured for name in one.records}):
        table.add_row(name, *(f"{one.records.get(name, 0):,}" for one in measured))
    steps = [(one.first, one.again, one.later) for one in measured]
    for word in ("created", "updated", "unchanged", "refused"):
        each = (", ".join(f"{step[word]:,}" for step in three) for three in steps)
        table.add_row(f"{word}: first, again, changed", *each)
    return right(table)
