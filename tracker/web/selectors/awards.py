"""What agencies obligated under contracts: sums by whom and fiscal year, and the lines of the files behind them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, F, Prefetch, QuerySet, Sum, Value, When
from django.db.models.functions import ExtractYear

from tracker.organizations.models import Organization
from tracker.partnerships.models import Obligation, PartnershipCitation

Lines = QuerySet[Obligation, Obligation]

VENDOR, AGENCY = "partnership__vendor", "partnership__client"
_OCTOBER = 10


def lines(on: date, **whose: Any) -> Lines:
    """The lines of published contracts up to `on`."""
    return Obligation.objects.filter(partnership__published_on__isnull=False, on__lte=on, **whose)


def in_year(found: Lines, year: int) -> Lines:
    """Those of a US federal fiscal year, which begins in October of the year before."""
    return found.filter(on__gte=date(year - 1, _OCTOBER, 1), on__lt=date(year, _OCTOBER, 1))


@dataclass(frozen=True)
class Figure:
    """What some lines come to. `slug` and `year` choose these lines; empty: with anybody, of any year."""

    amount: Decimal
    lines: int
    slug: str = ""
    year: int | None = None


@dataclass(frozen=True)
class Party:
    """One row: with whom, its figure of each year, None where there is no line, and all of them."""

    name: str
    url: str
    years: list[Figure | None]
    total: Figure


@dataclass(frozen=True)
class Table:
    """Sums in one currency, by whom the contracts are with; who got most comes first."""

    currency: str
    years: list[int]
    rows: list[Party]
    by_year: list[Figure | None]
    total: Figure

    @property
    def first(self) -> list[Party]:
        """Those that a profile shows."""
        return self.rows[:_FIRST]

    @property
    def left_out(self) -> int:
        """How many rows a profile leaves out."""
        return max(len(self.rows) - _FIRST, 0)


_FIRST = 20


def tables(found: Lines, by: str) -> list[Table]:
    """A table for each currency, by VENDOR or AGENCY, in one query. None where there is no line."""
    begun = Case(When(on__month__gte=_OCTOBER, then=Value(1)), default=Value(0))
    sums = (
        found.order_by()
        .values(
            year=ExtractYear("on") + begun,
            currency=F("partnership__currency"),
            slug=F(f"{by}__slug"),
            name=F(f"{by}__name"),
            role=F(f"{by}__role"),
        )
        .annotate(amount=Sum("amount"), lines=Count("pk"))
    )
    of_currency: dict[str, list[Any]] = {}
    for row in sums:
        of_currency.setdefault(row["currency"], []).append(row)
    return [_table(currency, rows) for currency, rows in sorted(of_currency.items())]


def _table(currency: str, sums: list[dict[str, Any]]) -> Table:
    years = sorted({row["year"] for row in sums})
    of_party: dict[str, list[dict[str, Any]]] = {}
    for row in sums:
        of_party.setdefault(row["slug"], []).append(row)
    rows = [_party(slug, own, years) for slug, own in of_party.items()]
    rows.sort(key=lambda row: (-row.total.amount, row.name))
    return Table(currency, years, rows, [_figure(sums, "", year) for year in years], _all(sums, ""))


def _party(slug: str, own: list[dict[str, Any]], years: list[int]) -> Party:
    url = Organization(role=own[0]["role"], slug=slug).get_absolute_url()
    return Party(own[0]["name"], url, [_figure(own, slug, year) for year in years], _all(own, slug))


def _figure(sums: Iterable[dict[str, Any]], slug: str, year: int) -> Figure | None:
    found = [row for row in sums if row["year"] == year]
    return _added(found, slug, year) if found else None


def _all(sums: list[dict[str, Any]], slug: str) -> Figure:
    return _added(sums, slug, None)


def _added(sums: list[dict[str, Any]], slug: str, year: int | None) -> Figure:
    amount = sum((row["amount"] for row in sums), Decimal(0))
    return Figure(amount, sum(row["lines"] for row in sums), slug, year)


def listed(found: Lines) -> Lines:
    """The lines with what a list names of each, the newest first. Two queries for any number."""
    cited = Prefetch("partnership__citations", PartnershipCitation.objects.select_related("source").order_by("pk"))
    return (
        found.select_related("partnership__vendor", "partnership__client", "partnership__via")
        .prefetch_related(cited)
        .order_by("-on", "-line", "-pk")
    )


def totals(found: Lines) -> list[tuple[str, Decimal]]:
    """What the lines come to in each currency, in one query."""
    summed = found.order_by().values_list("partnership__currency").annotate(amount=Sum("amount"))
    return sorted(summed)
