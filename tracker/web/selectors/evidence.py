"""Sources: the list with its filters, and everything that one source backs."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, Model, OuterRef, QuerySet

from tracker.commitments.models import (
    CarveOutCitation,
    CommitmentDisputedValue,
    DevelopmentCitation,
    TermCitation,
    VerdictCitation,
)
from tracker.evidence.models import OrganizationCitation, ProductCitation, Snapshot, Source
from tracker.partnerships.models import PartnershipCitation, PartnershipDisputedValue
from tracker.record.models import FindingCitation, QuestionCitation
from tracker.web.selectors.rows import Rows, first_rows

Sources = QuerySet[Source, Source]

_TABLES: tuple[type[Model], ...] = (
    PartnershipCitation,
    TermCitation,
    CarveOutCitation,
    VerdictCitation,
    DevelopmentCitation,
    FindingCitation,
    QuestionCitation,
    OrganizationCitation,
    ProductCitation,
)
_ALWAYS_PUBLIC = (OrganizationCitation, ProductCitation)


def sources(*, kind: str = "", health: str = "", publisher: str = "", words: str = "") -> Sources:
    """Sources of a kind, with a state of their link, of a publisher (in part), with words in the title;
    newest first.
    """
    found = shown()
    if kind:
        found = found.filter(kind=kind)
    if health:
        found = found.filter(health=health)
    if publisher:
        found = found.filter(publisher__icontains=publisher)
    if words:
        found = found.filter(title__icontains=words)
    return found.order_by(F("published_on").desc(nulls_last=True), "title", "slug")


def shown() -> Sources:
    """Sources that readers meet: all but those that are only watched, and on which no claim rests yet."""
    uncited = Source.objects.filter(watch__isnull=False)
    for table in _TABLES:
        uncited = uncited.exclude(Exists(table._default_manager.filter(source=OuterRef("pk"))))
    return Source.objects.exclude(pk__in=uncited.values("pk"))


def uses_of(rows: Iterable[Source]) -> Counter[int]:
    """How many public claims each source backs, in one query."""
    keys = [row.pk for row in rows]
    counts = [
        _public(table).filter(source__in=keys).order_by().values("source").annotate(n=Count("claim", distinct=True))
        for table in _TABLES
    ]
    united = [count.values_list("source", "n") for count in counts]
    found: Counter[int] = Counter()
    for source, number in united[0].union(*united[1:], all=True):
        found[source] += number
    return found


def _public(table: Any) -> "QuerySet[Any, Any]":
    rows: QuerySet[Any, Any] = table.objects.all()
    return rows if table in _ALWAYS_PUBLIC else rows.filter(claim__published_on__isnull=False)


@dataclass(frozen=True)
class Backed:
    """What a source backs besides partnerships, table by table."""

    terms: Rows[Any]
    carve_outs: Rows[Any]
    verdicts: Rows[Any]
    developments: Rows[Any]
    findings: Rows[Any]
    questions: Rows[Any]
    organizations: Rows[Any]
    products: Rows[Any]
    commitment_disputes: Rows[Any]
    partnership_disputes: Rows[Any]

    def __len__(self) -> int:
        return sum(len(rows) for rows in vars(self).values())


def backed_by(source: Source) -> Backed:
    """Every other public claim that cites the source, with its quote; ten queries whatever the number,
    100 rows each at most.
    """

    def cited(table: Any, *with_: str, order: tuple[str, ...] = ("id",)) -> Rows[Any]:
        return first_rows(_public(table).filter(source=source).select_related(*with_).order_by(*order))

    def disputed(table: Any, *with_: str) -> Rows[Any]:
        return first_rows(table.objects.filter(source=source).select_related(*with_))

    return Backed(
        terms=cited(TermCitation, "claim__commitment__actor", order=("claim__declared_on", "id")),
        carve_outs=cited(CarveOutCitation, "claim__term__commitment", "claim__organization"),
        verdicts=cited(VerdictCitation, "claim__commitment"),
        developments=cited(DevelopmentCitation, "claim__commitment"),
        findings=cited(FindingCitation, "claim"),
        questions=cited(QuestionCitation, "claim__asked_of"),
        organizations=cited(OrganizationCitation, "claim"),
        products=cited(ProductCitation, "claim__vendor"),
        commitment_disputes=disputed(CommitmentDisputedValue, "dispute__about"),
        partnership_disputes=disputed(PartnershipDisputedValue, "dispute__about__vendor", "dispute__about__client"),
    )


def deals_citing(source: Source) -> QuerySet[PartnershipCitation, PartnershipCitation]:
    """Citations of the source by published partnerships, by client. There can be thousands: read them by the page."""
    rows = PartnershipCitation.objects.filter(source=source, claim__published_on__isnull=False)
    return rows.select_related("claim__vendor", "claim__client", "claim__product").order_by("claim__client__name", "id")


def snapshots_of(source: Source) -> Rows[Snapshot]:
    """The copies held here, newest first, without their bytes and text."""
    return first_rows(source.snapshots.defer("headers", "text").order_by("-fetched_at"))
