"""The dates and lengths of time that a sentence names, read against the day on which it was published. Pure.

An own grammar, because general parsers find dates in "of 7-2", "may" and "Dec. 5th" that are none.
"""

# ruff: noqa: E501 - a wording is read more easily on one line

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.dates import PartialDate, Precision

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBER_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen"
)
_NUMBERS = {word: number for number, word in enumerate(_NUMBER_WORDS.split())} | {
    "a": 1,
    "an": 1,
    "another": 1,
    "twenty": 20,
    "thirty": 30,
    "sixty": 60,
    "ninety": 90,
    "twenty-four": 24,
    "thirty-six": 36,
    "forty-eight": 48,
}
# Lengths that are no number and unit, in months and days.
_SPECIAL = {
    "a year and a half": (18, 0),
    "half a year": (6, 0),
    "half-year": (6, 0),
    "half year": (6, 0),
    "two and a half years": (30, 0),
    "a decade": (120, 0),
    "a fortnight": (0, 14),
}

_MONTH = (
    r"(?P<month>jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?|sept?(?:ember|\.)?"
    r"|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_WEEKDAY = r"(?P<weekday>monday|tuesday|wednesday|thursday|friday|saturday|sunday)"

_FORMS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"\b(?P<iso>\d{4}-\d{2}-\d{2})\b",
        rf"\b(?P<edge>end|beginning|start|middle) of (?:{_MONTH},? )?{_YEAR}\b",
        r"\b(?P<edge>end) of (?P<next>next|this|the) (?P<unit>year|month)\b",
        rf"\b(?P<edge>end|beginning|start|middle) of {_MONTH}\b",
        r"\b(?P<past>\d{1,2}|an?|two|three|four|five|six|ten) (?P<ago>day|week|month)s? ago\b",
        r"\b(?P<ago_last>last month)\b",
        rf"\b{_DAY} (?:of )?{_MONTH},? {_YEAR}\b",
        rf"\b{_MONTH} {_DAY},? {_YEAR}\b",
        rf"\b{_MONTH} {_DAY}\b(?![,.]\d)",
        rf"\b{_DAY} {_MONTH}\b",
        rf"(?<!\d )\b{_MONTH},? {_YEAR}\b",
        r"\bnew year[’']s (?P<new_year>eve|day)\b",
        rf"\b{_WEEKDAY}\b",
        r"\b(?P<today>today|tonight|this (?:morning|afternoon|evening)|overnight|yesterday|immediately|at once|with immediate effect|effective immediately)\b",
        rf"(?:(?<=\bin )|(?<=\bby )|(?<=\buntil )|(?<=\bthrough )|(?<=\bsince )){_YEAR}\b",
    )
)
_LENGTH = re.compile(
    r"\b(?P<count>\d{1,3}|"
    + "|".join(sorted(_NUMBERS, key=len, reverse=True))
    + r")[ -](?:full )?(?P<unit>day|week|month|year)s?\b",
    re.IGNORECASE,
)

_SPECIAL_LENGTH = re.compile(rf"\b(?:{'|'.join(sorted(_SPECIAL, key=len, reverse=True))})\b", re.IGNORECASE)

_IN_MONTHS_AND_DAYS = {"day": (0, 1), "week": (0, 7), "month": (1, 0), "year": (12, 0)}


@dataclass(frozen=True)
class Day:
    """A date that a sentence names, and where. `relative` when it was worked out from the publication day."""

    start: int
    end: int
    date: PartialDate
    last_day: bool = False
    relative: bool = False


@dataclass(frozen=True)
class Length:
    """A length of time that a sentence names, and where."""

    start: int
    end: int
    months: int
    days: int

    def after(self, start: PartialDate) -> PartialDate:
        """The first day after this length from `start`: "one year" from 2020-06-10 ends on 2021-06-10."""
        moved = plus_months(start.first, self.months) + timedelta(days=self.days)
        if start.precision is Precision.DAY:
            return PartialDate(moved)
        if start.precision is Precision.YEAR and not self.days and self.months % 12 == 0:
            return PartialDate(moved.replace(month=1, day=1), Precision.YEAR)
        return PartialDate(moved.replace(day=1), Precision.MONTH)


def plus_months(day: date, months: int) -> date:
    """The same day `months` later, or the last day of a month that is too short for it."""
    whole = day.year * 12 + day.month - 1 + months
    year, month = whole // 12, whole % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def days_in(text: str, published: date) -> list[Day]:
    """The dates named in `text`, from left to right, none inside another."""
    found: list[Day] = []
    for form in _FORMS:
        for match in form.finditer(text):
            if any(match.start() < day.end and day.start < match.end() for day in found):
                continue
            day = _day(match, text, published)
            if day is not None:
                found.append(day)
    return sorted(found, key=lambda day: day.start)


def lengths_in(text: str) -> list[Length]:
    """The lengths of time named in `text`, from left to right, none inside another."""
    found = [
        Length(match.start(), match.end(), *_SPECIAL[match.group().lower()]) for match in _SPECIAL_LENGTH.finditer(text)
    ]
    for match in _LENGTH.finditer(text):
        if any(match.start() < one.end and one.start < match.end() for one in found):
            continue
        word = match.group("count").lower()
        count = int(word) if word.isdigit() else _NUMBERS[word]
        if count:
            months, days = _IN_MONTHS_AND_DAYS[match.group("unit").lower()]
            found.append(Length(match.start(), match.end(), count * months, count * days))
    return sorted(found, key=lambda one: one.start)


