"""The search page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracker.web import asof
from tracker.web.choices import phrase
from tracker.web.selectors import search as selectors


def search(request: HttpRequest) -> HttpResponse:
    """What the record holds on some words, in groups. Too long a text is answered with 400."""
    on, today = asof.days(request)
    query = phrase(request, "q", longest=selectors.LONGEST)
    context = {
        "on": on,
        "today": today,
        "query": query,
        "words": selectors.words_of(query),
        "groups": selectors.search(query),
    }
    return render(request, "web/search.html", context)
