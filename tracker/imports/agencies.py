"""Agencies that a file names and we do not have."""

from itertools import chain

from django.utils.text import slugify

from tracker.imports.numbers import numbers
from tracker.imports.resolve import Gazetteer, same
from tracker.imports.rows import AgencyNamed
from tracker.organizations.models import Organization, OrganizationFormerSlug, Place

_AT_ONCE = 1_000


class NewAgencies:
    """Makes each new agency once, with its city; `write` writes them. `made` are those of this import."""

    def __init__(self, places: Gazetteer, *, origin: str) -> None:
        self._places, self._origin = places, origin
        self._by_name: dict[tuple[str, str], Organization] = {}
        self._slugs = set(chain(_slugs(Organization), _slugs(OrganizationFormerSlug)))
        self._place_slugs = set(_slugs(Place))
        self._cities: dict[tuple[str, str], Place] = {}
        self._places_made: list[Place] = []
        self._numbers, self._place_numbers = numbers(Organization), numbers(Place)

    @property
    def made(self) -> list[Organization]:
        """Those made so far."""
        return list(self._by_name.values())

    @property
    def places_made(self) -> list[int]:
        """The cities made so far."""
        return [place.pk for place in self._places_made]

    def write(self) -> None:
        """Write everything that was made."""
        Place.objects.bulk_create(self._places_made, batch_size=_AT_ONCE)
        Organization.objects.bulk_create(self.made, batch_size=_AT_ONCE)

    def make(self, named: AgencyNamed) -> Organization:
        """The new agency of that name in that state: one, however many rows name it."""
        key = (same(named.name), named.state)
        if key not in self._by_name:
            self._by_name[key] = Organization(
                pk=next(self._numbers),
                role=Organization.Role.AGENCY,
                kind=named.kind,
                name=named.name,
                slug=_free(slugify(f"{named.name[:150]}-{named.state}") or "agency", self._slugs),
                place=self._city(named.city, named.state),
                origin=self._origin,
            )
        return self._by_name[key]

    def _city(self, name: str, state: str) -> Place:
        key = (same(name), state)
        if key not in self._cities:
            self._cities[key] = self._places.city(name, state) or self._new_city(name, state)
        return self._cities[key]

    def _new_city(self, name: str, state: str) -> Place:
        parent = self._places.states[state]
        slug = _free(slugify(f"{name[:100]}-{parent.slug}"), self._place_slugs)
        made = Place(pk=next(self._place_numbers), kind=Place.Kind.CITY, name=name, slug=slug, parent=parent)
        self._places_made.append(made)
        return made


def _slugs(model: type[Organization] | type[OrganizationFormerSlug] | type[Place]) -> list[str]:
    return list(model._default_manager.values_list("slug", flat=True))


def _free(slug: str, taken: set[str]) -> str:
    """The slug, or the first of its numbered forms that is free; it is taken then."""
    free = next(form for form in (slug, *map(f"{slug}-{{}}".format, range(2, 1000))) if form not in taken)
    taken.add(free)
    return free
