"""Workbooks (XLSX): one sheet, row after row. Formulas are text here; nothing in a workbook is ever worked out."""

import warnings
import zipfile
import zlib
from collections.abc import Collection, Iterator
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from tracker.imports.files.tables import Row, Table, named, require, row
from tracker.imports.rows import BadFile, Refused

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

_MOST_UNPACKED = 300 << 20
_MOST_TEXTS = 100 << 20
"""All texts of a workbook lie in one part of it, which is held in memory."""
_MOST_PARTS = 2_000
_TIGHTEST = 200
"""No sheet that people fill in packs tighter; a bomb comes near 1,000."""
_SMALL = 1 << 20
_LAST_ROW = 1_048_576  # Excel's own
_AT_ONCE = 100
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    ParseError,
    EOFError,
    NotImplementedError,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
)
"""What the reader of workbooks meets in a file that is none, or was cut off or made wrongly."""

Values = tuple[object, ...]


def workbook(path: Path, columns: Collection[str], sheet: str) -> Table:
    """The table on the sheet of that name, or on the first. Raises BadFile for what is no workbook, or a bomb."""
    _weigh(path)
    notes: list[str] = []
    rows = _sheet(path, sheet, notes)
    header = next((values for _, values in rows if any(map(_filled, values))), None)
    if header is None:
        raise BadFile(f"{path.name}: the sheet is empty.")
    names = named([_written(value) for value in _trimmed(header)])
    require(path.name, names, columns)
    return Table(path.name, names, _rows(path.name, names, rows), tuple(notes))


def _weigh(path: Path) -> None:
    """Raise BadFile, before anything is unpacked, if unpacking the file would fill the memory."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise BadFile(f"{path.name} was cut off, or is no workbook: {error}. Get it once more.") from error
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise BadFile(f"{path.name} is a packed archive, not a workbook: unpack it first.")
    unpacked = sum(part.file_size for part in parts)
    tight = [
        part.filename
        for part in parts
        if part.file_size > _SMALL and part.file_size > _TIGHTEST * max(part.compress_size, 1)
    ]
    texts = sum(part.file_size for part in parts if part.filename.lower().endswith("sharedstrings.xml"))
    if unpacked > _MOST_UNPACKED or tight or texts > _MOST_TEXTS or len(parts) > _MOST_PARTS:
        raise BadFile(
            f"{path.name} unpacks to {unpacked >> 20:,} MB out of {path.stat().st_size >> 10:,} KB in {len(parts):,} "
            f"parts{f' ({tight[0]} most)' if tight else ''}, which is not safe to read. Save the sheet as CSV."
        )


def _sheet(path: Path, sheet: str, notes: list[str]) -> Iterator[tuple[int, Values]]:
    """The number of each row and what is in its cells; the notes grow by what had to be assumed."""
    with path.open("rb") as file:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # about styles and menus, which are not read
                book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
        except _BROKEN as error:
            raise BadFile(f"{path.name} cannot be read as a workbook: {_why(error)}. Save it as CSV.") from error
        titles = [each.title for each in book.worksheets]
        if not titles:
            raise BadFile(f"{path.name} has no sheet with cells.")
        if sheet and sheet not in titles:
            there = ", ".join(f"“{title}”" for title in titles)
            raise BadFile(f"{path.name} has no sheet “{sheet}”. It has {there}.")
        if len(titles) > 1 and not sheet:
            notes.append(f"has {len(titles)} sheets, of which the first, “{titles[0]}”, was read")
        yield from _values(path.name, book, sheet or titles[0])


def _values(name: str, book: "Workbook", title: str) -> Iterator[tuple[int, Values]]:
    sheet = book[title]
    sheet.reset_dimensions()  # what the file says of its own size is often wrong
    line = 0
    rows = sheet.iter_rows(values_only=True)
    while True:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                some = list(islice(rows, _AT_ONCE))
        except _BROKEN as error:
            raise BadFile(
                f"{name}, sheet “{title}”, after row {line}: cannot be read: {_why(error)}. Save it anew, or as CSV."
            ) from error
        if not some:
            return
        for values in some:
            line += 1
            if line > _LAST_ROW:
                raise BadFile(f"{name}, sheet “{title}” has more than {_LAST_ROW:,} rows, which no workbook has.")
            yield line, values


def _rows(name: str, columns: tuple[str, ...], rows: Iterator[tuple[int, Values]]) -> Iterator[Row | Refused]:
    read = False
    for line, values in rows:
        cells = [_written(value) for value in _trimmed(values)]
        if not cells:
            continue
        read = True
        cells += [""] * (len(columns) - len(cells))  # a row of a sheet has no end: what is not there is empty
        yield row(line, columns, cells)
    if not read:
        raise BadFile(f"{name} has a header and no row after it: the sheet is empty.")


def _filled(value: object) -> bool:
    return value is not None and value != ""


def _trimmed(values: Values) -> Values:
    """Without the empty cells at the end."""
    last = len(values)
    while last and not _filled(values[last - 1]):
        last -= 1
    return values[:last]


def _written(value: object) -> str:
    """What is in a cell as text: a day as 2018-02-15, a whole number without a point, a formula with its =."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
        case date() | time():
            return value.isoformat()
        case _:
            return str(getattr(value, "text", value))  # the formula of several cells is an object with a text


def _why(error: Exception) -> str:
    return str(error)[:200] or type(error).__name__
