"""Which kind of file it is, by what it begins with: its name may say anything."""

import re
from collections.abc import Collection
from pathlib import Path

from tracker.imports.files.delimited import delimited
from tracker.imports.files.letters import letters, start_of
from tracker.imports.files.objects import objects
from tracker.imports.files.sheets import workbook
from tracker.imports.files.tables import Table
from tracker.imports.rows import BadFile

_NOT_OURS = {
    b"\xd0\xcf\x11\xe0": "is an old Excel file (.xls) or one with a password: save it as .xlsx or CSV, without",
    b"%PDF": "is a PDF: ask for the table behind it, as CSV or XLSX",
    b"\x1f\x8b": "is packed (gzip): unpack it first",
    b"Rar!": "is packed (RAR): unpack it first",
    b"7z\xbc\xaf": "is packed (7-Zip): unpack it first",
    b"SQLite format 3": "is a database: write the table out as CSV first",
    b"PAR1": "is a Parquet file: write it out as CSV first",
}
_OBJECTS = re.compile(r'\{\s*["}]|\[\s*\{')
_PAGE = re.compile(r"<(!doctype\s+html|html|head|body|script|title|!--)", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)


def table(path: Path, *, columns: Collection[str] = (), sheet: str = "") -> Table:
    """The table in the file, with at least these columns; of a workbook, the sheet of that name or the first.

    Raises BadFile, naming the file, the line and the way out, for what cannot be read with certainty.
    """
    try:
        with path.open("rb") as file:
            start = file.read(16)
        if not start:
            raise BadFile(f"{path.name} is empty.")
        for mark, what in _NOT_OURS.items():
            if start.startswith(mark):
                raise BadFile(f"{path.name} {what}.")
        if start.startswith(b"PK"):
            return workbook(path, columns, sheet)
        return _text(path, columns)
    except OSError as error:
        raise BadFile(f"{path.name} cannot be read: {error.strerror or error}.") from error


def _text(path: Path, columns: Collection[str]) -> Table:
    how = letters(path)
    start = start_of(path, how).lstrip()
    if not start:
        raise BadFile(f"{path.name} is empty.")
    if _PAGE.match(start):
        title = _TITLE.search(start)
        said = f", “{' '.join(title[1].split())[:80]}”" if title else ""
        raise BadFile(f"{path.name} is a web page{said}, not a table: an error or a log-in was saved in its place.")
    if start.startswith("<"):
        raise BadFile(f"{path.name} is XML or HTML, not a table: get it as CSV, XLSX, JSON or GeoJSON.")
    if path.suffix.lower() in (".json", ".geojson") or _OBJECTS.match(start):
        return objects(path, how, columns)
    return delimited(path, how, columns)
