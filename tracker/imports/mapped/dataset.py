"""A file of anybody's as a dataset like the others."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from tracker.dates import PartialDate
from tracker.imports.mapped.days import order_of
from tracker.imports.mapped.mapping import DATES, ColumnMapping
from tracker.imports.mapped.money import mark_of
from tracker.imports.mapped.reading import Said, Table, found_columns, read
from tracker.imports.rows import About, Refused

_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d{2})-?(\d{2})-?(\d{2})(?!\d)")


class Mapped:
    """The dataset that a mapping describes. `table` opens a file; it is opened twice where the file must show
    whether its months or its days come first."""

    def __init__(self, mapping: ColumnMapping, *, table: Callable[[Path], Table]) -> None:
        self.mapping, self._table = mapping, table
        self.about = About(
            slug=mapping.slug or _slug(mapping.name),
            name=mapping.name,
            licence=mapping.licence,
            credit=mapping.credit,
            url=mapping.url,
            publisher=mapping.publisher or mapping.credit or mapping.name,
            country=mapping.country,
        )

    def release(self, path: Path) -> PartialDate | None:
        """The day in the name of the file, as in cameras-2026-08-22.csv; None if there is none."""
        for found in _IN_NAME.finditer(path.name):
            try:
                return PartialDate.parse("-".join(found.groups()))
            except ValueError:
                continue
        return None

    def read(self, path: Path) -> Iterator[Said]:
        """The rows. Raises BadFile for a file that cannot be read, lacks a column, or has no complete mapping."""
        dates = self._shown(path, DATES) if not self.mapping.date_order else set()
        sums = self._shown(path, ("amount",)) if not self.mapping.decimal_mark else set()
        yield from read(self._table(path), self.mapping, order=order_of(dates), mark=mark_of(sums))

    def _shown(self, path: Path, fields: tuple[str, ...]) -> Iterator[str]:
        """What the columns of these fields say, from the first row to the last."""
        wanted = [column for field in fields for column in getattr(self.mapping, field).columns]
        if not wanted:
            return
        table = self._table(path)
        names = found_columns(table.columns, self.mapping)
        for row in table.rows:
            if not isinstance(row, Refused):
                yield from (row.cells.get(names[column]) or "" for column in wanted)


def _slug(name: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", name.casefold()))[:50].strip("-")
