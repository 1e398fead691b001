"""Bodies that neither sell nor police: testers, papers, civil liberties groups,
those excepted from a promise.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracker.organizations.models import Organization
from tracker.web import asof
from tracker.web.addresses import find, follows_former_slugs
from tracker.web.selectors import agencies, partnerships
from tracker.web.selectors.bodies import part_played_by


@follows_former_slugs
def organization(request: HttpRequest, slug: str) -> HttpResponse:
    """What a body found, asked and was excepted from, as of a day."""
    on, today = asof.days(request)
    body = find(agencies.organizations().filter(role=Organization.Role.BODY), slug)
    part = part_played_by(body, on)
    context = {
        "on": on,
        "today": today,
        "organization": body,
        "lineage": agencies.lineage(body.place),
        "part": part,
        "own_citations": list(body.citations.all()),
        "sources": partnerships.sources_of(
            [body], part.findings, part.about_it, part.asked, part.deals, part.carve_outs
        ),
    }
    return render(request, "web/organization.html", context)
