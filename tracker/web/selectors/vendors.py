"""A vendor's profile: who belongs to it, what it promised, whom it serves. One query or a few per block."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, F, Prefetch, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from tracker.commitments.models import Commitment
from tracker.evidence.models import OrganizationCitation
from tracker.organizations.models import Organization, Place, Product
from tracker.partnerships.models import Partnership
from tracker.web import timeline, words
from tracker.web.selectors import partnerships, record, where
from tracker.web.selectors.commitment import SIZES, track
from tracker.web.selectors.partnerships import served
from tracker.web.selectors.places import state_of
from tracker.web.selectors.promises import Promise, promises
from tracker.web.selectors.rows import first_rows

AGENCIES = "agencies"
_LANES = 12
_BEYOND = 4


def vendors() -> QuerySet[Organization, Organization]:
    """Vendors with what the head of their page names."""
    cited = Prefetch("citations", OrganizationCitation.objects.select_related("source"))
    products = Prefetch("products", Product.objects.select_related("technology"))
    return (
        Organization.objects.vendors()
        .select_related("parent__parent__parent", "place__parent")
        .prefetch_related(cited, products, "aliases")
    )


@dataclass(frozen=True)
class Family:
    """A vendor with the companies it owns, at any depth up to three, and those that own it."""

    vendor: Organization
    owned: list[Organization]
    owners: list[Organization]

    @property
    def sells(self) -> list[tuple[Organization, list[Product]]]:
        """Each company with what it sells or runs, those without a product left out."""
        return [
            (company, list(company.products.all())) for company in (self.vendor, *self.owned) if company.products.all()
        ]

    @property
    def keys(self) -> list[int]:
        """The vendor and what it owns."""
        return [self.vendor.pk, *(company.pk for company in self.owned)]


def family_of(vendor: Organization) -> Family:
    """The vendor's family, in one query and one for the products of its companies."""
    below = Q(parent=vendor) | Q(parent__parent=vendor) | Q(parent__parent__parent=vendor)
    owned = Organization.objects.filter(below).prefetch_related(
        Prefetch("products", Product.objects.select_related("technology"))
    )
    owners: list[Organization] = []
    above = vendor.parent
    while above is not None and len(owners) < 3:
        owners.append(above)
        above = above.parent
    return Family(vendor, list(owned.order_by("name")), owners)


@dataclass(frozen=True)
class Promised:
    """What the family promised, what its owners promised about its products, and what others decided about it."""

    own: list[Promise]
    about: list[Promise]

    def __len__(self) -> int:
        return len(self.own) + len(self.about)

    def tally(self) -> list[tuple[int, str]]:
        """How many of its own stand in which state, the running ones first: (1, "in force"), (3, "replaced")."""
        counted: dict[str, int] = defaultdict(int)
        for promise in self.own:
            counted[words.state_word(promise.standing)] += 1
        return [(number, word) for word, number in counted.items()]

    def drawings(self, on: date, today: date) -> list[timeline.Drawing]:
        """The timeline of all of them, oldest first, wide and narrow."""
        rows = [*self.own, *self.about][:_LANES]
        rows.sort(key=lambda promise: min(term.declared_on.first for term in promise.commitment.terms.all()))
        tracks = [track(row.commitment, [], [row.verdict] if row.verdict else []) for row in rows]
        drawn = [timeline.draw(tracks, on=on, today=today, width=width, name=name) for width, name in SIZES]
        return [drawing for drawing in drawn if drawing is not None]


def promised(family: Family, on: date) -> Promised:
    """Commitments of the family or about its products or binding it, made by `on`. Eight queries."""
    of_its = Q(products__vendor__in=family.keys)
    makers = Q(actor__in=family.keys) | Q(actor__in=[owner.pk for owner in family.owners]) & of_its
    own = promises(Commitment.objects.filter(makers), on)
    made = [promise.commitment.pk for promise in own]
    about = promises(Commitment.objects.filter(of_its | Q(binds__in=family.keys)).exclude(pk__in=made), on)
    return Promised(own, about)


