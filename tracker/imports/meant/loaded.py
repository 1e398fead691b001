"""The organisations that the database has, as plain data. The only module here that asks it."""

from collections import defaultdict
from collections.abc import Iterable

from tracker.imports.meant.known import KnownAgency, KnownVendor
from tracker.organizations.models import (
    Alias,
    Organization,
    OrganizationFormerSlug,
    Place,
    Product,
    ProductAlias,
    Technology,
)


def vendors() -> list[KnownVendor]:
    """All vendors. A product called like a technology ("Face recognition") is left out: it names no vendor."""
    aliases = _gathered(Alias.objects.order_by("pk").values_list("organization", "name"))
    former = _gathered(OrganizationFormerSlug.objects.order_by("pk").values_list("record", "slug"))
    products = _gathered(
        [
            *Product.objects.order_by("pk").values_list("vendor", "name"),
            *ProductAlias.objects.order_by("pk").values_list("product__vendor", "name"),
        ]
    )
    kinds = {name.casefold() for name in Technology.objects.values_list("name", flat=True)}
    return [
        KnownVendor(
            pk,
            (name, *aliases[pk]),
            tuple(product for product in products[pk] if product.casefold() not in kinds),
            parent,
            tuple(slug.replace("-", " ") for slug in former[pk]),
        )
        for pk, name, parent in Organization.objects.vendors().order_by("pk").values_list("pk", "name", "parent")
    ]


def agencies(country: str) -> list[KnownAgency]:
    """All agencies; those in a state of the country (ISO 3166) with its code, with county and city as far as known."""
    aliases = _gathered(Alias.objects.order_by("pk").values_list("organization", "name"))
    places = {place.pk: place for place in Place.objects.all()}

    def within(place: int | None) -> dict[str, str]:
        found: dict[str, str] = {}
        while place is not None:
            here = places[place]
            above = places.get(here.parent_id or 0)
            is_ours = above is not None and above.code == country
            if here.kind == Place.Kind.STATE and is_ours:
                found["state"] = here.code
            elif here.kind in (Place.Kind.CITY, Place.Kind.COUNTY):
                found[here.kind] = here.name
            place = here.parent_id
        return found

    listed = Organization.objects.agencies().order_by("pk").values_list("pk", "name", "kind", "ori", "place")
    return [
        KnownAgency(pk, name, aliases=tuple(aliases[pk]), kind=kind, ori=ori, **within(place))
        for pk, name, kind, ori, place in listed
    ]


def _gathered(pairs: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    gathered: dict[int, list[str]] = defaultdict(list)
    for pk, name in pairs:
        gathered[pk].append(name)
    return gathered
