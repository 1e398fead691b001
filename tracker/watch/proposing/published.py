"""The day on which a page says that it was published. Only what the page says about itself, never a guess."""

import re
from datetime import date, timedelta

_STATED = (
    re.compile(
        r"""<meta[^>]+(?:property|name|itemprop)=["'](?:article:published_time|datePublished|date|dc\.date|pubdate)["'][^>]*>""",
        re.IGNORECASE,
    ),
    re.compile(r'"datePublished"\s*:\s*"([^"]{10,40})"'),
)
_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})")
# A page that says it is older than this, when its text has just appeared, speaks of something else.
_FRESH = timedelta(days=31)
_HEAD = 200_000


def published_on(html: str, *, seen: date) -> date:
    """The day that the page states, if it lies shortly before `seen`, the day it was seen; else `seen`."""
    for form in _STATED:
        for match in form.finditer(html[:_HEAD]):
            day = _DAY.search(match.group())
            stated = _read(day) if day else None
            if stated is not None and seen - _FRESH <= stated <= seen:
                return stated
    return seen


def _read(match: re.Match[str]) -> date | None:
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return None
