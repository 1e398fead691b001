"""Products and technologies: what their pages show."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from tracker.commitments.models import Commitment
from tracker.evidence.models import ProductCitation
from tracker.organizations.models import Product, Technology
from tracker.web.selectors import partnerships
from tracker.web.selectors.promises import Promise, promises


def products() -> QuerySet[Product, Product]:
    """Products with what the head of their page names."""
    cited = Prefetch("citations", ProductCitation.objects.select_related("source"))
    return Product.objects.select_related("vendor__parent", "technology").prefetch_related(cited, "aliases")


def clients_of(product: Product, on: date) -> partnerships.Deals:
    """Who uses, or used, a product, by the newest start."""
    return partnerships.with_sources(partnerships.published(on).filter(product=product))


def promises_about(product: Product, on: date) -> list[Promise]:
    """Promises that name the product,
    and those of its vendor or the vendor's owner about its whole technology.
    """
    owners = [owner for owner in (product.vendor_id, product.vendor.parent_id) if owner]
    whole = Q(products__isnull=True, technologies=product.technology, actor__in=owners)
    return promises(Commitment.objects.filter(Q(products=product) | whole), on)


@dataclass(frozen=True)
class TechnologyRow:
    """One line of the list of technologies. `known` is None where no source names an agency that uses it."""

    technology: Technology
    makers: int
    products: int
    known: int | None


def technologies(on: date) -> list[TechnologyRow]:
    """Every technology with its vendors, products and the agencies known to use or have used it.

    Two queries.
    """
    kind = Coalesce("product__technology", "technology")
    counted = _in_use(on).values(kind_of=kind).annotate(n=Count("client", distinct=True))
    known = dict(counted.values_list("kind_of", "n"))
    rows = Technology.objects.annotate(
        makers=Count("products__vendor", distinct=True), things=Count("products", distinct=True)
    )
    return [TechnologyRow(row, row.makers, row.things, known.get(row.pk)) for row in rows]


def _in_use(on: date) -> partnerships.Deals:
    return partnerships.served(on).order_by()


def sellers_of(technology: Technology, on: date) -> list[tuple[Product, int | None]]:
    """Products of a technology with the number of agencies known to use or have used each;
    None where no source names one.
    """
    counted = (
        _in_use(on).filter(product__technology=technology).values("product").annotate(n=Count("client", distinct=True))
    )
    known = dict(counted.values_list("product", "n"))
    rows = technology.products.select_related("vendor").order_by("vendor__name", "name")[:500]
    return [(row, known.get(row.pk)) for row in rows]


def users_of(technology: Technology, on: date) -> partnerships.Deals:
    """Who uses, or used, a technology, under whatever product, by the newest start."""
    of_it = Q(product__technology=technology) | Q(product__isnull=True, technology=technology)
    return partnerships.with_sources(partnerships.published(on).filter(of_it))


def promises_on(technology: Technology, on: date) -> list[Promise]:
    """Promises and rules that name a technology, or a product of it."""
    return promises(Commitment.objects.filter(Q(technologies=technology) | Q(products__technology=technology)), on)
