"""A date known to the day, the month or the year, written as in EDTF level 0 (ISO 8601-2): 2020-06-10, 2020-06, 2020.

Pure Python: no Django, no clock.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

_EDTF = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_ONE_DAY = timedelta(days=1)
_LAST_YEAR = 9998  # what comes after it must be a day as well


class Precision(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, order=True)
class PartialDate:
    """A day, a month or a year of the Gregorian calendar: the range of days that it may mean.

    `first` is its first day; a day is its own first day. Sorts by first day, then by precision.
    """

    first: date
    precision: Precision = Precision.DAY

    def __post_init__(self) -> None:
        if self.first.year > _LAST_YEAR:
            raise ValueError(f"years go up to {_LAST_YEAR}")
        if self.precision is not Precision.DAY and self.first.day != 1:
            raise ValueError(f"a {self.precision} starts on its first day, not on {self.first}")
        if self.precision is Precision.YEAR and self.first.month != 1:
            raise ValueError(f"a year starts in January, not on {self.first}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """The date that `text` writes. Raises ValueError, naming the text, if it is none (2021-02-30, "May")."""
        found = _EDTF.fullmatch(text.strip())
        if found is None:
            raise ValueError(f"“{text[:40]}” is not a date: write 2020-06-10, 2020-06 or 2020")
        year, month, day = found.groups()
        precision = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
        try:
            return cls(date(int(year), int(month or 1), int(day or 1)), precision)
        except ValueError as error:
            raise ValueError(f"“{text}” is not a date: {error}") from error

    @classmethod
    def spanning(cls, first: date, after: date) -> Self:
        """The date whose days are `first` up to, not including, `after`. Raises ValueError if no date spans these."""
        for precision in Precision:
            try:
                candidate = cls(first, precision)
            except ValueError:
                continue
            if candidate.after == after:
                return candidate
        raise ValueError(f"{first} to {after} is neither a day nor a month nor a year")

    @property
    def last(self) -> date:
        """Its last day."""
        match self.precision:
            case Precision.DAY:
                return self.first
            case Precision.MONTH:
                return self.first.replace(day=monthrange(self.first.year, self.first.month)[1])
            case Precision.YEAR:
                return self.first.replace(month=12, day=31)

    @property
    def after(self) -> date:
        """The first day after it."""
        return self.last + _ONE_DAY

    @property
    def exact(self) -> bool:
        """Whether it is known to the day."""
        return self.precision is Precision.DAY

    def __str__(self) -> str:
        return self.first.isoformat()[: {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[self.precision]]

    def in_words(self) -> str:
        """As a reader of the site sees it: “10 June 2020”, “June 2020”, “2020”."""
        match self.precision:
            case Precision.DAY:
                return f"{self.first.day} {self.first:%B %Y}"
            case Precision.MONTH:
                return f"{self.first:%B %Y}"
            case Precision.YEAR:
                return f"{self.first:%Y}"


def plus_years(day: date, years: int) -> date:
    """The same day `years` later; from 29 February it is 28 February where there is no 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