@dataclass(frozen=True)
class Figures:
    """The numbers at the head of a profile. `agencies` is None where no source names a client."""

    agencies: int | None
    states: int
    partnerships: int
    open_questions: int
    longest: int | None


def figures(family: Family, promised: Promised, on: date) -> Figures:
    """Counted in two queries."""
    deals = served(on).filter(vendor__in=family.keys)
    agency = Q(client__role=Organization.Role.AGENCY)
    counted = deals.annotate(state=state_of("client__place")).aggregate(
        partnerships=Count("pk", distinct=True),
        agencies=Count("client", filter=agency, distinct=True),
        states=Count(
            "state",
            filter=agency & Q(client__place__isnull=False) & ~Q(client__place__kind=Place.Kind.COUNTRY),
            distinct=True,
        ),
    )
    asked = (
        record.questions(on)
        .open(on)
        .filter(asked_of__in=family.keys)
        .prefetch_related(None)
        .only("asked_on", "outcome", "answered_on")
    )
    waits = [question.days_unanswered(on) for question in asked.select_related(None)]
    return Figures(
        agencies=counted["agencies"] or None,
        states=counted["states"],
        partnerships=counted["partnerships"],
        open_questions=len(waits),
        longest=max((wait for wait in waits if wait is not None), default=None),
    )


def partnerships_of(
    family: Family, on: date, *, state: str = "", kind: str = "", status: str = "", clients: str = ""
) -> partnerships.Deals:
    """Partnerships of the family, in a state (its slug, or where.NOWHERE), of a kind, with a status; the newest start
    first. `clients`, if given, is AGENCIES: those that serve or served an agency, no offer and none that was denied.
    """
    deals = partnerships.published(on).filter(vendor__in=family.keys)
    if clients == AGENCIES:
        deals = served_to_agencies(family, on)
    if state:
        deals = where.in_state(deals, state)
    if kind:
        deals = deals.filter(kind=kind)
    if status:
        deals = deals.filter(status=status)
    return partnerships.with_sources(deals)


def served_to_agencies(family: Family, on: date) -> partnerships.Deals:
    """Partnerships of the family with agencies, running or over."""
    return where.with_agencies(served(on).filter(vendor__in=family.keys))


@dataclass(frozen=True)
class Chain:
    """Who stands behind whom: from the far end to the one served, with the partnership that says so."""

    links: list[Organization]
    deal: Partnership
    beyond: "list[Served]" = field(default_factory=list)


@dataclass(frozen=True)
class Served:
    """A client, with the products that it is known to be served with."""

    client: Organization
    products: list[str]


@dataclass(frozen=True)
class Chains:
    """The first chains, and whether there are more."""

    rows: list[Chain]
    more: bool


def chains(family: Family, on: date) -> Chains:
    """Partnerships through a third, and those with another vendor as client and whom that one serves. Four queries."""
    through = Q(vendor__in=family.keys, via__isnull=False) | Q(via__in=family.keys)
    between = (Q(vendor__in=family.keys) | Q(client__in=family.keys)) & Q(client__role=Organization.Role.VENDOR)
    deals = first_rows(partnerships.with_sources(served(on).filter(through | between)), 30)
    middle = {deal.client_id for deal in deals if deal.client.role == Organization.Role.VENDOR}
    nth = Window(RowNumber(), partition_by=[F("vendor")], order_by=[F("amount").desc(nulls_last=True), F("slug").asc()])
    served_by = (
        partnerships.with_sources(served(on).filter(vendor__in=middle)).annotate(nth=nth).filter(nth__lte=_BEYOND)
    )
    beyond: defaultdict[int, dict[int, Served]] = defaultdict(dict)
    for deal in served_by:
        entry = beyond[deal.vendor_id].setdefault(deal.client_id, Served(deal.client, []))
        if deal.product is not None and deal.product.name not in entry.products:
            entry.products.append(deal.product.name)
    return Chains([_chain(deal, list(beyond[deal.client_id].values())) for deal in deals], deals.more)


def _chain(deal: Partnership, beyond: list[Served]) -> Chain:
    links = [deal.vendor, deal.via, deal.client] if deal.via else [deal.vendor, deal.client]
    return Chain(links, deal, beyond)
