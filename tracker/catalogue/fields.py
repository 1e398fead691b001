"""The kinds of value that a record holds: how each is read from a file, written to a row, and read back.

The content of a record is plain JSON, without keys for what is empty or as usual: two contents are equal exactly
when they say the same.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import models

from tracker.catalogue.known import Known
from tracker.catalogue.reading import Node
from tracker.catalogue.report import Reference, Report, closest
from tracker.dates import PartialDate
from tracker.evidence.urls import normalise

Json = Any
Content = dict[str, Json]
_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+|--[a-z0-9]+)*")
_OTHER_VALUES: dict[str, Json] = {"true": True, "false": False, "null": None}
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")


@dataclass(frozen=True)
class Field(ABC):
    """One key of a record that is kept in columns of the record's own row."""

    key: str
    attr: str = ""
    required: bool = False

    @property
    def column(self) -> str:
        """The attribute of the row."""
        return self.attr or self.key

    def read(self, node: Node, report: Report, model: type[models.Model]) -> Json | None:
        """The value written at `node`; None where it is empty, or is wrong and was reported."""
        if not isinstance(node.value, str):
            report.say(node, f"“{self.key}” is {node.kind} where one value belongs")
            return None
        text = node.value.strip()
        if not text:
            report.say(node, f"“{self.key}” has no value", "delete the key, or write one")
            return None
        return self.value(text, node, report, model)

    @abstractmethod
    def value(self, text: str, node: Node, report: Report, model: type[models.Model]) -> Json | None:
        """The value that `text` writes."""

    def to_row(self, content: Content, known: Known) -> dict[str, Any]:
        """What to set on the row."""
        return {self.column: content.get(self.key, "")}

    def from_row(self, row: Any, known: Known) -> Json | None:
        """The value on the row; None for what is left out."""
        return getattr(row, self.column) or None


@dataclass(frozen=True)
class Text(Field):
    """Words."""

    usual: str = ""

    def value(self, text: str, node: Node, report: Report, model: type[models.Model]) -> Json | None:
        limit = getattr(model._meta.get_field(self.column), "max_length", None)
        if limit and "\n" in text:
            report.say(node, f"“{self.key}” has several lines", "write it on one")
        if limit and len(text) > limit:
            report.say(node, f"“{self.key}” has {len(text)} characters", f"at most {limit} are kept")
        return None if text == self.usual else text

    def to_row(self, content: Content, known: Known) -> dict[str, Any]:
        return {self.column: content.get(self.key, self.usual)}

    def from_row(self, row: Any, known: Known) -> Json | None:
        text = getattr(row, self.column).strip()
        return None if text == self.usual else text


@dataclass(frozen=True)
class Slug(Text):
    """The last part of a record's address."""

    def value(self, text: str, node: Node, report: Report, model: type[models.Model]) -> Json | None:
        if not _SLUG.fullmatch(text):
            report.say(node, f"“{text}” cannot be part of an address", "use a-z, 0-9 and single hyphens")
        return super().value(text, node, report, model)


@dataclass(frozen=True)
class Word(Text):
    """One word of the list that the database holds."""

    def value(self, text: str, node: Node, report: Report, model: type[models.Model]) -> Json | None:
        choices = [str(word) for word, _ in model._meta.get_field(self.column).flatchoices]  # type: ignore[union-attr]
        if text not in choices:
            report.say(
                node,
                f"“{text}” is no {self.key}",
                closest(text, choices) or f"use one of: {', '.join(choices)}",
            )
            return None
        return None if text == self.usual else text


@dataclass(frozen=True)
class Date(Field):
    """A day, a month or a year."""

    def value(self, text: str, node: Node, report: Report, model: type[models.Model]) -> Json | None:
        try:
            return str(PartialDate.parse(text))
        except ValueError as error:
            report.say(node, f"{self.key}: {error}", "" if "write" in str(error) else "write a day of the calendar")
            return None

    def to_row(self, content: Content, known: Known) -> dict[str, Any]:
        return {self.column: PartialDate.parse(content[self.key]) if self.key in content else None}

    def from_row(self, row: Any, known: Known) -> Json | None:
        value = getattr(row, self.column)
        return None if value is None else str(value)


@dataclass(frozen=True)
class Day(Date):
    """A date known to the day."""

    def value(self, text: str, node: Node, report: Report, model: type[models.Model]) -> Json | None:
        value = super().value(text, node, report, model)
        if value is not None and len(value) != 10:
            report.say(node, f"{self.key}: “{text}” is no day", "write it as 2020-06-10")
            return None
        return value

    def to_row(self, content: Content, known: Known) -> dict[str, Any]:
        return {self.column: date.fromisoformat(content[self.key]) if self.key in content else None}


@dataclass(frozen=True)
class Flag(Field):
    """True or false; false is left out."""

    def value(self, text: str, node: Node, report: Report, model: type[models.Model]) -> Json | None:
        if text not in ("true", "false"):
            report.say(node, f"“{self.key}” is “{text}”", "write true or false")
        return True if text == "true" else None

    def to_row(self, content: Content, known: Known) -> dict[str, Any]:
        return {self.column: content.get(self.key, False)}


