"""Everything that is known, read from the database in a few queries, for `propose`."""

from django.db.models import Q

from tracker.commitments.models import Commitment
from tracker.organizations.models import Organization, Product
from tracker.watch.proposing.known import Known, KnownCommitment, KnownOrganization, KnownProduct

_RULE_MAKERS = ("legislature", "regulator", "government", "state", "federal")


def everything_known() -> Known:
    """Vendors and other bodies, public bodies that make rules or have made some, products and commitments.

    Thousands of police departments are left out: they are mentioned everywhere and announce next to nothing.
    """
    organizations = (
        Organization.objects.filter(
            ~Q(role=Organization.Role.AGENCY) | Q(kind__in=_RULE_MAKERS) | Q(commitments__isnull=False)
        )
        .distinct()
        .select_related("place", "parent")
        .prefetch_related("aliases")
    )
    products = Product.objects.select_related("vendor").prefetch_related("aliases")
    commitments = Commitment.objects.select_related("actor").prefetch_related("products")
    return Known(
        organizations=tuple(
            KnownOrganization(
                slug=one.slug,
                name=one.name,
                kind=one.kind,
                role=one.role,
                aliases=tuple(alias.name for alias in one.aliases.all()),
                place=one.place.name if one.place else "",
                parent=one.parent.slug if one.parent else "",
            )
            for one in organizations
        ),
        products=tuple(
            KnownProduct(one.slug, one.name, one.vendor.slug, tuple(alias.name for alias in one.aliases.all()))
            for one in products
        ),
        commitments=tuple(
            KnownCommitment(one.slug, one.actor.slug, one.title, tuple(product.slug for product in one.products.all()))
            for one in commitments
        ),
    )
