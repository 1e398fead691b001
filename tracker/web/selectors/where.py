"""Where agencies with a partnership are: by state, and as dots on a map."""

from dataclasses import dataclass

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q
from django.db.models.functions import Round

from tracker.organizations.models import Organization, Place
from tracker.web.dots import Drawn, draw
from tracker.web.selectors.agencies import within
from tracker.web.selectors.partnerships import Deals
from tracker.web.selectors.places import state_of

NOWHERE = "none"
_FIRST = 12


def in_state(deals: Deals, state: str) -> Deals:
    """Those whose client is in a state (its slug), or with NOWHERE those whose client is in no state that is known."""
    if state == NOWHERE:
        return deals.exclude(pk__in=deals.filter(within(Place.objects.filter(kind=Place.Kind.STATE), "client__place")))
    return deals.filter(within(Place.objects.filter(slug=state), "client__place"))


def with_agencies(deals: Deals) -> Deals:
    """Those whose client is an agency."""
    return deals.filter(client__role=Organization.Role.AGENCY)


@dataclass(frozen=True)
class InState:
    """How many partnerships there are with agencies of a state; its slug is NOWHERE where no state is known."""

    slug: str
    name: str
    deals: int


@dataclass(frozen=True)
class ByState:
    """Partnerships with agencies by state, the most first; how many nobody checked, and where these came from."""

    rows: list[InState]
    unchecked: int
    origins: list[str]

    @property
    def first(self) -> list[InState]:
        """The states that are shown at once."""
        return self.rows[:_FIRST]

    @property
    def rest(self) -> list[InState]:
        """The others."""
        return self.rows[_FIRST:]

    @property
    def deals(self) -> int:
        """How many there are in all."""
        return sum(row.deals for row in self.rows)


def by_state(deals: Deals) -> ByState:
    """These partnerships by their client's state, agencies only, in two queries."""
    unchecked = Q(checked=False)
    counted = list(
        with_agencies(deals)
        .order_by()
        .values(state=state_of("client__place"))
        .annotate(
            n=Count("pk"),
            unchecked=Count("pk", filter=unchecked),
            origins=ArrayAgg("origin", filter=unchecked, distinct=True, default=[]),
        )
    )
    states = Place.objects.filter(kind=Place.Kind.STATE, pk__in=[row["state"] for row in counted]).in_bulk()
    rows = [
        InState(states[row["state"]].slug, states[row["state"]].name, row["n"])
        for row in counted
        if row["state"] in states
    ]
    rows.sort(key=lambda row: (-row.deals, row.name))
    elsewhere = sum(row["n"] for row in counted if row["state"] not in states)
    if elsewhere:
        rows.append(InState(NOWHERE, "No one state, or not known", elsewhere))
    origins = sorted({origin for row in counted for origin in row["origins"]})
    return ByState(rows, sum(row["unchecked"] for row in counted), origins)


def dots(deals: Deals) -> Drawn | None:
    """The clients of these partnerships that are agencies as dots, in two queries; None where none has a dot.

    Coordinates are rounded to a tenth of a degree: agencies of one town are one dot.
    """
    # By numbers, and not by four joins in an OR: PostgreSQL took minutes for those where it had no statistics yet.
    clients = Organization.objects.agencies().filter(place__in=_places_in("US"), pk__in=deals.values("client"))
    spots = (
        clients.order_by()
        .values(lat=Round("latitude", precision=1), lon=Round("longitude", precision=1))
        .annotate(n=Count("pk"))
    )
    counted = {(float(row["lat"]), float(row["lon"])): row["n"] for row in spots if row["lat"] is not None}
    without = sum(row["n"] for row in spots if row["lat"] is None)
    drawn = draw(counted, without=without)
    return drawn if drawn.shown else None


def _places_in(country: str) -> list[int]:
    """The country of that code and all that lies in it, in one query."""
    parents: dict[int | None, list[int]] = {}
    found: list[int] = []
    for pk, parent, kind, code in Place.objects.values_list("pk", "parent", "kind", "code"):
        parents.setdefault(parent, []).append(pk)
        if kind == Place.Kind.COUNTRY and code == country:
            found.append(pk)
    for place in found:
        found += parents.get(place, [])
    return found
