"""The lists of vendors and of commitments."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from tracker.commitments.lifecycle import State
from tracker.commitments.models import Commitment
from tracker.commitments.querysets import CommitmentQuerySet
from tracker.organizations.models import Organization, Technology
from tracker.record.models import Question
from tracker.web.selectors.partnerships import served

EXPIRING = "expiring"


def commitments_where(on: date, *, state: str = "", kind: str = "", technology: str = "") -> CommitmentQuerySet:
    """Commitments declared by `on`: those in a state then (or expiring), of a kind, about a technology (its slug)."""
    declared = Q(terms__published_on__isnull=False, terms__declared_on__startswith__lte=on)
    found = Commitment.objects.filter(declared).distinct()
    if state == EXPIRING:
        found = found.expiring(on)
    elif state:
        found = found.in_state(State(state), on)
    if kind:
        found = found.filter(kind=kind)
    if technology:
        found = found.filter(Q(technologies__slug=technology) | Q(products__technology__slug=technology))
    return found.order_by("slug")


def technologies_promised_about() -> QuerySet[Technology, Technology]:
    """Technologies that a commitment, or a product named in one, is about."""
    promised = Commitment.objects.order_by()
    return Technology.objects.filter(
        Q(pk__in=promised.values("technologies")) | Q(pk__in=promised.values("products__technology"))
    )


@dataclass(frozen=True)
class VendorRow:
    """One line of the list of vendors: itself and, apart, what it does through the companies it owns.

    `agencies` is None where no source names a client: unknown is not none.
    """

    vendor: Organization
    sells: list[str]
    agencies: int | None
    agencies_through: int
    owns: list[str]
    commitments: int
    questions: int


def vendors() -> QuerySet[Organization, Organization]:
    """Vendors by name, with what they sell."""
    return (
        Organization.objects.vendors()
        .select_related("parent")
        .prefetch_related("products__technology", "subsidiaries")
        .order_by("name", "slug")
    )


def vendor_rows(rows: list[Organization], on: date) -> list[VendorRow]:
    """Lines for these vendors: five queries, whatever the number."""
    keys = [row.pk for row in rows]
    known, through = (_agencies(on, path, keys) for path in ("vendor", "vendor__parent"))
    made = Commitment.objects.filter(
        actor__in=keys, terms__published_on__isnull=False, terms__declared_on__startswith__lte=on
    )
    promised = dict(made.order_by().values("actor").annotate(n=Count("pk", distinct=True)).values_list("actor", "n"))
    asked = Question.objects.open(on).filter(asked_of__in=keys, published_on__isnull=False)
    unanswered = dict(asked.order_by().values("asked_of").annotate(n=Count("pk")).values_list("asked_of", "n"))
    return [
        VendorRow(
            vendor=row,
            sells=sorted({product.technology.name for product in row.products.all()}),
            agencies=known.get(row.pk),
            agencies_through=through.get(row.pk, 0),
            owns=sorted(company.name for company in row.subsidiaries.all()),
            commitments=promised.get(row.pk, 0),
            questions=unanswered.get(row.pk, 0),
        )
        for row in rows
    ]


def _agencies(on: date, path: str, keys: list[int]) -> dict[int, int]:
    """How many agencies each of these vendors serves, by the vendor itself or by the one that owns it."""
    deals = served(on).filter(**{f"{path}__in": keys}, client__role=Organization.Role.AGENCY)
    counted = deals.order_by().values(path).annotate(n=Count("client", distinct=True))
    return dict(counted.values_list(path, "n"))
