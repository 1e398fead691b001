"""The lines of USAspending's files: what each promises or takes back, or why it cannot be counted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from tracker.imports.files import Row, table
from tracker.imports.rows import AgencyNamed, BadFile, Refused
from tracker.imports.written import money, plain

AWARD, PAID, WHAT = "Generated Award ID", "Recipient Name", "Transaction Description"
_AMOUNT, _DAY, _MOD = "Federal Action Obligation", "Action Date", "Modification"
_COLUMNS = ("Agency", "Award ID", PAID, _AMOUNT, _DAY, _MOD, WHAT, AWARD)
AGENCIES = {
    "ICE": AgencyNamed("U.S. Immigration and Customs Enforcement", "", kind="federal"),
    "CBP": AgencyNamed("U.S. Customs and Border Protection", "", kind="federal"),
}
"""By the short names that the files have for them; the United States are no state."""


@dataclass(frozen=True)
class Line:
    """One transaction: money promised under an award on a day, or taken back."""

    file: str
    number: int
    on: date
    amount: Decimal
    cells: Mapping[str, str]

    @property
    def modification(self) -> str:
        """The number of the amendment; that of the award itself is 0."""
        return self.cells[_MOD]

    @property
    def what(self) -> str:
        """What it is for."""
        return plain(self.cells[WHAT])

    @property
    def paid(self) -> str:
        """Who gets the money."""
        return plain(self.cells[PAID])

    def refused(self, reason: str, sample: str = "") -> Refused:
        """The line, refused."""
        blame = f"{self.file}: {sample or self.cells[AWARD]}"
        return Refused(self.number, self.cells["Agency"], reason, blame, {"file": self.file, **self.cells})


def lines_of(path: Path) -> Iterator[Line | Refused]:
    """All lines of the file, or of the CSV files of the folder. Raises BadFile where one is no table of this kind."""
    for file in _files(path):
        for row in table(file, columns=_COLUMNS).rows:
            yield row if isinstance(row, Refused) else _line(file.name, row)


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(each for each in path.iterdir() if each.suffix.lower() == ".csv")
    if not found:
        raise BadFile(f"{path.name} is a folder without a CSV file in it.")
    return found


def _line(file: str, row: Row) -> Line | Refused:
    cells = row.cells
    agency, award, day = cells["Agency"], cells[AWARD], _day(cells[_DAY])
    why, blame = "", ""
    if agency not in AGENCIES:
        why, blame = "an agency that is not on the list", agency
    elif day is None:
        why, blame = "a day that is none", cells[_DAY]
    else:
        why = next((f"no {column} given" for column in (AWARD, "Award ID", PAID, _MOD) if not cells[column]), "")
    try:
        amount = money(cells[_AMOUNT])
    except ValueError as error:
        why, blame = "a sum that is none", str(error)
    if why or day is None:
        return Refused(row.line, agency, why, f"{file}: {blame or award}", {"file": file, **cells})
    return Line(file, row.line, day, amount, cells)


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
