"""Which column of a file says what: the one thing that somebody has to tell about a file of their own. Pure Python."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from dataclasses import fields as fields_of
from enum import StrEnum
from functools import cached_property

from tracker.imports.written import plain

STATUSES = (
    "reported",
    "confirmed",
    "denied",
    "undisclosed",
    "unknown",
    "ended",
    "paused",
    "reinstated",
    "never_started",
)
"""The words of `Partnership.Status`, repeated so that a mapping is read without a database."""


class DateOrder(StrEnum):
    """Which number of 5/6/2020 is the month."""

    MONTH_FIRST = "month first"
    DAY_FIRST = "day first"


class DecimalMark(StrEnum):
    """What parts whole numbers from the rest: 1,234.50 has a point, 1.234,50 a comma."""

    POINT = "point"
    COMMA = "comma"


@dataclass(frozen=True)
class From:
    """Where one field comes from: the first of `columns` that says something, or the same `constant` for every row.

    `words` translates what the cells say, whatever their case; an empty translation leaves such rows out.
    """

    columns: tuple[str, ...] = ()
    constant: str = ""
    words: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.columns or self.constant)

    @cached_property
    def meanings(self) -> Mapping[str, str]:
        """What each word means, by the word in small letters."""
        return {plain(word).casefold(): meant for word, meant in self.words.items()}


_NOTHING = From()


@dataclass(frozen=True)
class ColumnMapping:
    """How one kind of file is read: what is told about the dataset, and a `From` for each field it has.

    With a vendor, each row claims that an agency uses something of theirs; without, it lists an agency.
    `date_order` and `decimal_mark` may be left to the file; `multi_vendor_separator` parts several vendors in a cell.
    """

    name: str = ""
    slug: str = ""
    licence: str = ""
    credit: str = ""
    url: str = ""
    publisher: str = ""
    country: str = "US"
    date_order: DateOrder | None = None
    decimal_mark: DecimalMark | None = None
    multi_vendor_separator: str = ""

    key: From = _NOTHING
    vendor: From = _NOTHING
    agency: From = _NOTHING
    agency_type: From = _NOTHING
    ori: From = _NOTHING
    city: From = _NOTHING
    county: From = _NOTHING
    state: From = _NOTHING
    latitude: From = _NOTHING
    longitude: From = _NOTHING
    technology: From = _NOTHING
    status: From = _NOTHING
    decided: From = _NOTHING
    started: From = _NOTHING
    ended: From = _NOTHING
    contract: From = _NOTHING
    modification: From = _NOTHING
    amount: From = _NOTHING
    currency: From = _NOTHING
    summary: From = _NOTHING
    link: From = _NOTHING

    def mapped(self) -> Iterator[tuple[str, From]]:
        """The fields that come from somewhere, by name."""
        for name in FIELDS:
            origin: From = getattr(self, name)
            if origin:
                yield name, origin

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that it reads, each once."""
        return tuple(dict.fromkeys(column for _, origin in self.mapped() for column in origin.columns))

    def lacks(self) -> list[str]:
        """What has to be told before a file can be read, in words; nothing if it is complete."""
        wanted = {
            "name": "the dataset's name",
            "url": "the address where the dataset is kept",
            "agency": "where the agency's name stands",
        }
        missing = [f"{name} ({what})" for name, what in wanted.items() if not getattr(self, name)]
        if self.vendor and not self.technology and not self.contract:
            missing.append("technology (what is used), or contract (the number of the contract)")
        if bool(self.latitude) != bool(self.longitude):
            missing.append("latitude and longitude: one is of no use without the other")
        return missing


FIELDS = tuple(one.name for one in fields_of(ColumnMapping) if one.type == "From" or one.type is From)
"""The fields that come from columns, in the order of a form."""
TOLD = tuple(one.name for one in fields_of(ColumnMapping) if one.name not in FIELDS)
"""What is told once for the whole file."""
COMBINED = {"key": " ", "link": ""}
"""Fields whose columns all count: those of a key are joined, each column of links may hold one."""
IDENTITY = ("agency", "ori", "city", "county", "state", "technology", "decided", "started", "contract", "amount")
"""What tells one row from another where the file has no key of its own, beside the vendor."""
DATES = ("decided", "started", "ended")
