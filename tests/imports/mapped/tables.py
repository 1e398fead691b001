"""Tables made by hand, and real files read as tables."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker.imports.mapped import ColumnMapping, From
from tracker.imports.mapped.mapping import FIELDS
from tracker.imports.rows import Refused


@dataclass(frozen=True)
class Row:
    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Table:
    columns: Sequence[str]
    rows: Sequence[Row | Refused]

    @property
    def samples(self) -> list[Mapping[str, str]]:
        """Some two hundred rows from all over the file."""
        rows = [row.cells for row in self.rows if isinstance(row, Row)]
        return rows[:: max(1, len(rows) // 200)]


def of(*rows: Mapping[str, str]) -> Table:
    """A table of these rows, its first row in line 2."""
    columns = tuple(dict.fromkeys(name for row in rows for name in row))
    return Table(columns, [Row(line, row) for line, row in enumerate(rows, 2)])


def from_csv(path: Path) -> Table:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return of(*csv.DictReader(file))


def from_json(path: Path, within: str) -> Table:
    return of(*(dict(_flat(one)) for one in json.loads(path.read_text())[within]))


def _flat(value: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for key, inner in value.items():
        if isinstance(inner, dict):
            yield from _flat(inner, f"{before}{key}.")
        else:
            yield before + key, "" if inner is None else str(inner)


def by(**fields: str | From | None) -> ColumnMapping:
    """A mapping of columns by name to start from; what is not told is made up."""
    told: dict[str, Any] = {"name": "A list", "url": "https://example.org/list"}
    told |= {
        name: From((value,)) if name in FIELDS and isinstance(value, str) else value for name, value in fields.items()
    }
    return ColumnMapping(**told)
