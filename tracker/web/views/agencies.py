"""Police, sheriffs, federal agencies, legislatures: the list and a page for each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracker.organizations.models import Organization, Place
from tracker.web import asof
from tracker.web.addresses import find, follows_former_slugs
from tracker.web.choices import choice
from tracker.web.paging import page_of
from tracker.web.selectors import agencies as selectors
from tracker.web.selectors import awards, partnerships, record
from tracker.web.selectors.promises import rulings
from tracker.web.selectors.rows import first_rows

KINDS = [kind for kind in Organization.Kind if kind not in (Organization.Kind.COMPANY, Organization.Kind.PRESS)]


def agency_list(request: HttpRequest) -> HttpResponse:
    """All agencies, by state, kind and vendor."""
    on, today = asof.days(request)
    states = list(Place.objects.filter(kind__in=(Place.Kind.STATE, Place.Kind.COUNTRY)).order_by("kind", "name"))
    vendors = list(
        Organization.objects.vendors().filter(clients__client__role="agency").distinct().values_list("slug", "name")
    )
    chosen = {
        "state": choice(request, "state", [state.slug for state in states]),
        "kind": choice(request, "kind", KINDS),
        "vendor": choice(request, "vendor", [slug for slug, _ in vendors]),
    }
    page = page_of(selectors.agencies(**chosen), request)
    served = selectors.vendors_of(list(page), on)
    rows = [(agency, served[agency.pk]) for agency in page]
    context = {
        "on": on,
        "today": today,
        "page": page,
        "rows": rows,
        "states": states,
        "vendors": vendors,
        "chosen": chosen,
    }
    return render(request, "web/agencies.html", {**context, "kinds": KINDS})


@follows_former_slugs
def agency(request: HttpRequest, slug: str) -> HttpResponse:
    """An agency on a day: who supplies it, what stands behind them, what was promised about it,
    what happened.
    """
    on, today = asof.days(request)
    agency = find(selectors.organizations().filter(role=Organization.Role.AGENCY), slug)
    deals = partnerships.published(on).filter(client=agency)
    suppliers = page_of(partnerships.with_sources(partnerships.not_summed(deals)), request)
    awards_by = awards.tables(awards.lines(on, partnership__client=agency), awards.VENDOR)
    chains = partnerships.chains_behind(agency, on)
    incidents = first_rows(record.findings(on).filter(agency=agency) | record.findings(on).filter(subject=agency))
    asked = first_rows(record.questions(on).filter(asked_of=agency))
    made = first_rows(record.findings(on).filter(by=agency))
    promises = selectors.promises_about(agency, on)
    excepted = selectors.excepted(agency, on)
    deciding = rulings(promises.its_own, promises.binding, promises.of_suppliers)
    context = {
        "on": on,
        "today": today,
        "agency": agency,
        "lineage": selectors.lineage(agency.place),
        "suppliers": suppliers,
        "awards_by": awards_by,
        "summed": partnerships.summed(deals).count() if awards_by else 0,
        "chains": chains,
        "promises": promises,
        "excepted": excepted,
        "makes_rules": agency.kind in (Organization.Kind.LEGISLATURE, Organization.Kind.REGULATOR),
        "incidents": incidents,
        "made": made,
        "questions": asked,
        "own_citations": list(agency.citations.all()),
        "sources": partnerships.sources_of([agency], suppliers, chains, deciding, excepted, incidents, asked, made),
    }
    return render(request, "web/agency.html", context)
