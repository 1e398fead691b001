"""Which of our organisations a row means. What is not certain is refused, and an editor is asked."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from tracker.imports.meant import Agencies, Meant, Vendors, loaded
from tracker.imports.rows import AgencyNamed, Asked, Claimed, Refused
from tracker.organizations.models import Organization, Place

# A candidate that is less like the name is not worth a question: namesakes in other states are other agencies.
_A_VENDOR, _AN_AGENCY = 0.5, 0.85
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
        self.country = country
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
    """All organisations, and whom a name means among them (meant/)."""

    def __init__(self, places: Gazetteer) -> None:
        self._all = {organization.pk: organization for organization in Organization.objects.all()}
        self._vendors = Vendors(loaded.vendors())
        self._agencies = Agencies(loaded.agencies(places.country))

    def parted(self, claim: Claimed) -> Iterator[Claimed]:
        """The claim, once for each vendor that its cell names; the first keeps the row's key."""
        # A contract has one recipient, whatever commas its name has.
        named = [claim.vendor] if claim.award else self._vendors.split(claim.vendor)
        if len(named) < 2:
            yield claim
        else:
            for number, vendor in enumerate(named, start=1):
                yield replace(claim, vendor=vendor, key=claim.key if number == 1 else f"{claim.key}/{number}")

    def vendor(self, name: str) -> Meant:
        """The vendor that is meant."""
        return self._vendors.meant(name)

    def agency(self, named: AgencyNamed) -> Meant:
        """The agency that is meant."""
        return self._agencies.meant(named)

    def certain(self, meant: Meant) -> Organization | None:
        """The organisation that is certainly meant."""
        return self._all[meant.certain] if meant.certain is not None else None


def resolve(claims: Iterable[Claimed], places: Gazetteer, directory: Directory) -> Iterator[Resolved | Refused]:
    """Each claim with its organisations, or refused with a reason."""
    claims = list(claims)
    towns: dict[tuple[str, str], set[str]] = defaultdict(set)
    for claim in claims:
        towns[same(claim.agency.name), claim.agency.state].add(same(claim.agency.city))
    for claim in claims:
        meant = directory.vendor(claim.vendor)
        vendor = directory.certain(meant)
        if vendor is None:
            asked = Asked("vendor", claim.vendor, "", _candidates(meant, likely=_A_VENDOR))
            yield _refused(claim, meant.why_not, claim.vendor, asked)
            continue
        yield _with_agency(claim, vendor, places, directory, towns[same(claim.agency.name), claim.agency.state])


def _with_agency(
    claim: Claimed, vendor: Organization, places: Gazetteer, directory: Directory, towns: set[str]
) -> Resolved | Refused:
    named = claim.agency
    meant = directory.agency(named)
    agency = directory.certain(meant)
    if agency is not None:
        return Resolved(claim, vendor, agency)
    why = _why_not_new(named, places, towns) if meant.new else meant.why_not
    if why:
        asked = Asked("agency", named.name, named.state, _candidates(meant, likely=_AN_AGENCY))
        return _refused(claim, why, f"{named.name}, {named.city}, {named.state}", asked)
    return Resolved(claim, vendor, None)


def _candidates(meant: Meant, *, likely: float) -> tuple[tuple[int, str], ...]:
    return tuple((one.pk, one.reason) for one in meant.candidates if one.likeness >= likely)


def _refused(claim: Claimed, why: str, sample: str, asked: Asked) -> Refused:
    """Refused; an editor is asked only where there is somebody to choose from."""
    return Refused(claim.line, claim.group, why, sample, claim.cells, asked if asked.candidates else None)


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
