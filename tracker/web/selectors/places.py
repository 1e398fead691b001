"""Places: what is known of each state, and what one page shows."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, When

from tracker.commitments.models import Commitment
from tracker.organizations.models import Organization, Place
from tracker.web.selectors import partnerships
from tracker.web.selectors.agencies import LAWS, lineage, within
from tracker.web.selectors.partnerships import served
from tracker.web.selectors.promises import Promise, promises


def places() -> QuerySet[Place, Place]:
    """Places with what they lie in."""
    return Place.objects.select_related("parent__parent__parent")


def state_of(path: str = "place") -> Case:
    """The id of the state or province in which `path` lies, or the country's where there is none between."""
    cases = [
        When(**{f"{path}{'__parent' * depth}__kind": Place.Kind.STATE}, then=F(f"{path}{'__parent' * depth}"))
        for depth in range(3)
    ]
    return Case(*cases, default=F(path))


@dataclass(frozen=True)
class StateRow:
    """One line of the list of states.

    None where none of our sources says anything; never a zero that nobody counted.
    """

    place: Place
    agencies: int | None
    known: int | None
    vendors: int | None
    in_force: int | None

    @property
    def silent(self) -> bool:
        """Whether none of our sources says anything about it."""
        return self.agencies is None and self.known is None and self.in_force is None


def by_state(on: date) -> list[StateRow]:
    """Every state and province with what is known of it on `on`, in four queries.

    That is the agencies on record there, those with a known partnership, their vendors, and the promises and
    rules of its bodies in force.
    """
    at_home_first = Case(When(parent__code="US", then=0), default=1)
    states = Place.objects.filter(kind=Place.Kind.STATE).select_related("parent")
    states = states.order_by(at_home_first, "parent__name", "name")
    bodies = Organization.objects.agencies().filter(place__isnull=False).annotate(state=state_of())
    agencies = _counts(bodies, "state", n=Count("pk"))
    deals = served(on).filter(client__place__isnull=False).annotate(state=state_of("client__place"))
    known = _counts(deals, "state", n=Count("client", distinct=True), vendors=Count("vendor", distinct=True))
    rules = (
        Commitment.objects.in_force(on)
        .filter(actor__place__isnull=False, actor__role=Organization.Role.AGENCY)
        .annotate(state=state_of("actor__place"))
    )
    promised = _counts(rules, "state", n=Count("pk"))
    nothing: dict[str, int] = {}
    return [
        StateRow(
            place=state,
            agencies=agencies.get(state.pk, nothing).get("n"),
            known=known.get(state.pk, nothing).get("n"),
            vendors=known.get(state.pk, nothing).get("vendors"),
            in_force=promised.get(state.pk, nothing).get("n"),
        )
        for state in states
    ]


def _counts(rows: "QuerySet[Any, Any]", by: str, **counts: Count) -> dict[int, dict[str, int]]:
    return {row[by]: row for row in rows.order_by().values(by).annotate(**counts)}


def agencies_in(place: Place) -> QuerySet[Organization, Organization]:
    """The agencies in a place, at any depth, by name."""
    here = Organization.objects.agencies().filter(within(Place.objects.filter(pk=place.pk)))
    return here.select_related("place__parent__parent").order_by("name", "slug")


def unnamed_in(place: Place, on: date) -> int:
    """How many agencies on record in a place have no vendor in any of our sources by `on`.

    Unknown is not none.
    """
    return agencies_in(place).filter(~Exists(partnerships.published(on).filter(client=OuterRef("pk")))).count()


@dataclass(frozen=True)
class Rules:
    """Promises and rules of the bodies in a place, laws of what it lies in, and vendors' promises that name it."""

    here: list[Promise]
    above: list[Promise]
    naming: list[Promise]


def rules_in(place: Place, on: date) -> Rules:
    """What was promised or decided in and about a place. As many queries for any number of promises."""
    of_body = Q(actor__role=Organization.Role.AGENCY)
    here = Commitment.objects.filter(of_body, within(Place.objects.filter(pk=place.pk), "actor__place"))
    above = Commitment.objects.filter(of_body, nature__in=LAWS, actor__place__in=lineage(place)[1:])
    named = rf"\m{re.escape(place.name)}\M"  # “where it holds” is words: Illinois, not a list of places
    naming = Commitment.objects.filter(actor__role=Organization.Role.VENDOR, where__regex=named)
    return Rules(promises(here, on), promises(above, on), promises(naming, on))


def parts_of(place: Place, on: date) -> list[tuple[Place, int | None]]:
    """Its counties and cities, each with how many agencies there have a known partnership, None where none has."""
    inside = Case(
        When(client__place__parent=place, then=F("client__place")),
        When(client__place__parent__parent=place, then=F("client__place__parent")),
        When(client__place__parent__parent__parent=place, then=F("client__place__parent__parent")),
    )
    deals = served(on).annotate(part=inside).filter(part__isnull=False)
    known = _counts(deals, "part", n=Count("client", distinct=True))
    return [(part, known[part.pk]["n"] if part.pk in known else None) for part in place.parts.order_by("name")[:500]]
