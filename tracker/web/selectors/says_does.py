"""A vendor's pledges, each beside the deeds that bear on it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from tracker.commitments.lifecycle import STOPS, Action
from tracker.commitments.models import CarveOut, Commitment, Term
from tracker.partnerships.models import Partnership
from tracker.record.models import Finding
from tracker.web.selectors import carve_outs, partnerships, record
from tracker.web.selectors.partnerships import served
from tracker.web.selectors.promises import Promise
from tracker.web.selectors.vendors import Family

_EACH = 3


@dataclass(frozen=True)
class Deeds:
    """One pledge, and what bears on it: whom it excepts, what undid it, whom its products serve, what was found."""

    promise: Promise
    made: Term
    excepted: list[CarveOut]
    undone: list[Term]
    deals: list[Partnership]
    deals_known: int
    findings: list[Finding]

    def __len__(self) -> int:
        return len(self.undone) + len(self.deals) + len(self.findings)


def says_does(family: Family, pledges: list[Promise], on: date) -> list[Deeds]:
    """For each pledge, the deeds that bear on it by `on`. Eight queries, whatever the number of pledges."""
    keys = [pledge.commitment.pk for pledge in pledges]
    about = Commitment.products.through.objects.filter(commitment__in=keys).values_list("commitment", "product")
    products = _grouped(about)
    named = set().union(*products.values())
    deals = _newest_deals(family, named, on)
    counts = _clients_known(named, on)
    findings = _newest_findings(named, on)
    excepted = _excepted(keys, on)
    return [
        Deeds(
            promise=pledge,
            made=_terms(pledge, on)[0],
            excepted=excepted[pledge.commitment.pk],
            undone=[term for term in _terms(pledge, on)[1:] if term.action in (*STOPS, Action.NARROWED)],
            deals=[deal for deal in deals if deal.product_id in products[pledge.commitment.pk]][:_EACH],
            deals_known=sum(counts.get(product, 0) for product in products[pledge.commitment.pk]),
            findings=[row for row in findings if row.product_id in products[pledge.commitment.pk]][:_EACH],
        )
        for pledge in pledges
    ]


def _terms(pledge: Promise, on: date) -> list[Term]:
    declared = [term for term in pledge.commitment.terms.all() if term.declared_on.first <= on]
    return sorted(declared, key=lambda term: (term.declared_on.first, term.order))


def _grouped(rows: Iterable[tuple[int, int]]) -> defaultdict[int, set[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    for commitment, other in rows:
        found[commitment].add(other)
    return found


def _newest_deals(family: Family, products: set[int], on: date) -> list[Partnership]:
    """A few of the newest partnerships with each of the products."""
    order = [F("started").desc(nulls_last=True), F("slug").asc()]
    nth = Window(RowNumber(), partition_by=[F("product")], order_by=order)
    sellers = [*family.keys, *(owner.pk for owner in family.owners)]
    deals = served(on).filter(product__in=products, vendor__in=sellers)
    return list(partnerships.with_sources(deals).annotate(nth=nth).filter(nth__lte=_EACH))


def _clients_known(products: set[int], on: date) -> dict[int, int]:
    deals = served(on).filter(product__in=products).order_by().values("product")
    return dict(deals.annotate(n=Count("client", distinct=True)).values_list("product", "n"))


def _newest_findings(products: set[int], on: date) -> list[Finding]:
    """A few of the newest findings about each of the products. An opinion is no deed."""
    nth = Window(RowNumber(), partition_by=[F("product")], order_by=[F("on").desc(), F("slug").asc()])
    deeds = record.findings(on).filter(product__in=products).exclude(kind=Finding.Kind.OPINION)
    return list(deeds.annotate(nth=nth).filter(nth__lte=_EACH))


def _excepted(commitments: list[int], on: date) -> defaultdict[int, list[CarveOut]]:
    """Per commitment, who is excepted from it on `on`."""
    found: defaultdict[int, list[CarveOut]] = defaultdict(list)
    for row in carve_outs.carve_outs().filter(term__commitment__in=commitments):
        if carve_outs.begun(row, on) and not carve_outs.over(row, on):
            found[row.term.commitment_id].append(row)
    return found
