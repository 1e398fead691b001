"""Who works with whom, as pages show it: published, known on a day, with the sources beside each row."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from tracker.evidence.models import Source
from tracker.imports.models import ImportedRow
from tracker.organizations.models import Organization
from tracker.partnerships.models import Obligation, Partnership, PartnershipCitation
from tracker.web.selectors.rows import Rows, first_rows

Deals = QuerySet[Partnership, Partnership]


# Whether a file lists its money line by line.
_LINED = Exists(Obligation.objects.filter(partnership=OuterRef("pk")))
_GONE = ImportedRow.objects.filter(partnership=OuterRef("pk"), missing_since__isnull=False).values(
    "missing_since__release"
)[:1]


def published(on: date) -> Deals:
    """Partnerships that readers see and that are not known to have begun after `on`."""
    begun = Q(started__isnull=True) | Q(started__startswith__lte=on)
    return Partnership.objects.filter(begun, published_on__isnull=False)


def served(on: date) -> Deals:
    """Partnerships that count as known ones, running or over.

    Not those that were denied or never began, and no mere offer: a pitch is not a sale.
    """
    return (
        published(on)
        .exclude(status__in=(Partnership.Status.DENIED, Partnership.Status.NEVER_STARTED))
        .exclude(kind__in=(Partnership.Kind.PROPOSAL, Partnership.Kind.PROMOTION))
    )


def with_sources(deals: Deals) -> Deals:
    """With all that a row of a table names: two queries for any number of rows.

    The newest start comes first. `lined` says whether there are lines of a file behind its amount, `gone` which release
    of the dataset it was imported from first listed it no more.
    """
    cited = Prefetch("citations", PartnershipCitation.objects.select_related("source"))
    return (
        deals.select_related("vendor", "client", "client__place__parent__parent", "product", "technology", "via")
        .prefetch_related(cited)
        .annotate(lined=_LINED, gone=Subquery(_GONE))
        .order_by(F("started").desc(nulls_last=True), "slug")
    )


def summed(deals: Deals) -> Deals:
    """Those that a file lists line by line: a page shows their sums, which lead to the lines."""
    return deals.filter(_LINED)


def not_summed(deals: Deals) -> Deals:
    """The others: hundreds of awards in a row would hide what is known of a few suppliers."""
    return deals.exclude(_LINED)


def chains_behind(agency: Organization, on: date) -> Rows[Partnership]:
    """What serves the suppliers of `agency`: hosting, reselling, data. One step back, in two queries."""
    suppliers = served(on).filter(client=agency).values("vendor")
    return first_rows(
        with_sources(served(on).filter(client__in=suppliers)).order_by("client__name", "vendor__name", "slug")
    )


def sources_of(*claims: Iterable[Any]) -> list[Source]:
    """The sources that rows already loaded cite, each once, newest first, then by title. No query."""
    found = {citation.source_id: citation.source for rows in claims for row in rows for citation in row.citations.all()}
    return sorted(found.values(), key=_newest_first)


def _newest_first(source: Source) -> tuple[int, str]:
    return (-source.published_on.first.toordinal() if source.published_on else 1, source.title)