def _day(match: re.Match[str], text: str, published: date) -> Day | None:
    parts = match.groupdict()
    place = (match.start(), match.end())
    try:
        if parts.get("ago"):
            word = parts["past"].lower()
            count = int(word) if word.isdigit() else _NUMBERS[word]
            return _ago(place, count, parts["ago"].lower(), published)
        if parts.get("ago_last"):
            return _ago(place, 1, "month", published)
        if parts.get("iso"):
            return Day(*place, PartialDate.parse(parts["iso"]))
        if parts.get("edge"):
            return _edge(place, parts, published)
        if parts.get("weekday"):
            return Day(
                *place,
                PartialDate(_weekday(parts["weekday"], text[: match.start()], published)),
                relative=True,
            )
        if parts.get("today"):
            back = 1 if parts["today"].lower() == "yesterday" else 0
            return Day(*place, PartialDate(published - timedelta(days=back)), relative=True)
        if parts.get("new_year"):
            month, number = (12, 31) if parts["new_year"].lower() == "eve" else (1, 1)
            return Day(*place, PartialDate(_nearest(month, number, text[: place[0]], published)), relative=True)
        if parts.get("month") is None:
            return Day(*place, PartialDate(date(int(parts["year"]), 1, 1), Precision.YEAR))
        return _month_and_day(place, parts, text, published)
    except ValueError:
        # "31 June" and the like: no date.
        return None


def _month_and_day(place: tuple[int, int], parts: dict[str, str], text: str, published: date) -> Day | None:
    month = _MONTHS.index(parts["month"].lower()[:3]) + 1
    if parts["month"][0].islower():
        # "it may", "to march": months are written with a capital.
        return None
    if parts.get("day") is None:
        return Day(*place, PartialDate(date(int(parts["year"]), month, 1), Precision.MONTH))
    if parts.get("year"):
        return Day(*place, PartialDate(date(int(parts["year"]), month, int(parts["day"]))))
    return Day(*place, PartialDate(_nearest(month, int(parts["day"]), text[: place[0]], published)), relative=True)


_AHEAD = re.compile(
    r"\b(?:until|through|from|starts?|starting|beginning|effect|effective|by|before|expires?|ends?"
    r"|week of|as of|will)\b[^.]{0,25}$",
    re.IGNORECASE,
)


def _nearest(month: int, day: int, before: str, published: date) -> date:
    """The year that a day without one means: the next such day after "until", "from", "by", else the nearest
    past.
    """
    this = date(published.year, month, day)
    if _AHEAD.search(before):
        return this if this >= published - timedelta(days=45) else this.replace(year=this.year + 1)
    return this if this <= published + timedelta(days=31) else this.replace(year=this.year - 1)


def _weekday(name: str, before: str, published: date) -> date:
    back = (published.weekday() - _WEEKDAYS.index(name.lower())) % 7
    if re.search(r"\bnext\s+$", before, re.IGNORECASE):
        return published + timedelta(days=(7 - back) % 7 or 7)
    if back == 0 and re.search(r"\blast\s+$", before, re.IGNORECASE):
        back = 7
    return published - timedelta(days=back)


def _ago(place: tuple[int, int], count: int, unit: str, published: date) -> Day:
    """ "Two days ago" is a day, "three weeks ago" and "last month" a month."""
    if unit == "day":
        return Day(*place, PartialDate(published - timedelta(days=count)), relative=True)
    moved = published - timedelta(days=7 * count) if unit == "week" else plus_months(published.replace(day=1), -count)
    return Day(*place, PartialDate(moved.replace(day=1), Precision.MONTH), relative=True)


def _edge(place: tuple[int, int], parts: dict[str, str], published: date) -> Day | None:
    if parts.get("unit"):
        step = 1 if parts["next"].lower() == "next" else 0
        if parts["unit"].lower() == "year":
            return Day(*place, PartialDate(date(published.year + step, 12, 31)), last_day=True, relative=True)
        month = plus_months(published.replace(day=1), step)
        return Day(*place, PartialDate(PartialDate(month, Precision.MONTH).last), last_day=True, relative=True)
    if not parts.get("year"):
        if parts["month"][0].islower():
            return None
        number = _MONTHS.index(parts["month"].lower()[:3]) + 1
        first = PartialDate(_nearest(number, 1, "until ", published), Precision.MONTH)
        ends = parts["edge"].lower() == "end"
        return Day(*place, PartialDate(first.last) if ends else first, last_day=ends, relative=True)
    year = int(parts["year"])
    if parts.get("month"):
        first = PartialDate(date(year, _MONTHS.index(parts["month"].lower()[:3]) + 1, 1), Precision.MONTH)
    else:
        first = PartialDate(date(year, 1, 1), Precision.YEAR)
    if parts["edge"].lower() == "end":
        return Day(*place, PartialDate(first.last), last_day=True)
    return Day(*place, first)