@dataclass(frozen=True)
class Number(Field):
    """A number without unit. With `decimals` it may have that many places, and is kept as a text (“19500.5”)."""

    decimals: int = 0
    low: int = 0
    high: int = 10**14

    def value(self, text: str, node: Node, report: Report, model: type[models.Model]) -> Json | None:
        try:
            number = Decimal(text)
            fits = number.is_finite() and self.low <= number <= self.high and number == round(number, self.decimals)
        except InvalidOperation:
            fits = False
        if not fits:
            places = f" with at most {self.decimals} decimals" if self.decimals else ""
            report.say(node, f"“{self.key}” is “{text}”", f"write a number{places} from {self.low} to {self.high}")
            return None
        return self._content(number)

    def _content(self, number: Decimal | int) -> Json:
        if not self.decimals:
            return int(number)
        text = f"{number:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text

    def to_row(self, content: Content, known: Known) -> dict[str, Any]:
        value = content.get(self.key)
        return {self.column: Decimal(value) if value is not None and self.decimals else value}

    def from_row(self, row: Any, known: Known) -> Json | None:
        value = getattr(row, self.column)
        return None if value is None else self._content(value)


@dataclass(frozen=True)
class Address(Text):
    """A web address. With `once` its normal form is kept beside it, and two records cannot have the same."""

    once: str = ""

    def value(self, text: str, node: Node, report: Report, model: type[models.Model]) -> Json | None:
        try:
            normalise(text)
        except ValueError as error:
            report.say(node, f"{self.key}: {error}", "write the whole address, https://…")
        return super().value(text, node, report, model)

    def to_row(self, content: Content, known: Known) -> dict[str, Any]:
        url = content.get(self.key, "")
        row = {self.column: url}
        if self.once:
            row[self.once] = normalise(url) if url else None
        return row


@dataclass(frozen=True)
class Ref(Field):
    """Another record, by its slug. `to` are the sections in which it may stand, `model` is their table."""

    to: tuple[str, ...] = ()
    model: Callable[[], type[models.Model]] = lambda: models.Model

    def value(self, text: str, node: Node, report: Report, model: type[models.Model]) -> Json | None:
        report.references.append(Reference(node, self.to, text))
        return text

    def to_row(self, content: Content, known: Known) -> dict[str, Any]:
        slug = content.get(self.key)
        return {f"{self.column}_id": None if slug is None else known.key(self.model(), slug)}

    def from_row(self, row: Any, known: Known) -> Json | None:
        key = getattr(row, f"{self.column}_id")
        return None if key is None else known.slug(self.model(), key)


@dataclass(frozen=True)
class Data(Field):
    """A group of keys with values of any kind: what only this source gives. Numbers are numbers unless quoted."""

    def read(self, node: Node, report: Report, model: type[models.Model]) -> Json | None:
        if not isinstance(node.value, dict):
            report.say(node, f"“{self.key}” is {node.kind}", "write keys with values under it")
            return None
        return {key: self._plain(value) for key, value in node.value.items()} or None

    def value(self, text: str, node: Node, report: Report, model: type[models.Model]) -> Json | None:
        raise NotImplementedError

    def _plain(self, node: Node) -> Json:
        if isinstance(node.value, dict):
            return {key: self._plain(value) for key, value in node.value.items()}
        if isinstance(node.value, list):
            return [self._plain(item) for item in node.value]
        if node.quoted or not _NUMBER.fullmatch(node.value):
            return node.value if node.quoted else _OTHER_VALUES.get(node.value, node.value)
        return float(node.value) if "." in node.value else int(node.value)

    def to_row(self, content: Content, known: Known) -> dict[str, Any]:
        return {self.column: content.get(self.key, {})}


@dataclass(frozen=True)
class Checked(Field):
    """Whether a person compared the row with its source. Usual for what was researched, not for what was imported."""

    def value(self, text: str, node: Node, report: Report, model: type[models.Model]) -> Json | None:
        if text not in ("true", "false"):
            report.say(node, f"“{self.key}” is “{text}”", "write true or false")
        return text == "true"

    def to_row(self, content: Content, known: Known) -> dict[str, Any]:
        return {self.column: content.get(self.key, content.get("origin") is None)}

    def from_row(self, row: Any, known: Known) -> Json | None:
        return None if row.checked == (row.origin == "researched") else row.checked


@dataclass(frozen=True)
class Draft(Flag):
    """A claim that is not published: only editors see it."""

    def to_row(self, content: Content, known: Known) -> dict[str, Any]:
        return {}

    def from_row(self, row: Any, known: Known) -> Json | None:
        return True if row.published_on is None else None


def tidy(content: Mapping[str, Json | None]) -> Content:
    """Without what is empty."""
    return {key: value for key, value in content.items() if value is not None and value != [] and value != {}}
