"""Vendors: the list, and a vendor's profile as of a day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracker.organizations.models import Place
from tracker.partnerships.models import Partnership
from tracker.web import asof, words
from tracker.web.addresses import find, follows_former_slugs
from tracker.web.choices import choice
from tracker.web.paging import extra, page_of
from tracker.web.selectors import awards, lists, vendor_record, where
from tracker.web.selectors import vendors as selectors
from tracker.web.selectors.says_does import says_does

_ROWS = 25


def vendor_list(request: HttpRequest) -> HttpResponse:
    """Every vendor, with what it sells, promised and left unanswered."""
    on, today = asof.days(request)
    page = page_of(lists.vendors(), request)
    context = {"on": on, "today": today, "page": page, "rows": lists.vendor_rows(list(page), on)}
    return render(request, "web/vendors.html", context)


@follows_former_slugs
def vendor(request: HttpRequest, slug: str) -> HttpResponse:
    """A vendor on a day: what it promised, whom it serves, what was found, what it did not answer."""
    on, today = asof.days(request)
    family = selectors.family_of(find(selectors.vendors(), slug))
    states = list(Place.objects.filter(kind=Place.Kind.STATE).order_by("name").values_list("slug", "name"))
    chosen = {
        "state": choice(request, "state", [where.NOWHERE, *(slug for slug, _ in states)]),
        "kind": choice(request, "kind", Partnership.Kind.values),
        "status": choice(request, "status", Partnership.Status.values),
        "clients": choice(request, "clients", [selectors.AGENCIES]),
    }
    promised = selectors.promised(family, on)
    known = selectors.served_to_agencies(family, on)
    deals = page_of(selectors.partnerships_of(family, on, **chosen), request, size=_ROWS)
    context = {
        "on": on,
        "today": today,
        "vendor": family.vendor,
        "family": family,
        "figures": selectors.figures(family, promised, on),
        "promised": promised,
        "own_caption": "Its own commitments"
        + (", and those of its owners about its products" if family.owners else ""),
        "timelines": promised.drawings(on, today),
        "deeds": says_does(family, promised.own, on),
        "by_state": where.by_state(known),
        "dots": where.dots(known),
        "partnerships": deals,
        "caption": f"{words.count(deals.paginator.count, 'deal or offer', 'deals or offers').capitalize()} on record, "
        "the newest start first",
        "extra": extra(request, "page"),
        "chosen": chosen,
        "states": states,
        "kinds": Partnership.Kind.choices,
        "statuses": Partnership.Status.choices,
        "awards_by": awards.tables(awards.lines(on, partnership__vendor__in=family.keys), awards.AGENCY),
        "chains": selectors.chains(family, on),
        "findings": vendor_record.findings_of(family, on),
        "questions": vendor_record.questions_of(family, on),
        "evidence": vendor_record.evidence_of(family),
        "disputes": vendor_record.disputes_of(family),
        "own_citations": list(family.vendor.citations.all()),
    }
    return render(request, "web/vendor.html", context)
