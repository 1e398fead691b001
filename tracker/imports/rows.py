"""What a dataset's `read` yields: claims as the file writes them, and rows refused with a reason. No database."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from tracker.dates import PartialDate


class BadFile(ValueError):
    """The file as a whole is not one of this dataset. The message says what is wrong with it."""


@dataclass(frozen=True)
class Dated:
    """A date as the file writes it, and what it surely means, if anything."""

    raw: str
    value: PartialDate | None = None


@dataclass(frozen=True)
class Link:
    """An address that the row cites."""

    url: str
    publisher: str = ""
    published: Dated = field(default_factory=lambda: Dated(""))


@dataclass(frozen=True)
class AgencyNamed:
    """An agency as the row names it. `state` is a postal code, `ori` the FBI's number for it."""

    name: str
    state: str
    city: str = ""
    kind: str = "other"
    county: str = ""
    ori: str = ""


@dataclass(frozen=True)
class Subject:
    """What is used: a technology by slug and name, perhaps a product by slug, and the kind of partnership."""

    technology: str
    technology_name: str
    kind: str = "uses"
    product: str = ""


@dataclass(frozen=True)
class Obligated:
    """Money that one line of a file promises under an award, or takes back (negative)."""

    line: int
    on: date
    amount: Decimal
    modification: str = ""
    what: str = ""


@dataclass(frozen=True)
class Course:
    """What became of a partnership, as the row has it: in the words of `Partnership.Status`, with its days."""

    status: str = "reported"
    detail: str = ""
    decided: PartialDate | None = None
    started: PartialDate | None = None
    ended: PartialDate | None = None
    why_ended: str = ""


@dataclass(frozen=True)
class Award:
    """A contract by its number, who is paid if that is not the maker, and what was obligated under it, line by line."""

    number: str
    currency: str = "USD"
    seller: str = ""
    obligated: tuple[Obligated, ...] = ()

    @property
    def amount(self) -> Decimal:
        """The sum of what was obligated and taken back."""
        return sum((one.amount for one in self.obligated), Decimal(0))


@dataclass(frozen=True)
class Claimed:
    """One record of a file that says who works with whom. `key` is the dataset's own number for it.

    `details` is what only this dataset gives, as JSON; `cells` the row as it was read, for who looks it over.
    """

    line: int
    key: str
    group: str
    vendor: str
    agency: AgencyNamed
    subject: Subject
    summary: str = ""
    course: Course = field(default_factory=Course)
    award: Award | None = None
    links: tuple[Link, ...] = ()
    details: Mapping[str, object] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class AgencyListed:
    """One row of a list of agencies: that there is one, where, and its number. Coordinates in degrees, WGS 84."""

    line: int
    key: str
    group: str
    agency: AgencyNamed
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """A name of which it is not certain whom it means: `candidates` are organisations by pk, each with a reason."""

    role: str
    name: str
    state: str = ""
    candidates: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Refused:
    """A row that makes no claim, why, what in it is to blame, and the row as it was read.

    `asked` is what an editor could answer so that the row counts the next time.
    """

    line: int
    group: str
    reason: str
    sample: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)
    asked: Asked | None = None


@dataclass(frozen=True)
class About:
    """Whose dataset it is, under which terms, and where it is kept. Its claims have `slug` as their origin."""

    slug: str
    name: str
    licence: str
    credit: str
    url: str
    publisher: str
    country: str


class Dataset(Protocol):
    """A folder in this package: how one dataset is read."""

    about: About

    def release(self, path: Path) -> PartialDate | None:
        """The day on which the file was made, if it says so."""

    def read(self, path: Path) -> Iterator[Claimed | AgencyListed | Refused]:
        """Its rows, in order. Raises BadFile where it is not a file of this dataset."""
