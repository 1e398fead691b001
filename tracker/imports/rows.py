"""What a dataset's `read` yields: claims as the file writes them, and rows refused with a reason. No database."""

from collections.abc import Iterator
from dataclasses import dataclass, field
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
    """An agency as the row names it. `state` is a postal code."""

    name: str
    state: str
    city: str = ""
    kind: str = "other"


@dataclass(frozen=True)
class Subject:
    """What is used: a technology by slug and name, perhaps a product by slug, and the kind of partnership."""

    technology: str
    technology_name: str
    kind: str = "uses"
    product: str = ""


@dataclass(frozen=True)
class Claimed:
    """One row that says who works with whom. `key` is the dataset's own number for it."""

    line: int
    key: str
    group: str
    vendor: str
    agency: AgencyNamed
    subject: Subject
    summary: str = ""
    started: PartialDate | None = None
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Refused:
    """A row that makes no claim, why, and what in it is to blame."""

    line: int
    group: str
    reason: str
    sample: str = ""


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

    def read(self, path: Path) -> Iterator[Claimed | Refused]:
        """Its rows, in order. Raises BadFile where it is not a file of this dataset."""
