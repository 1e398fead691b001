"""The organisations of the database as plain data: the one module here that knows the tables."""

from collections import defaultdict
from collections.abc import Callable, Iterator

from tracker.imports.meant.known import KnownAgency, KnownVendor
from tracker.organizations.models import Alias, Organization, Place, Product, ProductAlias

Role = Organization.Role


def known_vendors() -> Iterator[KnownVendor]:
    """Every vendor with all its names. Four queries."""
    aliases = _aliases(Role.VENDOR)
    products: dict[int, list[str]] = defaultdict(list)
    for vendor, name in Product.objects.values_list("vendor", "name"):
        products[vendor].append(name)
    for vendor, name in ProductAlias.objects.values_list("product__vendor", "name"):
        products[vendor].append(name)
    for one in Organization.objects.vendors().only("pk", "name", "parent"):
        yield KnownVendor(one.pk, (one.name, *aliases[one.pk]), tuple(products[one.pk]), one.parent_id)


def known_agencies(state_of: Callable[[int | None], str | None]) -> Iterator[KnownAgency]:
    """Every agency with its state as `state_of` a place gives it. Two queries."""
    aliases = _aliases(Role.AGENCY)
    for one in Organization.objects.agencies().select_related("place__parent"):
        yield KnownAgency(
            pk=one.pk,
            name=one.name,
            aliases=tuple(aliases[one.pk]),
            kind=one.kind,
            state=state_of(one.place_id) or "",
            city=_of_kind(one.place, Place.Kind.CITY),
            county=_of_kind(one.place, Place.Kind.COUNTY),
            ori=one.ori,
        )


def _aliases(role: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for name, pk in Alias.objects.filter(organization__role=role).values_list("name", "organization"):
        found[pk].append(name)
    return found


def _of_kind(place: Place | None, kind: str) -> str:
    """The name of the place, or of what it lies in, that is of the kind."""
    for one in (place, place.parent if place else None):
        if one is not None and one.kind == kind:
            return one.name
    return ""
