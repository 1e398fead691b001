"""The lines behind what an agency obligated, and behind what a vendor was awarded."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracker.organizations.models import Organization
from tracker.web import asof
from tracker.web.addresses import Moved, find, follows_former_slugs
from tracker.web.choices import choice, phrase
from tracker.web.paging import extra, page_of
from tracker.web.selectors import agencies, awards, vendors
from tracker.web.selectors.agencies import Bodies


@follows_former_slugs
def of_agency(request: HttpRequest, slug: str) -> HttpResponse:
    """An agency's awards, by vendor, fiscal year and award."""
    agency = _find(agencies.organizations().filter(role=Organization.Role.AGENCY), slug)
    return _awards(request, agency, "vendor", {"partnership__client": agency})


@follows_former_slugs
def of_vendor(request: HttpRequest, slug: str) -> HttpResponse:
    """The awards of a vendor and of the companies it owns, by agency, fiscal year and award."""
    family = vendors.family_of(_find(vendors.vendors(), slug))
    return _awards(request, family.vendor, "agency", {"partnership__vendor__in": family.keys})


def _find(records: Bodies, slug: str) -> Organization:
    """Like `find`; a former slug leads to the awards under the new one."""
    try:
        return find(records, slug)
    except Moved as moved:
        raise Moved(f"{moved.url}awards/") from None


def _awards(request: HttpRequest, who: Organization, other: str, whose: dict[str, Any]) -> HttpResponse:
    on, today = asof.days(request)
    by = awards.VENDOR if other == "vendor" else awards.AGENCY
    every = awards.lines(on, **whose)
    tables = awards.tables(every, by)
    parties = sorted({(row.total.slug, row.name) for table in tables for row in table.rows}, key=lambda row: row[1])
    years = sorted({year for table in tables for year in table.years}, reverse=True)
    chosen = {
        other: choice(request, other, [slug for slug, _ in parties]),
        "year": choice(request, "year", map(str, years)),
        "award": phrase(request, "award", longest=60),
    }
    found = _chosen(every, by, chosen[other], chosen["year"], chosen["award"])
    page = page_of(awards.listed(found), request)
    context = {
        "on": on,
        "today": today,
        "who": who,
        "other": other,
        "chosen": chosen,
        "chosen_party": chosen[other],
        "narrowed": any(chosen.values()),
        "parties": parties,
        "years": years,
        "tables": tables,
        "page": page,
        "totals": awards.totals(found),
        "extra": extra(request),
    }
    return render(request, "web/awards.html", context)


def _chosen(every: awards.Lines, by: str, party: str, year: str, award: str) -> awards.Lines:
    found = every
    if party:
        found = found.filter(**{f"{by}__slug": party})
    if year:
        found = awards.in_year(found, int(year))
    if award:
        found = found.filter(partnership__contract_number=award)
    return found
