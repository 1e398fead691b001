"""Whether two lists of counties are of one place."""

import re
from difflib import SequenceMatcher

from tracker.imports.meant.agency_names import same_place

_ALIKE = 0.8


def counties(written: str) -> list[str]:
    """The counties of a cell: "Ogle County, Winnebago County", "KENT; SUSSEX"."""
    return [part.strip() for part in re.split(r"[;,/]", written) if part.strip()]


def agrees(one: str, other: str) -> bool:
    """Whether both say a county, and one is in both."""
    return any(same_place(here, there) for here in counties(one) for there in counties(other))


def contradicts(one: str, other: str) -> bool:
    """Whether both say counties and have none in common, slips of the pen aside ("Okalhoma")."""
    if not one or not other or agrees(one, other):
        return False
    pairs = [(here.casefold(), there.casefold()) for here in counties(one) for there in counties(other)]
    return not any(
        SequenceMatcher(None, re.sub(r" (county|parish)$", "", here), there).ratio() >= _ALIKE for here, there in pairs
    )
