"""Which of our organisations a row means: by exact name or alias, never by likeness. What is not certain is refused."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tracker.imports.rows import AgencyNamed, Claimed, Refused
from tracker.organizations.models import Alias, Organization, Place

_LONGEST_NAME, _LONGEST_CITY = 200, 120


@dataclass(frozen=True)
class Resolved:
    """A claim with its vendor, and its agency where we know one; None: a new one is certain and to be made."""

    claim: Claimed
    vendor: Organization
    agency: Organization | None


def same(name: str) -> str:
    """The form in which two spellings of one name are equal: case and spaces do not tell apart."""
    return " ".join(name.split()).casefold()


class Gazetteer:
    """The places of one country: their states by postal code, and the state in which each place lies."""

    def __init__(self, country: str) -> None:
        self.places = {place.pk: place for place in Place.objects.all()}
        self.states = {
            place.code: place
            for place in self.places.values()
            if place.kind == Place.Kind.STATE and place.parent_id and self.places[place.parent_id].code == country
        }
        self._by_pk = {state.pk: code for code, state in self.states.items()}
        self._cities: dict[tuple[str, str | None], list[Place]] = defaultdict(list)
        for place in self.places.values():
            if place.kind == Place.Kind.CITY:
                self._cities[same(place.name), self.state_of(place.pk)].append(place)

    def state_of(self, place: int | None) -> str | None:
        """The postal code of the state that the place is or lies in; None for a country or no place."""
        while place is not None:
            if place in self._by_pk:
                return self._by_pk[place]
            place = self.places[place].parent_id
        return None

    def city(self, name: str, state: str) -> Place | None:
        """The one city of that name in the state; None where there is none, or more than one."""
        named = self._cities.get((same(name), state), [])
        return named[0] if len(named) == 1 else None


class Directory:
    """All organisations by every name they have."""

    def __init__(self, places: Gazetteer) -> None:
        self._places = places
        self._vendors: dict[str, set[Organization]] = defaultdict(set)
        self._agencies: dict[str, set[Organization]] = defaultdict(set)
        self._by_ori: dict[str, Organization] = {}
        known = {organization.pk: organization for organization in Organization.objects.all()}
        self._by_ori = {one.ori: one for one in known.values() if one.ori}
        names = [(organization.name, organization) for organization in known.values()]
        names += [(name, known[pk]) for name, pk in Alias.objects.values_list("name", "organization")]
        for name, organization in names:
            if organization.role == Organization.Role.VENDOR:
                self._vendors[same(name)].add(organization)
            elif organization.role == Organization.Role.AGENCY:
                self._agencies[same(name)].add(organization)

    def vendor(self, name: str) -> Organization | str:
        """The vendor of that name or alias, or why there is none that is certain."""
        found = self._vendors.get(same(name), set())
        if len(found) == 1:
            return next(iter(found))
        return "the vendor's name means several vendors" if found else "no vendor has this name or alias"

    def agency(self, named: AgencyNamed) -> Organization | str | None:
        """The agency of that number, or that name in that state; None where there is none; or why it is not certain."""
        if named.ori and named.ori in self._by_ori:
            return self._by_ori[named.ori]
        everywhere = self._agencies.get(same(named.name), set())
        here = [one for one in everywhere if self._places.state_of(one.place_id) == named.state]
        if len(here) == 1:
            return here[0]
        if here:
            return "several agencies have this name in the state"
        if any(self._places.state_of(one.place_id) is None for one in everywhere):
            return "an agency of this name has no state on record"
        return None

    def listed(self, named: AgencyNamed) -> Organization | None:
        """The agency that a list means, if that is certain."""
        found = self.agency(named)
        return found if isinstance(found, Organization) else None


def resolve(claims: Iterable[Claimed], places: Gazetteer, directory: Directory) -> Iterator[Resolved | Refused]:
    """Each claim with its organisations, or refused with a reason."""
    claims = list(claims)
    towns: dict[tuple[str, str], set[str]] = defaultdict(set)
    for claim in claims:
        towns[same(claim.agency.name), claim.agency.state].add(same(claim.agency.city))
    for claim in claims:
        vendor = directory.vendor(claim.vendor)
        if isinstance(vendor, str):
            yield Refused(claim.line, claim.group, vendor, claim.vendor, claim.cells)
            continue
        agency = directory.agency(claim.agency)
        why = agency if isinstance(agency, str) else None
        if agency is None:
            why = _why_not_new(claim.agency, places, towns[same(claim.agency.name), claim.agency.state])
        if why:
            yield Refused(
                claim.line,
                claim.group,
                why,
                f"{claim.agency.name}, {claim.agency.city}, {claim.agency.state}",
                claim.cells,
            )
        elif not isinstance(agency, str):
            yield Resolved(claim, vendor, agency)


def _why_not_new(named: AgencyNamed, places: Gazetteer, towns: set[str]) -> str | None:
    """Why an agency that we do not have cannot be made of what the file says; None if it can."""
    if named.state not in places.states:
        return "no state, or one that is not on record"
    if not named.city:
        return "a new agency without a city"
    if len(towns) > 1:
        return "a new agency that the file puts in several cities"
    if len(named.name) > _LONGEST_NAME or len(named.city) > _LONGEST_CITY:
        return "a name that is too long"
    return None
