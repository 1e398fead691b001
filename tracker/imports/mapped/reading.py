"""The rows of any table as claims or agencies, by a mapping. Pure: what the names mean is settled later."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Protocol

from tracker.imports.mapped.cells import Cells, InDoubt
from tracker.imports.mapped.mapping import IDENTITY, ColumnMapping, DateOrder, DecimalMark
from tracker.imports.rows import AgencyListed, AgencyNamed, Award, BadFile, Claimed, Dated, Obligated, Refused
from tracker.imports.written import plain

_LISTED = "agencies"
_LEGAL = re.compile(r"(inc|llc|l\.l\.c|ltd|limited|corp|co|lp|llp|plc|gmbh)\.?", re.IGNORECASE)
_DIGITS = 16
_FIRST = ("", "0", "00", "000")
"""How the first line of a contract is numbered among its modifications."""
Said = Claimed | AgencyListed | Refused


class Row(Protocol):
    """A row of a table: where it stands in its file, and its cells by column."""

    @property
    def line(self) -> int: ...
    @property
    def cells(self) -> Mapping[str, str]: ...


class Table(Protocol):
    """What a file says, whatever its format. Rows that are no rows of the table come refused already."""

    @property
    def columns(self) -> Sequence[str]: ...
    @property
    def rows(self) -> Iterable[Row | Refused]: ...


def found_columns(columns: Sequence[str], mapping: ColumnMapping) -> dict[str, str]:
    """The columns that the mapping reads, by their names in the file: same but for case, spaces and invisible marks.

    Raises BadFile, naming the likeliest column, where one is missing.
    """
    tidy = {plain(name).casefold(): name for name in reversed(columns)}
    names, missing = {}, []
    for wanted in mapping.columns:
        if found := wanted if wanted in columns else tidy.get(plain(wanted).casefold()):
            names[wanted] = found
            continue
        near = get_close_matches(plain(wanted).casefold(), tidy, 1)
        missing.append(f"“{wanted}”" + (f" (is it “{tidy[near[0]]}” now?)" if near else ""))
    if missing:
        there = ", ".join(f"“{name}”" for name in columns[:20])
        raise BadFile(f"the file has no column {', '.join(missing)}; it has {there}")
    return names


def read(
    table: Table,
    mapping: ColumnMapping,
    *,
    order: DateOrder | None = None,
    mark: DecimalMark | None = None,
) -> Iterator[Said]:
    """What each row says, in order; the lines of one contract together, at the end.

    `order` and `mark` are what the file shows where the mapping leaves them open; without, an unclear date has no
    value and an unclear amount is refused. Raises BadFile where the mapping is not complete or a column is missing.
    """
    if lacks := mapping.lacks():
        raise BadFile(f"the mapping does not say {'; '.join(lacks)}")
    names = found_columns(table.columns, mapping)
    reading = _Reading(mapping)
    order, mark = mapping.date_order or order, mapping.decimal_mark or mark
    for row in table.rows:
        if isinstance(row, Refused):
            yield row
            continue
        yield from reading.of(row, Cells(mapping, names, row.cells, order, mark))
    yield from reading.contracts.values()


@dataclass
class _Reading:
    mapping: ColumnMapping
    seen: dict[str, int] = field(default_factory=dict)
    contracts: dict[str, Claimed] = field(default_factory=dict)

    def of(self, row: Row, cells: Cells) -> Iterator[Said]:
        group = _LISTED
        try:
            agency = cells.agency()
            if not self.mapping.vendor:
                yield self._once(_listed(row, cells, agency))
                return
            group = cells.text("technology") or self.mapping.name
            for claim in self._claims(row, cells, agency, group):
                if self.mapping.contract and claim.award:
                    self._gather(claim)
                else:
                    yield self._once(claim)
        except InDoubt as doubt:
            yield Refused(row.line, group, doubt.reason, doubt.sample, row.cells)

    def _claims(self, row: Row, cells: Cells, agency: AgencyNamed, group: str) -> Iterator[Claimed]:
        course, dates = cells.course()
        subject = cells.subject()
        award, details = _award(row, cells, dates)
        if award and self.mapping.modification and award.obligated[0].modification not in _FIRST:
            course = replace(course, decided=None)  # the day of a change to the contract, not of the contract
        details |= _as_written(dates) | _where(cells)
        vendors = _vendors(cells.text("vendor"), self.mapping.multi_vendor_separator)
        if not vendors:
            raise InDoubt("no vendor given")
        for vendor in vendors:
            if award and len(vendors) > 1:
                raise InDoubt("an amount for several vendors", cells.text("vendor"))
            number = cells.text("contract") if award else cells.text("key")
            suffix = f"--{vendor}" if self.mapping.multi_vendor_separator and not award else ""
            yield Claimed(
                row.line,
                f"{number}{suffix}" if number else _digest(cells, vendor),
                group,
                vendor,
                agency,
                subject,
                cells.text("summary"),
                course,
                award,
                cells.links(),
                details,
                row.cells,
            )

    def _once(self, row: Claimed | AgencyListed) -> Said:
        if row.key in self.seen:
            return Refused(row.line, row.group, "repeats an earlier line", f"line {self.seen[row.key]}", row.cells)
        self.seen[row.key] = row.line
        return row

    def _gather(self, claim: Claimed) -> None:
        """One contract of all its lines. They must name one agency and technology; who is paid may be renamed."""
        first = self.contracts.setdefault(claim.key, claim)
        if first is claim:
            return
        if (first.agency, first.subject) != (claim.agency, claim.subject):
            raise InDoubt("another agency or technology under the contract of an earlier line", f"line {first.line}")
        assert first.award
        assert claim.award
        if first.award.currency != claim.award.currency:
            raise InDoubt("another currency under the contract of an earlier line", f"line {first.line}")
        details = dict(first.details)
        if claim.vendor != first.vendor:
            also = details.get("also_named", ())
            details["also_named"] = sorted({claim.vendor, *(also if isinstance(also, list) else ())})
        award = replace(first.award, obligated=first.award.obligated + claim.award.obligated)
        links = tuple(dict.fromkeys(first.links + claim.links))
        decided = min(filter(None, (first.course.decided, claim.course.decided)), default=None)
        course = replace(first.course, decided=decided)
        self.contracts[claim.key] = replace(first, course=course, award=award, links=links, details=details)


def _listed(row: Row, cells: Cells, agency: AgencyNamed) -> AgencyListed:
    north, east = cells.degrees("latitude"), cells.degrees("longitude")
    if not (north and east):
        north = east = None
    key = cells.text("key") or agency.ori or _digest(cells)
    return AgencyListed(row.line, key, _LISTED, agency, north, east, row.cells)


def _digest(cells: Cells, vendor: str = "") -> str:
    """A key for a row without one, of what it says as it is written; an end, a link or a summary may still change."""
    says = "\x1f".join((vendor, *(cells.text(name) for name in IDENTITY))).casefold()
    return hashlib.sha256(says.encode()).hexdigest()[:_DIGITS]


def _award(row: Row, cells: Cells, dates: Mapping[str, Dated]) -> tuple[Award | None, dict[str, object]]:
    """The contract, where the row has its number, an amount and the day of it; an amount without these is a detail."""
    found = cells.sum()
    if found is None:
        return None, {}
    number = cells.text("contract")
    days = (dates[name].value for name in ("decided", "started") if name in dates)
    on = next((one for one in days if one and one.exact), None)
    if not number or on is None:
        return None, {"amount": {"raw": cells.text("amount"), "value": str(found.amount), "currency": found.currency}}
    line = Obligated(row.line, on.first, found.amount, cells.text("modification"), cells.text("summary"))
    return Award(number, found.currency, obligated=(line,)), {}


def _as_written(dates: Mapping[str, Dated]) -> dict[str, object]:
    return {
        name: {
            "raw": dated.raw,
            "value": str(dated.value) if dated.value else None,
            "precision": str(dated.value.precision) if dated.value else None,
        }
        for name, dated in dates.items()
    }


def _where(cells: Cells) -> dict[str, object]:
    found = {name: cells.degrees(name) for name in ("latitude", "longitude")}
    return {name: str(degrees) for name, degrees in found.items()} if all(found.values()) else {}


def _vendors(text: str, separator: str) -> list[str]:
    """The vendors that a cell names, each once; “Axon Enterprise, Inc.” is one, whatever parts the others."""
    parts: list[str] = []
    for part in text.split(separator) if separator else [text]:
        if parts and _LEGAL.fullmatch(part.strip()):
            parts[-1] += separator + part
        elif part.strip():
            parts.append(part)
    return list(dict.fromkeys(plain(part) for part in parts))
