"""Sums in dollars as people and spreadsheets type them."""

import re
from decimal import Decimal

from tracker.imports.written.text import plain

_SUM = re.compile(
    r"(?P<minus>-)?\s?(?:US\s?\$|USD|\$)?\s?(?P<inner>-)?(?P<whole>\d{1,3}(?:,\d{3})+|\d+)?(?P<part>\.\d+)?(?:\s?USD)?",
    re.ASCII,
)


def money(raw: str) -> Decimal:
    """The sum that is written, as “$1,234.50”, “-5” or “(12.00)”, which is how book-keepers write less than nothing.

    Raises ValueError for anything else: words (“1.2 million”), another currency, commas that part no thousands.
    """
    written = plain(raw)
    negative = written.startswith("(") and written.endswith(")")
    found = _SUM.fullmatch(written[1:-1].strip() if negative else written)
    if not found or not (found["whole"] or found["part"]):
        raise ValueError(f"“{written[:40]}” is not a sum in dollars")
    signs = negative + bool(found["minus"]) + bool(found["inner"])
    if signs > 1:
        raise ValueError(f"“{written[:40]}” is negative twice")
    amount = Decimal((found["whole"] or "0").replace(",", "") + (found["part"] or ""))
    return -amount if signs and amount else amount
