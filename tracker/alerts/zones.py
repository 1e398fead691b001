"""Time zones that can be chosen: those that both Python and PostgreSQL know, since PostgreSQL does the arithmetic."""

from functools import lru_cache
from zoneinfo import available_timezones

from django.db import connection

_REGIONS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@lru_cache(maxsize=1)
def known() -> frozenset[str]:
    """The names. One query, once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_timezone_names")
        theirs = {row[0] for row in cursor.fetchall()}
    named = {name for name in theirs & available_timezones() if name.partition("/")[0] in _REGIONS}
    return frozenset(named | {"UTC"})


def by_region() -> list[tuple[str, list[tuple[str, str]]]]:
    """For a list to choose from: each region with its zones, as (name, words)."""
    regions: dict[str, list[tuple[str, str]]] = {"UTC": [("UTC", "UTC")]}
    for name in sorted(known() - {"UTC"}):
        region = name.partition("/")[0]
        regions.setdefault(region, []).append((name, words(name)))
    return list(regions.items())


def words(name: str) -> str:
    """A zone as its list has it: the place that it is named after."""
    return (name.partition("/")[2] or name).replace("_", " ")
