"""Agencies: the list, and what one page shows."""

import re
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.aggregates import BoolAnd
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from tracker.commitments.models import CarveOut, CarveOutCitation, Commitment
from tracker.evidence.models import OrganizationCitation
from tracker.organizations.models import Organization, Place
from tracker.partnerships.models import Partnership
from tracker.web.selectors import partnerships
from tracker.web.selectors.promises import Promise, promises

Bodies = QuerySet[Organization, Organization]


def organizations() -> Bodies:
    """Organisations with what the head of their page names."""
    cited = Prefetch("citations", OrganizationCitation.objects.select_related("source"))
    return (
        Organization.objects.select_related("parent", "place__parent__parent__parent")
        .prefetch_related(cited, "aliases")
        .all()
    )


def agencies(*, state: str = "", kind: str = "", vendor: str = "") -> Bodies:
    """Agencies in a state (its slug), of a kind, served by a vendor (its slug), by state and name."""
    found = Organization.objects.agencies().select_related("place__parent__parent")
    if state:
        found = found.filter(within(Place.objects.filter(slug=state)))
    if kind:
        found = found.filter(kind=kind)
    if vendor:
        deals = Partnership.objects.filter(client=OuterRef("pk"), vendor__slug=vendor, published_on__isnull=False)
        found = found.filter(Exists(deals))
    return found.order_by("name", "slug")


def within(places: QuerySet[Place, Place], path: str = "place") -> Q:
    """For a filter: somewhere in one of `places`, at any depth (city, county, state, country)."""
    anywhere = Q()
    for depth in range(4):
        anywhere |= Q(**{f"{path}{'__parent' * depth}__in": places})
    return anywhere


@dataclass(frozen=True)
class Supplied:
    """A vendor or partner of an agency, in a list. `denied`: all that is known is that it does not serve it."""

    name: str
    url: str
    denied: bool


_NOT_SERVED = Q(status__in=(Partnership.Status.DENIED, Partnership.Status.NEVER_STARTED)) | Q(
    kind__in=(Partnership.Kind.PROPOSAL, Partnership.Kind.PROMOTION)
)


def vendors_of(rows: list[Organization], on: date) -> dict[int, list[Supplied]]:
    """Per agency, who is known by `on` to serve it, to have served it, or not to serve it; in one query."""
    found: dict[int, list[Supplied]] = {row.pk: [] for row in rows}
    deals = partnerships.published(on).filter(client__in=list(found))
    names = (
        deals.order_by("vendor__name")
        .values_list("client", "vendor__name", "vendor__slug", "vendor__role")
        .annotate(denied=BoolAnd(_NOT_SERVED))
    )
    for client, name, slug, role, denied in names:
        url = Organization(role=role, slug=slug).get_absolute_url()
        found[client].append(Supplied(name, url, denied))
    return found


def lineage(place: Place | None) -> list[Place]:
    """A place and what it lies in, from the smallest. No query where the parents were selected with it."""
    line: list[Place] = []
    while place is not None:
        line.append(place)
        place = place.parent
    return line


@dataclass(frozen=True)
class Promises:
    """What was promised about an agency, by whom it stands."""

    its_own: list[Promise]
    binding: list[Promise]
    of_suppliers: list[Promise]

    def __len__(self) -> int:
        return len(self.its_own) + len(self.binding) + len(self.of_suppliers)


def promises_about(agency: Organization, on: date) -> Promises:
    """What was promised about it.

    Promises it made; rules that bind it by name, or of a body of its own town, county or state; and what its
    suppliers promised about products that it is known to have used.
    """
    deals = partnerships.served(on).filter(client=agency)
    sellers = Organization.objects.filter(Q(clients__in=deals) | Q(subsidiaries__clients__in=deals))
    used = Q(products__partnerships__in=deals) | Q(products__isnull=True, technologies__partnerships__in=deals)
    of_suppliers = used & Q(actor__in=sellers) & (Q(where="") | Q(where__regex=_names(agency.place)))
    law = Q(
        nature__in=LAWS,
        actor__place__in=[place.pk for place in lineage(agency.place) if place.kind != Place.Kind.COUNTRY],
    )
    binding = (Q(binds=agency) | law) & ~Q(actor=agency)
    made = promises(Commitment.objects.filter(actor=agency), on)
    bound = promises(Commitment.objects.filter(binding), on)
    theirs = promises(Commitment.objects.filter(of_suppliers).exclude(pk__in=[row.commitment.pk for row in bound]), on)
    return Promises(made, bound, theirs)


def _names(place: Place | None) -> str:
    """A pattern for “where it holds”, which is words, that a promise to everybody or to this place fits."""
    words = [word for upper in lineage(place) for word in (upper.name, upper.code) if word]
    return rf"\m({'|'.join(map(re.escape, [*words, 'US', 'global']))})\M|[Ww]orld"


LAWS = (Commitment.Nature.STATUTE, Commitment.Nature.ORDINANCE, Commitment.Nature.COURT_ORDER)


def excepted(organization: Organization, on: date) -> list[CarveOut]:
    """The promises from which it is excepted by name, declared by `on`."""
    return list(
        CarveOut.objects.filter(
            organization=organization, published_on__isnull=False, term__declared_on__startswith__lte=on
        )
        .filter(term__published_on__isnull=False)
        .select_related("term__commitment__actor", "until")
        .prefetch_related(Prefetch("citations", CarveOutCitation.objects.select_related("source")))[:100]
    )
