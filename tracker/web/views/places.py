"""Countries, states, counties and cities: the list of states and a page for each place."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracker.organizations.models import Place
from tracker.web import asof
from tracker.web.addresses import find, follows_former_slugs
from tracker.web.paging import page_of
from tracker.web.selectors import agencies as agency_selectors
from tracker.web.selectors import partnerships, where
from tracker.web.selectors import places as selectors


def place_list(request: HttpRequest) -> HttpResponse:
    """Every state and province with what is known of it."""
    on, today = asof.days(request)
    states = selectors.by_state(on)
    context = {
        "on": on,
        "today": today,
        "dots": where.dots(partnerships.served(on)),
        "rows": [row for row in states if not row.silent],
        "silent": [row.place for row in states if row.silent],
        "countries": list(Place.objects.filter(kind=Place.Kind.COUNTRY).order_by("name")),
    }
    return render(request, "web/places.html", context)


@follows_former_slugs
def place(request: HttpRequest, slug: str) -> HttpResponse:
    """A place on a day: its agencies and their vendors, the promises that cover them, what no source says."""
    on, today = asof.days(request)
    place = find(selectors.places(), slug)
    page = page_of(selectors.agencies_in(place), request)
    served = agency_selectors.vendors_of(list(page), on)
    context = {
        "on": on,
        "today": today,
        "place": place,
        "lineage": agency_selectors.lineage(place),
        "page": page,
        "rows": [(agency, served[agency.pk]) for agency in page],
        "unnamed": selectors.unnamed_in(place, on),
        "rules": selectors.rules_in(place, on),
        "parts": selectors.parts_of(place, on),
    }
    return render(request, "web/place.html", context)
