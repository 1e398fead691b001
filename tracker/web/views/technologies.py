"""Kinds of surveillance: the list and a page for each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracker.organizations.models import Technology
from tracker.web import asof
from tracker.web.addresses import find, follows_former_slugs
from tracker.web.paging import page_of
from tracker.web.selectors import products as selectors


def technology_list(request: HttpRequest) -> HttpResponse:
    """All technologies with the number of vendors, products and agencies known."""
    on, today = asof.days(request)
    return render(request, "web/technologies.html", {"on": on, "today": today, "rows": selectors.technologies(on)})


@follows_former_slugs
def technology(request: HttpRequest, slug: str) -> HttpResponse:
    """A technology on a day: who sells it, who uses it, what was promised about it."""
    on, today = asof.days(request)
    technology = find(Technology.objects.all(), slug)
    context = {
        "on": on,
        "today": today,
        "technology": technology,
        "sellers": selectors.sellers_of(technology, on),
        "users": page_of(selectors.users_of(technology, on), request),
        "promises": selectors.promises_on(technology, on),
    }
    return render(request, "web/technology.html", context)
