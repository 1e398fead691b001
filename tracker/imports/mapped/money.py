"""Sums of money as cells write them: $1,234.56, 1.234,56 €, (500.00), $1.2 million."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from tracker.imports.mapped.mapping import DecimalMark

SIGNS = {"£": "GBP", "€": "EUR", "us$": "USD", "c$": "CAD", "ca$": "CAD", "a$": "AUD", "au$": "AUD"}
CODES = ("USD", "GBP", "EUR", "CAD", "AUD", "NZD", "CHF", "SEK", "DKK", "NOK", "PLN")
DOLLARS = {"US": "USD", "CA": "CAD", "AU": "AUD", "NZ": "NZD"}
"""What a bare $ means in a file about that country."""

_SUM = re.compile(
    r"(?P<minus>[-−(])?\s*(?P<before>[a-z]{0,3}[$£€]|[a-z]{3})?\s*(?P<minus2>[-−])?\s*"
    r"(?P<digits>\d[\d.,' ]*?|[.,]\d+)\s*"
    r"(?P<times>k|thousand|m|mm|mn|million|bn|b|billion)?\s*(?P<after>[$£€]|[a-z]{3})?\s*(?P<close>\))?",
    re.IGNORECASE | re.ASCII,
)
_TIMES = {"k": 3, "thousand": 3, "m": 6, "mm": 6, "mn": 6, "million": 6, "bn": 9, "b": 9, "billion": 9}
_GROUP = 3
_LONGEST = 40


@dataclass(frozen=True)
class Sum:
    """An amount, and its currency if the cell says it ("" if not; "$" for dollars of whatever country)."""

    amount: Decimal
    currency: str = ""


def money(text: str, mark: DecimalMark | None = None) -> Sum | None:
    """The sum that a cell states; None for a cell that states none, or where 1,234 may be either of two.

    `mark` is what parts the decimals in this file, if that is known.
    """
    found = _SUM.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if found is None or bool(found["close"]) != (found["minus"] == "("):
        return None
    currency = _currency(found["before"] or found["after"] or "")
    number = _number(found["digits"].strip(), mark)
    if currency is None or number is None:
        return None
    number = number * 10 ** _TIMES[found["times"].lower()] if found["times"] else number
    return Sum(-number if found["minus"] or found["minus2"] else number, currency)


def mark_of(texts: Iterable[str]) -> DecimalMark | None:
    """What parts the decimals in these sums, as those show that can be read in one way only; None if unclear."""
    shown = set()
    for text in texts:
        found = _SUM.fullmatch(text.strip()) if len(text) <= _LONGEST else None
        if found and (mark := _shown(found["digits"].strip())):
            shown.add(mark)
    return shown.pop() if len(shown) == 1 else None


def _currency(written: str) -> str | None:
    if written in ("", "$"):
        return written
    if written.upper() in CODES:
        return written.upper()
    return SIGNS.get(written.casefold())


def _shown(digits: str) -> DecimalMark | None:
    marks = [character for character in digits if character in ".,"]
    if not marks:
        return None
    last = DecimalMark.POINT if marks[-1] == "." else DecimalMark.COMMA
    other = DecimalMark.COMMA if marks[-1] == "." else DecimalMark.POINT
    if len(set(marks)) > 1:
        return last
    if len(marks) > 1:
        return other
    return last if len(digits.rpartition(marks[-1])[2]) != _GROUP or digits[0] in ".," else None


def _number(digits: str, mark: DecimalMark | None) -> Decimal | None:
    mark = mark or _shown(digits) or (None if set(digits) & set(".,") else DecimalMark.POINT)
    if mark is None:
        return None
    decimal, group = (".", ",") if mark is DecimalMark.POINT else (",", ".")
    whole, _, rest = digits.partition(decimal)
    first, *groups = re.split(rf"[{re.escape(group)}' ]", whole)
    if any(len(one) != _GROUP for one in groups) or not (rest.isdecimal() or not rest):
        return None
    number = "".join((first, *groups)) or "0"
    return Decimal(f"{number}.{rest or 0}") if number.isdecimal() else None
