"""The first page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracker.web import asof
from tracker.web.selectors import home as selectors
from tracker.web.selectors import partnerships, where


def home(request: HttpRequest) -> HttpResponse:
    """What runs out next, what lapsed, what changed lately, what has no answer, and where."""
    on, today = asof.days(request)
    context = {
        "on": on,
        "today": today,
        "runs_out": selectors.runs_out_next(on),
        "lapsed": selectors.lapsed(on),
        "changed": selectors.changed_lately(on),
        "questions": selectors.without_answer(on),
        "holdings": selectors.holdings(on),
        "states": selectors.states(on),
        "dots": where.dots(partnerships.served(on)),
    }
    return render(request, "web/home.html", context)
