"""What one row says, field by field, as the mapping has it. What is in the wrong place or cannot be is refused."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from tracker.imports.mapped import looks, vocabulary
from tracker.imports.mapped.blanks import said
from tracker.imports.mapped.days import NoSuchDay, day
from tracker.imports.mapped.mapping import COMBINED, DATES, ColumnMapping, DateOrder, DecimalMark, From
from tracker.imports.mapped.money import DOLLARS, Sum, money
from tracker.imports.mapped.states import postal_code
from tracker.imports.rows import AgencyNamed, Course, Dated, Link, Subject
from tracker.imports.written.states import ORI

_KINDS = (
    ("sheriff", r"\b(sheriff'?s?|SO)\b"),
    ("state", r"\b(state police|highway patrol|state agency|state troopers?|dmv)\b|^state$"),
    ("police", r"\b(police|pd)\b|^city$"),
    ("local", r"\b(constables?|school district|district attorney|county attorney)\b|^(municipal|county)$"),
)
_SAYS_LITTLE = ("local", "other")
_MOST = {"latitude": 90, "longitude": 180}


class InDoubt(ValueError):
    """A cell that does not say what its column is to say. `sample` is the cell."""

    def __init__(self, reason: str, sample: str = "") -> None:
        super().__init__(reason)
        self.reason, self.sample = reason, sample


@dataclass(frozen=True)
class Cells:
    """One row, read by a mapping whose columns have been found in the file (`names`: as mapped, as in the file)."""

    mapping: ColumnMapping
    names: Mapping[str, str]
    row: Mapping[str, str]
    order: DateOrder | None = None
    mark: DecimalMark | None = None

    def text(self, field: str) -> str:
        """What the field says: the first of its columns that says something, in the mapping's words for it."""
        origin: From = getattr(self.mapping, field)
        texts = self._texts(origin)
        text = COMBINED[field].join(texts) if COMBINED.get(field) else next(iter(texts), "")
        return text or origin.constant

    def translated(self, field: str) -> str | None:
        """The mapping's word for what the field says; None where it has none. An empty word leaves the row out."""
        origin: From = getattr(self.mapping, field)
        text = self.text(field)
        found = origin.meanings.get(text.casefold())
        if found == "":
            raise InDoubt(f"left out: the mapping has an empty word for this {field}", text)
        return found

    def agency(self) -> AgencyNamed:
        """The agency that the row names."""
        name = self.text("agency")
        if not name:
            raise InDoubt("no agency given")
        if looks.address(name) or not looks.name(name):
            raise InDoubt("the agency is no name: are the columns shifted?", name)
        kind = self.translated("agency_type") or _kind(self.text("agency_type"), name)
        return AgencyNamed(name, self._state(), self.text("city"), kind, self.text("county"), self._ori())

    def subject(self) -> Subject:
        """The technology. Without a column for it, the row says nothing of what is used."""
        text = self.text("technology")
        if not text:
            if self.mapping.technology:
                raise InDoubt("no technology given")
            return Subject("", "")
        meant = self.translated("technology") or vocabulary.technology(text)
        if meant is None and self.mapping.technology.constant:
            meant = text
        if meant is None:
            raise InDoubt("a technology that the mapping has no word for", text)
        return Subject(meant, vocabulary.technology_name(meant))

    def course(self) -> tuple[Course, dict[str, Dated]]:
        """What became of it, and its dates as they are written."""
        dates = {field: self._date(field) for field in DATES if self.text(field)}
        decided, started, ended = (dates[field].value if field in dates else None for field in DATES)
        if started and ended and ended.after <= started.first:
            raise InDoubt("it ends before it starts", f"{dates['started'].raw} to {dates['ended'].raw}")
        text = self.text("status")
        meant = (self.translated("status") or vocabulary.status(text)) if text else "reported"
        if text and self.mapping.status.constant == text:
            meant = text
        if meant is None:
            raise InDoubt("a status that the mapping has no word for", text)
        return Course(meant, text, decided, started, ended), dates

    def sum(self) -> Sum | None:
        """The amount with its currency; None where none is given."""
        text = self.text("amount")
        if not text:
            return None
        found = money(text, self.mark)
        if found is None:
            raise InDoubt("the amount is no sum of money, or may be read in two ways", text)
        told = self.text("currency").upper()
        signed = DOLLARS.get(self.mapping.country, "") if found.currency == "$" else found.currency
        if found.currency == "$" and told.endswith("D"):
            signed = told
        if told and signed and told != signed:
            raise InDoubt("the amount is in another currency than the row says", f"{text}, {told}")
        if not re.fullmatch("[A-Z]{3}", told or signed):
            raise InDoubt("an amount without a currency", text)
        return Sum(found.amount, told or signed)

    def links(self) -> tuple[Link, ...]:
        """The addresses in its columns, each once. Text that is no address stays: what imports it reports it."""
        texts = [one for text in self._texts(self.mapping.link) for one in _apart(text)]
        return tuple(Link(url) for url in dict.fromkeys(texts or filter(None, [self.mapping.link.constant])))

    def degrees(self, field: str) -> Decimal | None:
        """The latitude or longitude; None where none is given, or a zero that stands for none."""
        text = self.text(field)
        if not text:
            return None
        try:
            number = Decimal(text)
        except ArithmeticError:
            number = Decimal("Infinity")
        if not number.is_finite() or abs(number) > _MOST[field]:
            raise InDoubt(f"the {field} is not in degrees", text)
        return number or None

    def _texts(self, origin: From) -> list[str]:
        return [text for column in origin.columns if (text := said(self.row.get(self.names[column])))]

    def _state(self) -> str:
        text = self.translated("state") or self.text("state")
        code = postal_code(text) if self.mapping.country == "US" else text
        if text and code is None:
            raise InDoubt("the state is none: are the columns shifted?", text)
        return code or ""

    def _ori(self) -> str:
        text = self.text("ori").upper()
        return text if ORI.fullmatch(text) and looks.ori(text) else ""

    def _date(self, field: str) -> Dated:
        text = self.text(field)
        try:
            return day(text, self.order)
        except NoSuchDay as error:
            raise InDoubt("a day that no calendar has", text) from error


def _kind(written: str, name: str) -> str:
    """The kind of agency by the words for its kind, or by its name where those say little (“County”)."""
    by_type = _kind_in(written)
    by_name = _kind_in(name)
    return by_name if by_type in _SAYS_LITTLE and by_name not in _SAYS_LITTLE else by_type


def _kind_in(text: str) -> str:
    return next((kind for kind, form in _KINDS if re.search(form, text, re.IGNORECASE)), "other")


def _apart(text: str) -> list[str]:
    """The addresses of one cell: several, where each part of it is one."""
    parts = [part for part in re.split(r"[\s;,|]+(?=https?://)", text) if part]
    return parts if all(looks.address(part) for part in parts) else [text]
