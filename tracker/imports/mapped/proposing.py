"""A first mapping for a file nobody has described, with a reason for each part. What is unsure stays unmapped."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tracker.imports.mapped import vocabulary
from tracker.imports.mapped.blanks import said
from tracker.imports.mapped.days import order_of
from tracker.imports.mapped.likelihood import Reason, reason
from tracker.imports.mapped.looks import Column, one_of, sentence
from tracker.imports.mapped.mapping import DATES, FIELDS, ColumnMapping, DecimalMark, From
from tracker.imports.mapped.money import CODES, DOLLARS, SIGNS, mark_of, money

_SURE_ENOUGH = 0.6
_TIE = 0.03
_SEPARATORS = (";", "|", "/", ",")
_FEW_WORDS = 60
"""A column with more different cells than this has no list of words."""
_NAMED_BY_MOST, _NAMED_BY_SOME = 0.7, 0.1
_ENOUGH_TEXTS = 3
_SHORT_NAME = 4
_IN_DOLLARS = 0.7


@dataclass(frozen=True)
class Proposal:
    """A mapping to start from, and why it says what it says; reasons that were not taken come last."""

    mapping: ColumnMapping
    reasons: tuple[Reason, ...]

    def because(self, field: str) -> Reason | None:
        """The best reason for the field, whether it was taken or not."""
        return next((one for one in self.reasons if one.field == field), None)


def propose(
    columns: Sequence[str],
    samples: Sequence[Mapping[str, str]],
    *,
    vendors: Collection[str] = (),
    country: str = "US",
) -> Proposal:
    """What the columns of a file seem to mean, by their names and by some hundred rows of it.

    `vendors` are the names of vendors that are known; a column full of them is the vendor's, whatever its name.
    """
    seen = {name: Column(name, [row.get(name) or "" for row in samples]) for name in columns}
    reasons = [reason(column, field, vendors) for column in seen.values() for field in FIELDS]
    reasons = _choose(sorted(reasons, key=lambda one: -one.likelihood))
    mapping = ColumnMapping(country=country)
    for field in FIELDS:
        taken = [one.column for one in reasons if one.field == field and one.taken]
        if taken:
            origin: dict[str, Any] = {field: From(tuple(name for name in columns if name in taken))}
            mapping = replace(mapping, **origin)
    for also in (_translations, _how_written, _currency, _separator, _constant_vendor):
        change, why = also(mapping, seen, vendors)
        mapping = replace(mapping, **change)
        reasons += why
    return Proposal(mapping, tuple(sorted(reasons, key=lambda one: (not one.taken, -one.likelihood))))


def _choose(reasons: list[Reason]) -> list[Reason]:
    """The reasons, the likeliest marked as taken: one column for a field and one field for a column."""
    fields: set[str] = set()
    columns: set[str] = set()
    chosen = []
    for one in reasons:
        free = one.column not in columns and (one.field not in fields or one.field == "link")
        if not free or one.likelihood < _SURE_ENOUGH or (one.field == "key" and "contract" in fields):
            chosen.append(one)
            continue
        rivals = [
            other.column
            for other in reasons
            if other.field == one.field != "link"
            and other.column not in {one.column, *columns}
            and one.likelihood - other.likelihood < _TIE
        ]
        fields.add(one.field)
        if rivals:
            chosen.append(replace(one, because=f"{one.because}; but “{rivals[0]}” fits as well"))
            continue
        columns.add(one.column)
        chosen.append(replace(one, taken=True))
    return chosen


_Found = tuple[dict[str, Any], list[Reason]]
_Seen = Mapping[str, Column]


def _translations(mapping: ColumnMapping, seen: _Seen, vendors: Collection[str]) -> _Found:
    """Words for the technologies and statuses that the cells surely name."""
    change: dict[str, Any] = {}
    why = []
    meanings: dict[str, Callable[[str], str | None]] = {
        "technology": vocabulary.technology,
        "status": vocabulary.status,
    }
    for field, meaning in meanings.items():
        origin: From = getattr(mapping, field)
        texts = sorted({text for name in origin.columns for text in seen[name].texts})
        words = {text: found for text in texts[:_FEW_WORDS] if (found := meaning(text))}
        if words:
            change[field] = replace(origin, words=words)
        if unknown := [text for text in texts[:_FEW_WORDS] if text not in words]:
            because = f"no word for {', '.join(f'“{text[:40]}”' for text in unknown[:5])}: such rows are refused"
            why.append(Reason(field, origin.columns[0], because, 0.0))
    return change, why


def _how_written(mapping: ColumnMapping, seen: _Seen, vendors: Collection[str]) -> _Found:
    """The order of days and months, and the decimal mark, where the cells show them."""
    change: dict[str, Any] = {}
    why = []
    dates = [text for field in DATES for text in _texts(mapping, field, seen)]
    if order := order_of(dates):
        change["date_order"] = order
        why.append(Reason("date_order", "", f"numbers above 12 show it: {order}", 0.9, taken=True))
    sums = _texts(mapping, "amount", seen)
    if mark := mark_of(sums):
        change["decimal_mark"] = mark
        why.append(Reason("decimal_mark", mapping.amount.columns[0], f"some sums show it: {mark}", 0.9, taken=True))
    elif any(sign in text for text in (*sums, *mapping.amount.columns) for sign in "$£"):
        change["decimal_mark"] = DecimalMark.POINT
        why.append(
            Reason("decimal_mark", mapping.amount.columns[0], "dollars and pounds are written so", 0.8, taken=True)
        )
    return change, why


def _currency(mapping: ColumnMapping, seen: _Seen, vendors: Collection[str]) -> _Found:
    """A currency for the whole file, from the unit in the header or from the country."""
    if not mapping.amount or mapping.currency:
        return {}, []
    header = mapping.amount.columns[0]
    unit = _unit(header, mapping.country)
    if unit:
        return _constant("currency", unit, header, f"the header “{header}” says so", 0.9)
    mark = mapping.decimal_mark
    signs = Counter(found.currency for text in seen[header].texts if (found := money(text, mark)))
    if set(signs) <= {"", "$"} and mapping.country == "US":
        return _constant("currency", "USD", header, "what agencies of the US pay is in dollars", _IN_DOLLARS)
    return {}, []


def _unit(header: str, country: str) -> str:
    if code := next((code for code in CODES if re.search(rf"\b{code}\b", header, re.IGNORECASE)), ""):
        return code
    if code := next((code for sign, code in SIGNS.items() if sign in header.casefold()), ""):
        return code
    return DOLLARS.get(country, "") if "$" in header else ""


def _separator(mapping: ColumnMapping, seen: _Seen, vendors: Collection[str]) -> _Found:
    """What parts several vendors in one cell: a mark whose sides stand alone in other cells, or are vendors we know."""
    cells = set(_texts(mapping, "vendor", seen))
    known = one_of([*vendors, *cells])
    for mark in _SEPARATORS:
        several = [cell for cell in cells if mark in cell and not one_of(vendors)(cell)]
        parted = [cell for cell in several if all(known(part.strip()) for part in cell.split(mark))]
        if parted and 2 * len(parted) >= len(several):
            why = f"“{parted[0][:60]}” names vendors that other cells name alone"
            column = mapping.vendor.columns[0]
            return {"multi_vendor_separator": mark}, [Reason("multi_vendor_separator", column, why, 0.8, taken=True)]
    return {}, []


def _constant_vendor(mapping: ColumnMapping, seen: _Seen, vendors: Collection[str]) -> _Found:
    """The one vendor that nearly every text names, where no column has vendors."""
    if mapping.vendor:
        return {}, []
    for column in seen.values():
        texts = [text for text in column.texts if sentence(text)]
        often = Counter(name for text in texts for name in _named(text, vendors)).most_common()
        if len(texts) < _ENOUGH_TEXTS or not often:
            continue
        name, times = often[0]
        others = [times for other, times in often if name not in other and other not in name]
        if times >= _NAMED_BY_MOST * len(texts) and max(others, default=0) < _NAMED_BY_SOME * len(texts):
            share = times / len(texts)
            return _constant("vendor", name, column.header, f"{share:.0%} of its texts name it", share)
    return {}, []


def _named(text: str, vendors: Collection[str]) -> Iterator[str]:
    """The vendors that a text names in full, as words of their own and with their capitals."""
    return (name for name in vendors if len(name) >= _SHORT_NAME and re.search(rf"\b{re.escape(name)}\b", text))


def _constant(field: str, value: str, column: str, because: str, likelihood: float) -> _Found:
    return {field: From(constant=value)}, [Reason(field, column, f"{value}: {because}", likelihood, taken=True)]


def _texts(mapping: ColumnMapping, field: str, seen: _Seen) -> list[str]:
    origin: From = getattr(mapping, field)
    return [said(text) for name in origin.columns for text in seen[name].texts]
