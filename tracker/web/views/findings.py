"""A test, an incident, a document, a protest, an attributed opinion."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracker.web import asof
from tracker.web.addresses import find, follows_former_slugs
from tracker.web.figures import figures
from tracker.web.selectors import record


@follows_former_slugs
def finding(request: HttpRequest, slug: str) -> HttpResponse:
    """A finding with its numbers, what was said to it, and its sources. Before its day there is no page."""
    on, today = asof.days(request)
    finding = find(record.findings(on), slug)
    context = {
        "on": on,
        "today": today,
        "finding": finding,
        "figures": figures(finding),
        "citations": list(finding.citations.all()),
    }
    return render(request, "web/finding.html", context)
