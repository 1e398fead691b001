"""The day a page is looked at: `?on=2021-05-18`, or today.

The one place of the public site that reads the clock.
"""

import re
from datetime import date

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils import timezone

_WRITTEN = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_FIRST, _LAST = date(1900, 1, 1), date(2199, 12, 31)


class BadDay(BadRequest):
    """`?on=` is no day. The message says what to write; the error page shows it."""


def days(request: HttpRequest) -> tuple[date, date]:
    """The day asked for and today. Raises BadDay like `asof`."""
    return asof(request), timezone.localdate()


def asof(request: HttpRequest) -> date:
    """The day asked for with `?on=`, else today (UTC).

    Raises BadDay, answered as 400, for anything that is no day.
    """
    text = request.GET.get("on", "").strip()
    if not text:
        return today()
    day = _day(text)
    if day is None:
        raise BadDay(f"“{text[:40]}” is not a day. Write it as year-month-day, for example ?on=2021-05-18.")
    if not _FIRST <= day <= _LAST:
        raise BadDay(f"{day} is out of range. Write a day from {_FIRST} to {_LAST}, for example ?on=2021-05-18.")
    return day


def today() -> date:
    """Today in UTC."""
    return timezone.localdate()


def _day(text: str) -> date | None:
    if not _WRITTEN.fullmatch(text):
        return None  # fromisoformat also takes 20210518 and 2021-W20-2
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
