"""Reading contract obligations of ICE and CBP, as USAspending.gov lists them: one file, or a folder of yearly ones."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tracker.dates import PartialDate
from tracker.imports.rows import About, Award, Claimed, Course, Link, Obligated, Refused, Subject
from tracker.imports.usaspending.lines import AGENCIES, AWARD, Line, lines_of
from tracker.imports.usaspending.makers import maker_of
from tracker.imports.written import plain

_CLOSED = re.compile(
    r"\bCLOSE-? ?OUT(?! (SUPPORT|SERVICE))|\bCLOS(ES|ED|ING) OUT\b"
    r"|\bTERMINAT\w+ (FOR|THE CONTRACT|THIS|THE ORDER|OF THE (CONTRACT|ORDER))\b"
)
_FIRST = "0"
"""The number of an award itself; its amendments are P00001 and so on."""


class UsaSpending:
    """A row is a transaction; all of one award are one claim. What was taken back is negative and counts.

    Lines that repeat an earlier one to the letter count once. The files are put together from pages of a hundred lines
    that USAspending sorts by amount only, so a line at the end of one page can come again on the next: all 126 such
    lines of the files of August 2026 stand on both sides of a boundary between pages, and no award has two different
    lines with one modification number. USAspending has each transaction once. 125 of them are of 0 dollars; the other
    one (CBP, fiscal year 2025, $2,972,195.00) would be counted twice by who adds up all lines of the file.

    Maker, seller and data owner are apart: the vendor is the maker (or owner of the data) whom the description names,
    then the recipient is the seller; where it names none for certain, the vendor is the recipient, as it is written.
    The data owner behind "access to license plate reader database" is not in the file, so it is not claimed.
    """

    about = About(
        slug="usaspending-cbp-ice",
        name="USAspending: contract obligations of CBP and ICE",
        licence="US government work, public domain",
        credit="USAspending.gov, as kept by the CBP & ICE Contract Spending Dashboard (wrags81)",
        url="https://github.com/wrags81/cbp-ice-dashboard",
        publisher="USAspending.gov",
        country="US",
    )

    def release(self, path: Path) -> PartialDate | None:
        """The day of the last transaction: the files do not say when they were fetched."""
        days = [line.on for line in lines_of(path) if isinstance(line, Line)]
        return PartialDate(max(days)) if days else None

    def read(self, path: Path) -> Iterator[Claimed | Refused]:
        """Lines that count for nothing, then the awards. Raises BadFile for what is no table or lacks a column."""
        awards: dict[str, dict[str, Line]] = defaultdict(dict)
        spoilt: dict[str, str] = {}
        for line in lines_of(path):
            if isinstance(line, Refused):
                spoilt[line.cells.get(AWARD, "")] = "an award with a line that cannot be read"
                yield line
                continue
            award = line.cells[AWARD]
            earlier = awards[award].setdefault(line.modification, line)
            if earlier is line:
                continue
            if earlier.cells == line.cells:
                yield line.refused("repeats an earlier line", f"line {earlier.number} of {earlier.file}")
            else:
                spoilt[award] = "two lines of one award with one modification number differ"
                yield line.refused(spoilt[award])
        for award, lines in awards.items():
            if award in spoilt:
                yield from (line.refused(spoilt[award]) for line in lines.values())
            else:
                yield _claimed(award, sorted(lines.values(), key=lambda one: (one.on, one.modification)))


def _claimed(award: str, lines: list[Line]) -> Claimed:
    first, last = lines[0], lines[-1]
    paid = last.paid
    maker = maker_of(line.what for line in lines)
    itself = maker is None or maker.itself.search(paid.upper()) is not None
    return Claimed(
        line=first.number,
        key=award,
        group=first.cells["Agency"],
        vendor=paid if maker is None or itself else maker.name,
        agency=AGENCIES[first.cells["Agency"]],
        subject=Subject(maker.technology, maker.technology_name, "contract", maker.product) if maker else _ANYTHING,
        summary=first.what,
        course=_course(lines),
        award=Award(
            number=first.cells["Award ID"],
            seller="" if itself else paid,
            obligated=tuple(Obligated(one.number, one.on, one.amount, one.modification, one.what) for one in lines),
        ),
        links=(Link(f"https://www.usaspending.gov/award/{award}", "USAspending.gov"),),
        details={
            "vendor_is": "recipient" if maker is None or itself else maker.role,
            "recipients": list(dict.fromkeys(line.paid for line in lines)),
            "product_or_service": plain(last.cells.get("Product/Service Description", "")),
            "industry": plain(last.cells.get("NAICS Description", "")),
            "last_action": last.on.isoformat(),
            "files": list(dict.fromkeys(line.file for line in lines)),
        },
        cells={"file": first.file, **first.cells},
    )


_ANYTHING = Subject("", "", "contract")


def _course(lines: list[Line]) -> Course:
    """It began with the award itself, if that is in the files. A closing entry comes after the end, whose day is not
    known; an award of which only entries without money are there was once, and may be over.
    """
    last = lines[-1]
    started = next((PartialDate(line.on) for line in lines if line.modification == _FIRST), None)
    detail = f"last entry {last.on}"
    if last.modification != _FIRST and last.amount <= 0 and _CLOSED.search(last.what.upper()):
        return Course("ended", detail, started=started, why_ended=last.what)
    return Course("confirmed" if any(line.amount > 0 for line in lines) else "unknown", detail, started=started)
