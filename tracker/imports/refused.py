"""All refused rows of a file as CSV: the line, the reason, what is to blame, and the row as it was read."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from tracker.imports.rows import Refused

# A spreadsheet takes a cell that begins like this for a formula, and would run what a stranger wrote.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FIRST = ("line", "reason", "to blame")


def write_refused(refused: Iterable[Refused], path: Path) -> int:
    """Write them to a new file. Returns how many there are. Raises FileExistsError rather than lose what is there."""
    with path.open("x", encoding="utf-8", newline="") as file:
        return write_to(file, list(refused))


def write_to(file: TextIO, refused: list[Refused]) -> int:
    """Write them to a text file that is open."""
    columns = list(dict.fromkeys(column for row in refused for column in row.cells))
    writer = csv.writer(file)
    writer.writerow([*_FIRST, *map(_safe, columns)])
    for row in refused:
        writer.writerow([row.line, *_cells(row, columns)])
    return len(refused)


def _cells(row: Refused, columns: list[str]) -> Iterator[str]:
    yield row.reason
    yield _safe(row.sample)
    for column in columns:
        yield _safe(row.cells.get(column, ""))


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
