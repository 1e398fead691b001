"""The day in a stamp: "June 10, 2020", "10. Juni 2020", "2020-06-10T09:00:00Z", "Wed, 10 Jun 2020 07:00:00 -0700"."""

# ruff: noqa: E501 - a list of names is read more easily on one line

import re
from datetime import date

# The first letters of the months in English, French, German, Spanish, Italian, Portuguese and Dutch, as regular words.
_MONTHS = (
    r"jan|ene(?=ro|\b)|gen(?=naio|\b)", r"f[eé]v|feb", r"m[aä]r|maart|mrt", r"apr|abr|avr", r"may|mai|mag(?=gio|\b)|mei|mayo",
    r"jun|juin|giu", r"jul|juil|lug", r"aug|ago(?=sto|\b)|ao[uû]", r"sep|set(?=embro|tembre|\b)", r"oct|okt|ott|out(?=ubro|\b)",
    r"nov", r"dec|dez|dic|d[eé]c",
)  # fmt: skip
_NAMES = tuple(re.compile(names, re.IGNORECASE) for names in _MONTHS)
_WORD = rf"(?P<month>(?:{'|'.join(_MONTHS)})[a-zûéäç]*)\.?"
_FORMS = (
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)"),
    re.compile(
        rf"(?<![\d:])(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?\s*(?:of\s+|de\s+)?[-\s]?{_WORD},?(?:\s+de)?[-\s]\s*(?P<y>(?:19|20)\d\d)\b",
        re.IGNORECASE,
    ),
    re.compile(rf"\b{_WORD}\s*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+(?P<y>(?:19|20)\d\d)\b", re.IGNORECASE),
    re.compile(r"(?P<y>(?:19|20)\d\d)\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日"),
)
_NUMBERS = re.compile(r"(?<![\d/.])(?P<a>\d{1,2})(?P<by>[/.])(?P<b>\d{1,2})(?P=by)(?P<y>(?:19|20)\d\d|\d\d)(?![\d/.])")
_IN_PATH = re.compile(r"/(?P<y>(?:19|20)\d\d)[/-](?P<m>\d{1,2})[/-](?P<d>\d{1,2})(?=[/-])")
_EARLIEST = 1990
_AROUND = " \u00a0-–—|:,•·()[]"


def day_in(text: str, *, month_first: bool = True) -> date | None:
    """The first day that `text` names with its year. `month_first` says how 06/10/2020 is read; dots are never American."""
    for form in _FORMS:
        if (match := form.search(text)) is not None:
            parts = match.groupdict()
            month = int(parts["m"]) if parts.get("m") else _month(parts["month"])
            return _made(int(parts["y"]), month, int(parts["d"]))
    if (match := _NUMBERS.search(text)) is None:
        return None
    one, other, year = int(match["a"]), int(match["b"]), int(match["y"])
    american = month_first and match["by"] == "/"
    month, day = (one, other) if (american and one <= 12) or other > 12 else (other, one)
    return _made(year + 2000 if year < 100 else year, month, day)


def without_day(text: str) -> tuple[date | None, str]:
    """The day that a headline begins or ends with, and the headline without it; None if it has none there."""
    for form in (*_FORMS, _NUMBERS):
        for match in form.finditer(text):
            before, after = text[: match.start()].strip(_AROUND), text[match.end() :].strip(_AROUND)
            if (not before or not after) and before + after:
                return day_in(match.group()), before + after
    return None, text


def day_in_path(link: str) -> date | None:
    """The day in an address such as /2020/06/10/a-headline."""
    match = _IN_PATH.search(link)
    return _made(int(match["y"]), int(match["m"]), int(match["d"])) if match else None


def _month(name: str) -> int:
    return next(number for number, names in enumerate(_NAMES, 1) if names.match(name))


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year >= _EARLIEST else None
    except ValueError:
        return None
