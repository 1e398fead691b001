"""How likely a column is a field: what its header says, and what its cells look like, each with a reason in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tracker.imports.mapped import headers, looks
from tracker.imports.mapped.looks import Column


@dataclass(frozen=True)
class Reason:
    """Why a column was, or was not, taken for a field. `likelihood` is between 0 and 1."""

    field: str
    column: str
    because: str
    likelihood: float
    taken: bool = False


@dataclass(frozen=True)
class _Test:
    """What cells must look like (`least` of them), and what that alone tells (`alone`), in words."""

    least: float
    looks: Callable[[str], object]
    words: str
    alone: float = 0.0
    shows: Callable[[str], object] | None = None


_DATE = _Test(0.5, looks.date_or_year, "dates", 0.3, looks.date)
_TESTS = {
    "key": _Test(0.9, looks.number_of_record, "numbers or codes"),
    "vendor": _Test(0.7, looks.name, "names"),
    "agency": _Test(0.7, looks.name, "names of agencies", 0.7, looks.agency),
    "agency_type": _Test(0.7, looks.name, "names of kinds"),
    "ori": _Test(0.6, looks.ori, "the FBI's numbers of agencies (ORI)", 0.9),
    "city": _Test(0.7, looks.name, "names"),
    "county": _Test(0.7, looks.name, "counties", 0.7, looks.county),
    "state": _Test(0.7, looks.state, "states", 0.75, looks.state_code),
    "latitude": _Test(0.8, looks.latitude, "degrees", 0.3),
    "longitude": _Test(0.8, looks.longitude, "degrees", 0.3),
    "technology": _Test(0.7, looks.name, "technologies on our list", 0.85, looks.technology),
    "status": _Test(0.7, looks.name, "words for what became of a contract", 0.5, looks.status),
    "decided": _DATE,
    "started": _DATE,
    "ended": _DATE,
    "contract": _Test(0.7, looks.number_of_record, "numbers or codes"),
    "modification": _Test(0.7, looks.number_of_record, "numbers or codes"),
    "amount": _Test(0.7, looks.amount, "sums of money with a currency", 0.65, looks.amount_with_sign),
    "currency": _Test(0.9, looks.currency, "codes of currencies", 0.8),
    "summary": _Test(0.3, looks.sentence, "sentences", 0.3),
    "link": _Test(0.5, looks.address, "web addresses", 0.85),
}
_KNOWN_VENDORS = _Test(0.0, looks.name, "vendors we know", 0.95)
_MOSTLY = 0.5


def reason(column: Column, field: str, vendors: Iterable[str] = ()) -> Reason:
    """How likely the column is the field, and why. `vendors` are names of vendors that are known."""
    test, shows = _TESTS[field], _TESTS[field].shows or _TESTS[field].looks
    if not column.texts:
        return Reason(field, column.header, "no cell in the sample says anything", 0.0)
    known = column.share(looks.one_of(vendors))
    if field == "vendor":
        test = _KNOWN_VENDORS
        shows = looks.one_of(vendors)
    if why_not := _unfit(column, field, known):
        return Reason(field, column.header, why_not, 0.0)
    told, shown = headers.told(column.header, field), column.share(shows)
    likelihood = 1 - (1 - told) * (1 - test.alone * shown)
    because = [f"its name says so to {told:.0%}"] if told else []
    if shown and test.alone:
        because.append(f"{shown:.0%} of what its cells say are {test.words}")
    return Reason(field, column.header, " and ".join(because) or "nothing speaks for it", round(likelihood, 2))


def _unfit(column: Column, field: str, known_vendors: float) -> str:
    """Why the column cannot be the field, whatever its header says; empty if it can."""
    test = _TESTS[field]
    fitting = column.share(test.looks)
    if fitting < test.least:
        return f"only {fitting:.0%} of what its cells say can be that"
    if field == "agency" and known_vendors > _MOSTLY:
        return "its cells name vendors"
    if field == "key" and not column.unique:
        return "it is blank or the same in several rows"
    if field == "key" and not column.header.strip():
        return "a column without a name numbers the rows at most"
    if field in ("latitude", "longitude") and not headers.told(column.header, field):
        return "numbers with decimals may be anything"
    return ""
