"""Dates in files of any kind. What 5/6/2020 means is asked of the other dates of the file, or left open."""

import re
from collections.abc import Iterable
from datetime import datetime

from tracker.dates import PartialDate
from tracker.imports.mapped.mapping import DateOrder
from tracker.imports.rows import Dated
from tracker.imports.written import plain

_TIME = r"(?:[T ]\d{1,2}(?::?\d{2}){1,2}(?:\.\d+)?)? ?(?:[ap]m)? ?(?:Z|UTC|[+-]\d{2}:?\d{2})?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})(?:\2(\d{{1,2}}){_TIME})?", re.ASCII | re.IGNORECASE)
_YEAR_LAST = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}", re.ASCII | re.IGNORECASE)
_MONTH_AND_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})", re.ASCII)
_RUN_TOGETHER = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})", re.ASCII)
_YEAR = re.compile(r"(?:19|20)\d{2}", re.ASCII)
_WORDED = ("%B %d %Y", "%b %d %Y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y")
_WORDED_MONTH = ("%B %Y", "%b %Y", "%b-%Y", "%B-%Y")
_THIS_CENTURY = 50
_MONTHS = 12
_FEW, _RARE = 10, 0.2


class NoSuchDay(ValueError):
    """A text in the form of a date that no calendar has, such as 31/02/2020."""


def day(text: str, order: DateOrder | None = None) -> Dated:
    """The date that the text writes; without a value where it may mean several, or is none (“Current”, 43146).

    `order` settles 5/6/2020; without it, only 5/13/2020 and 13/5/2020 have a value. Raises NoSuchDay for 31/02/2020.
    """
    raw = plain(text)
    return Dated(raw, _meant(raw, order))


def order_of(texts: Iterable[str]) -> DateOrder | None:
    """Whether days or months come first in these dates: what their numbers above 12 show; None if that is unclear.

    It is unclear too where such numbers are rare, for then they are slips of the pen: two of three days are above 12.
    """
    first = second = seen = 0
    for text in texts:
        if found := _YEAR_LAST.fullmatch(text.strip()):
            seen += 1
            first += int(found[1]) > _MONTHS
            second += int(found[3]) > _MONTHS
    telling = first + second
    if not telling or (first and second) or (seen >= _FEW and telling < _RARE * seen):
        return None
    return DateOrder.DAY_FIRST if first else DateOrder.MONTH_FIRST


def _meant(raw: str, order: DateOrder | None) -> PartialDate | None:
    if found := _YEAR_FIRST.fullmatch(raw):
        return _year_first(raw, found[1], found[3], found[4])
    if found := _RUN_TOGETHER.fullmatch(raw):
        try:
            return _date(raw, *found.groups())
        except NoSuchDay:
            return None  # a number of eight digits
    if found := _YEAR_LAST.fullmatch(raw):
        return _year_last(raw, found[1], found[3], found[4], order)
    if found := _MONTH_AND_YEAR.fullmatch(raw):
        return _date(raw, found[2], found[1])
    if _YEAR.fullmatch(raw):
        return PartialDate.parse(raw)
    return _worded(raw)


def _year_first(raw: str, year: str, month: str, number: str | None) -> PartialDate | None:
    if number is None and int(month) == int(year[2:]) + 1:
        return None  # 2011-12 may be two years
    return _date(raw, year, month, number)


def _year_last(raw: str, first: str, second: str, year: str, order: DateOrder | None) -> PartialDate | None:
    if len(year) < len("2020"):
        if int(year) >= _THIS_CENTURY:
            return None
        year = f"20{year}"
    if int(first) > _MONTHS and int(second) > _MONTHS:
        raise NoSuchDay(f"“{raw}” is no day of any year")
    shown = _certain(int(first), int(second))
    if (shown or order) is None and int(first) != int(second):
        return None
    month, number = (second, first) if (shown or order) is DateOrder.DAY_FIRST else (first, second)
    meant = _date(raw, year, month, number)
    return None if shown and order and shown is not order else meant


def _certain(first: int, second: int) -> DateOrder | None:
    if first > _MONTHS:
        return DateOrder.DAY_FIRST
    return DateOrder.MONTH_FIRST if second > _MONTHS else None


def _date(raw: str, year: str, month: str, number: str | None = None) -> PartialDate:
    try:
        return PartialDate.parse(f"{year}-{int(month):02}" + (f"-{int(number):02}" if number else ""))
    except ValueError as error:
        raise NoSuchDay(f"“{raw}” is no day of any year") from error


def _worded(raw: str) -> PartialDate | None:
    tidy = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", raw.replace(",", " ").replace(".", " "), flags=re.IGNORECASE)
    tidy = re.sub(r"\bsept\b", "Sep", " ".join(tidy.split()), flags=re.IGNORECASE)
    for forms, whole in ((_WORDED, True), (_WORDED_MONTH, False)):
        for form in forms:
            try:
                found = datetime.strptime(tidy, form).date()  # noqa: DTZ007 (a day has no zone)
            except ValueError:
                continue
            return PartialDate(found) if whole else PartialDate.parse(f"{found.year:04}-{found.month:02}")
    return None
