"""Text and dates as people type them into spreadsheets. Pure Python; what is not sure is left alone."""

import re
import unicodedata
from datetime import datetime

from tracker.dates import PartialDate
from tracker.imports.rows import Dated

_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})", re.ASCII)
_MONTH = re.compile(r"(\d{1,2})/(\d{4})", re.ASCII)
_IN_WORDS = ("%B %d, %Y", "%d %b %Y", "%d %B %Y")


def plain(text: str) -> str:
    """The text without what cannot be seen (zero-width characters, marks of direction) and with single spaces."""
    seen = "".join(each for each in unicodedata.normalize("NFC", text) if unicodedata.category(each) != "Cf")
    return " ".join("".join(" " if unicodedata.category(each) == "Cc" else each for each in seen).split())


def american_date(text: str) -> Dated:
    """A date written month first, as 10/06/2018, 3/22/18, 10/2018 or 2018, or in words; anything else has no value.

    Ranges (2017-2019), spreadsheet numbers (43146) and slips of the pen (01/17,2019) may mean several days.
    """
    raw = plain(text)
    try:
        return Dated(raw, _american(raw))
    except ValueError:
        return Dated(raw)


def _american(raw: str) -> PartialDate | None:
    if found := _SLASHED.fullmatch(raw):
        month, day, year = found.groups()
        return PartialDate.parse(f"{'20' * (len(year) == 2)}{year}-{int(month):02}-{int(day):02}")
    if found := _MONTH.fullmatch(raw):
        return PartialDate.parse(f"{found[2]}-{int(found[1]):02}")
    if len(raw) in (4, 10):
        return PartialDate.parse(raw)
    for form in _IN_WORDS:
        try:
            return PartialDate(datetime.strptime(raw, form).date())  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    return None
