"""The month of a decision, held against the day on which it was listed and the date in the address of its article."""

import re
from datetime import date

from tracker.dates import PartialDate, Precision
from tracker.imports.rows import Dated

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, start=1)}
_IN_ADDRESS = re.compile(
    rf"(?<!\d)(20\d\d)[/-](0[1-9]|1[0-2]|{'|'.join(_NAMES)})(?:[/-](0?[1-9]|[12]\d|3[01]))?(?=[/_-]|$)"
)
_EARLY, _LATE = 1, 2
"""By how many months an article may come before the decision that it tells of, and after it."""


def published(address: str) -> Dated:
    """The date in the address of an article, as in /2026/08/04/ and /2026/jul/24/; newspapers write it there."""
    found = _IN_ADDRESS.search(address)
    if found is None:
        return Dated("")
    year, month, day = found.groups()
    written = f"{year}-{_MONTHS.get(month, month):02}" if month in _MONTHS else f"{year}-{month}"
    try:
        return Dated(found[0], PartialDate.parse(f"{written}-{int(day):02}" if day else written))
    except ValueError:
        return Dated(found[0])


def month_of(year: str, month: str, *, listed: date, article: str) -> tuple[PartialDate | None, str]:
    """The month that is written, and nothing; or no month, and why it cannot be."""
    try:
        said = PartialDate(date(int(year), int(month), 1), Precision.MONTH)
    except ValueError:
        return None, "is no month"
    if said.first > listed:
        return None, f"lies after {listed}, when it was first listed"
    printed = published(article).value
    if printed is None:
        return said, ""
    after = (printed.first.year - said.first.year) * 12 + printed.first.month - said.first.month
    return (said, "") if -_EARLY <= after <= _LATE else (None, f"is far from the article, which is of {printed}")
