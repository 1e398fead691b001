"""What every kind of file is read as: named columns, and rows that are good or refused. No file is opened here."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from tracker.imports.rows import BadFile, Refused
from tracker.imports.written import plain

_ALIKE = 0.6
NO_TEXT = re.compile("[\0\ud800-\udfff]")
"""What no database takes as text: NUL, and the halves of letters that stand for bytes which are none."""


@dataclass(frozen=True)
class Row:
    """One row as the file writes it. `line` is where it begins: a line, a row of a sheet, or the place in a list."""

    line: int
    cells: Mapping[str, str]

    def plain(self) -> dict[str, str]:
        """The cells as they are meant to be read: without what cannot be seen, in single spaces."""
        return {column: plain(cell) for column, cell in self.cells.items()}


@dataclass(frozen=True)
class Table:
    """A file as rows. Its columns are named without what cannot be seen; `notes` say what had to be assumed.

    `rows` can be gone through once, and raises BadFile where the file turns out to be broken further down.
    """

    name: str
    columns: tuple[str, ...]
    rows: Iterator[Row | Refused]
    notes: tuple[str, ...] = ()


def named(header: Sequence[str]) -> tuple[str, ...]:
    """A name for each cell of a header: an empty one is called by its place, a repeated one is numbered."""
    names: list[str] = []
    for place, cell in enumerate(header, start=1):
        name = written = plain(cell) or f"column {place}"
        again = 1
        while name in names:
            again += 1
            name = f"{written} ({again})"
        names.append(name)
    return tuple(names)


def require(name: str, columns: Sequence[str], wanted: Collection[str]) -> None:
    """Raise BadFile if one of the wanted columns is not there, with the columns that look like it."""
    missing = [column for column in wanted if plain(column) not in columns]
    if not missing:
        return
    by_form = {column.casefold(): column for column in columns}
    said = []
    for column in missing:
        alike = get_close_matches(plain(column).casefold(), by_form, n=2, cutoff=_ALIKE)
        like = " or ".join(f"“{by_form[form]}”" for form in alike)
        said.append(f"“{column}” ({like} looks like it)" if like else f"“{column}”")
    there = ", ".join(f"“{column[:40]}”" for column in columns[:12])
    raise BadFile(f"{name} has no column {', '.join(said)}. Its header is {there}{', …' if len(columns) > 12 else ''}.")


def row(line: int, columns: Sequence[str], cells: Sequence[str]) -> Row | Refused:
    """The row, refused if it has more or fewer cells than the header: then they stand in the wrong columns."""
    if len(cells) == len(columns):
        return Row(line, dict(zip(columns, cells, strict=True)))
    how = "more" if len(cells) > len(columns) else "fewer"
    return refused(line, f"has {how} cells than the header", f"{len(cells)} cells, not {len(columns)}", columns, cells)


def refused(line: int, reason: str, sample: str, columns: Sequence[str] = (), cells: Sequence[str] = ()) -> Refused:
    """A refused row with its cells as far as they can be kept: as text that a database takes."""
    names = [*columns, *(f"column {place}" for place in range(len(columns) + 1, len(cells) + 1))]
    kept = {name: keepable(cell) for name, cell in zip(names, cells, strict=False)}
    return Refused(line, "", reason, keepable(sample), kept)


def keepable(text: str) -> str:
    """The text with a mark in place of each NUL and of each byte that is no letter."""
    return NO_TEXT.sub("\ufffd", text)
