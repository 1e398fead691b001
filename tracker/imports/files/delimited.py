"""CSV and its kin: tables whose cells are parted by a comma, a semicolon, a tab or a bar."""

import csv
import re
from collections.abc import Collection, Iterator
from contextlib import closing
from pathlib import Path

from tracker.imports.files.letters import Letters, Lines
from tracker.imports.files.tables import NO_TEXT, Row, Table, named, refused, require, row
from tracker.imports.rows import BadFile, Refused
from tracker.imports.written import plain

_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_SAMPLE = 40
_MOST = 0.5
_SAID = re.compile(r'"?sep=([,;|\t])"?\s*', re.IGNORECASE)
"""What Excel writes as a first line, to say which delimiter it used."""


def delimited(path: Path, how: Letters, columns: Collection[str]) -> Table:
    """The table in the file; the columns must be among its own. Raises BadFile where that is not certain."""
    with closing(Lines(path, how)) as start:
        blank, sample = _first(start)
    if not sample:
        raise BadFile(f"{path.name} is empty.")
    said = _SAID.fullmatch(sample[0])
    delimiter = said[1] if said else _delimiter(path.name, sample, columns)
    lines = Lines(path, how)
    for _ in range(blank + bool(said)):
        next(lines)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        header = next(reader)
    except (csv.Error, StopIteration) as error:
        raise BadFile(f"{path.name}, line {lines.number}: the header cannot be read: {error}.") from error
    names = named(header)
    require(path.name, names, columns)
    rows = _Rows(path.name, lines, reader, names)
    return Table(path.name, names, rows.suspected() if how.suspect else iter(rows), how.notes)


def _first(lines: Lines) -> tuple[int, list[str]]:
    """How many blank lines there are at the start, and the first of the others."""
    blank = 0
    sample: list[str] = []
    for line in lines:
        if not sample and not line.strip():
            blank, lines.taken = blank + 1, 0
            continue
        sample.append(line)
        lines.taken = 0
        if len(sample) == _SAMPLE:
            break
    return blank, sample


def _delimiter(name: str, sample: list[str], columns: Collection[str]) -> str:
    """The one that parts the header as wanted, or the rows after it into as many cells as the header."""
    tables = {delimiter: _parted(sample, delimiter) for delimiter in _DELIMITERS}
    wanted = {plain(column) for column in columns}
    having = [each for each, (header, *_) in tables.items() if wanted and wanted <= {plain(cell) for cell in header}]
    parting = having or [each for each, (header, *_) in tables.items() if len(header) > 1]
    if not parting:
        return ","  # one column, or none that is known: who asks for columns is told
    shares = sorted(((_even(tables[each]), len(tables[each][0]), each) for each in parting), reverse=True)
    (best, _, likeliest), *others = shares
    if wanted and not having:  # the header will be found wanting; show it parted as it most likely is
        return likeliest
    if others and (best < _MOST or others[0][0] * 2 > best):
        raise BadFile(
            f"{name} may be parted by {' or by '.join(_DELIMITERS[each] for _, _, each in shares)}, and its first rows "
            "do not tell. Write “sep=,” (or the right one) as its first line, or save it as XLSX."
        )
    return likeliest


def _even(table: list[list[str]]) -> float:
    """The share of its rows that have as many cells as the header."""
    header, *rows = table
    return sum(len(cells) == len(header) for cells in rows) / max(len(rows), 1)


def _parted(sample: list[str], delimiter: str) -> list[list[str]]:
    """The rows of the sample, at least one; up to the first that cannot be read, as the last may be half of one."""
    rows: list[list[str]] = []
    reader = csv.reader(sample, delimiter=delimiter, strict=True)
    try:
        rows.extend(cells for cells in reader if cells)
    except csv.Error:
        rows += [] if rows else [[]]
    return rows


class _Rows:
    """The rows after the header, each with the line on which it begins."""

    def __init__(self, name: str, lines: Lines, reader: Iterator[list[str]], columns: tuple[str, ...]) -> None:
        self._name, self._lines, self._reader, self._columns = name, lines, reader, columns

    def __iter__(self) -> Iterator[Row | Refused]:
        read = False
        for line, cells in self._cells():
            read = True
            if isinstance(cells, str):
                yield refused(line, cells, f"line {line}")
                continue
            if len(cells) < len(self._columns) and not self._lines.whole:
                raise BadFile(
                    f"{self._name} ends in the middle of line {line}, which has {len(cells)} of {len(self._columns)} "
                    "cells: it was cut off. Get it once more."
                )
            yield row(line, self._columns, cells)
        if not read:
            raise BadFile(f"{self._name} has a header and no row after it: it was cut off, or nothing was found.")

    def suspected(self) -> Iterator[Row | Refused]:
        """The same, without rows that hold what is no text."""
        for each in self:
            if isinstance(each, Refused):
                yield each
                continue
            found = NO_TEXT.search("".join(each.cells.values()))
            if found is None:
                yield each
                continue
            reason = "has a NUL byte" if found[0] == "\0" else "has a byte that is not UTF-8"
            worst = next(cell for cell in each.cells.values() if found[0] in cell)
            yield refused(each.line, reason, worst[:80], self._columns, tuple(each.cells.values()))

    def _cells(self) -> Iterator[tuple[int, list[str] | str]]:
        """Where each row begins, and its cells, or why it has none."""
        while True:
            line = self._lines.number + 1
            self._lines.taken = 0
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                if self._lines.ended or "limit" in str(error):
                    raise BadFile(
                        f"{self._name}: a quotation mark opened in the row of line {line} is never closed: "
                        "the file was cut off, or the mark belongs to the text. Get it once more, or mend that line."
                    ) from error
                yield line, "has a quotation mark inside a cell"
                continue
            if any(cells):
                yield line, cells
