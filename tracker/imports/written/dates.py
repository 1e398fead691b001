"""Dates as people type them: the day, month or year that is surely meant, or none, beside what was written."""

import re
from calendar import month_name
from datetime import date

from tracker.dates import PartialDate
from tracker.imports.rows import Dated
from tracker.imports.written.text import plain

_MONTHS = {name[:3].lower(): number for number, name in enumerate(month_name) if name}
_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    "sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_TIME = re.compile(
    r"(?:T|\s+)(?:\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]\.?m\.?)?\s*(?:Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?|[ap]m)$",
    re.IGNORECASE | re.ASCII,
)
"""A time of day after a date, as in 2023-07-27T12:04:07Z, 2025-07-03 pm or 1/5/2020 0:00."""


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("MONTH", rf"(?P<name>{_MONTH})\.?"), re.IGNORECASE | re.ASCII)


_NUMBERED = _form(r"(?P<one>\d{1,2})\s?(?P<mark>[/.-])\s?(?P<two>\d{1,2})\s?(?P=mark)\s?(?P<y>\d{4}|\d{2})")
_FORMS = (
    _form(r"(?P<y>\d{4})"),
    _form(r"(?P<m>\d{1,2})\s?[/-]\s?(?P<y>\d{4})"),  # 10/2018
    _form(r"(?P<y>\d{4})([/.-])(?P<m>\d{1,2})\2(?P<d>\d{1,2})"),  # 2018-10-06, 2020-4-15, 2020/04/15
    _form(r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})"),  # 20181006
    _form(rf"{_WEEKDAY}MONTH\s*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})"),  # June 1st, 2016
    _form(rf"{_WEEKDAY}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?MONTH,?[\s-]+(?P<y>\d{{4}}|\d{{2}})"),
    _form(r"MONTH,?[\s-]+(?P<y>\d{4})"),  # August 2026
)
_MONTH_OF_YEAR = _form(r"(?P<y>\d{4})-(?P<m>\d{2})")
_SERIAL = re.compile(r"([3-5]\d{4})(?:\.0+)?", re.ASCII)
_SERIALS_FROM = 693_594  # Excel counts days from 30 December 1899, from its 61st day on
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_PIVOT = 69  # as POSIX has it: 69 and above are of the last century


def american_date(text: str) -> Dated:
    """A date written month first, as 10/06/2018, 3/22/18, 10/2018 or 2018, or in words; anything else has no value.

    Ranges (2017-2019), spreadsheet numbers (43146) and slips of the pen (01/17,2019) may mean several days.
    """
    raw = plain(text)
    return Dated(raw, _read(raw, day_first=False))


def any_date(text: str, *, day_first: bool = False) -> Dated:
    """The same for a column that certainly holds dates: a spreadsheet's number for a day is read as well.

    30000 to 59999 are the days of 1982 to 2064 as Excel counts them, shown where a cell has lost its format; Excel for
    Mac counted otherwise until 2011, and no file since. In any other column the number may be a postal code.
    `day_first` says how 10/06/2018 is meant; 26/03/2018 is not turned round, as it may be a slip as well.
    A range has no value: its first year is no more the date than its last. Nor has a day that no calendar has.
    Of a date with a time of day the day is kept as it was written, whatever its zone.
    """
    raw = plain(text)
    if found := _SERIAL.fullmatch(raw):
        return Dated(raw, PartialDate(date.fromordinal(_SERIALS_FROM + int(found[1]))))
    return Dated(raw, _read(raw, day_first=day_first))


def _read(raw: str, *, day_first: bool) -> PartialDate | None:
    written = _TIME.sub("", raw)
    if found := _NUMBERED.fullmatch(written):
        if found["mark"] == "." and not day_first:
            return None  # nobody who writes the month first writes dots
        month, day = ("two", "one") if day_first else ("one", "two")
        return _date(found["y"], found[month], found[day])
    if found := _MONTH_OF_YEAR.fullmatch(written):
        # 2011-12 may be a winter: only where the second number is not of a later year is it surely a month.
        return _date(found["y"], found["m"]) if int(found["m"]) <= int(found["y"][2:]) else None
    for form in _FORMS:
        if found := form.fullmatch(written):
            parts = found.groupdict()
            name = parts.get("name")
            return _date(parts["y"], str(_MONTHS[name.lower()[:3]]) if name else parts.get("m"), parts.get("d"))
    return None


def _date(year: str, month: str | None = None, day: str | None = None) -> PartialDate | None:
    """The date of these numbers, if there is such a day."""
    full = int(year) + (0 if len(year) == len("2018") else 1900 if int(year) >= _PIVOT else 2000)
    if not _FIRST_YEAR <= full <= _LAST_YEAR:
        return None
    try:
        return PartialDate.parse("-".join([f"{full:04}", *(f"{int(part):02}" for part in (month, day) if part)]))
    except ValueError:
        return None
