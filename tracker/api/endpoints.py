"""The read API at /api/v1/, described at /api/v1/openapi.json. Every endpoint takes `?on=`, a day; today
without it.
"""

from typing import Annotated

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from ninja import NinjaAPI, Query
from ninja.errors import ValidationError

from tracker.api import schemas, selectors, shapes
from tracker.api.answers import BadRequest, MovedTo, NotHere, day, find
from tracker.organizations.models import Organization

# No interactive documentation page: it would load its script from another host.
api = NinjaAPI(title="Watchback", version="1", description=__doc__ or "", docs_url=None, urls_namespace="api")

On = Annotated[str | None, Query(description="a day, as 2021-05-18; today without it")]
Limit = Annotated[int, Query(ge=1, le=500, description="how many, at most 500")]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="how many to leave out first")]
PROBLEMS = {400: schemas.Problem, 404: schemas.Problem}


@api.get("/commitments", response={200: schemas.Commitments, **PROBLEMS}, tags=["commitments"])
def commitments(request: HttpRequest, on: On = None, limit: Limit = 100, offset: Offset = 0) -> schemas.Commitments:
    """All commitments by slug, with their state on the day."""
    when, all_of_them = day(on), selectors.commitments_with_terms().order_by("slug")
    items = [shapes.commitment_line(each, when) for each in all_of_them[offset : offset + limit]]
    return schemas.Commitments(items=items, count=all_of_them.count(), limit=limit, offset=offset)


@api.get("/commitments/{slug}", response={200: schemas.Commitment, **PROBLEMS}, tags=["commitments"])
def commitment(request: HttpRequest, slug: str, on: On = None) -> schemas.Commitment:
    """A commitment as of a day: its state, the end that rules, who is excepted, how well it was kept, and
    the evidence.
    """
    when = day(on)
    return shapes.commitment(find(selectors.whole_commitments(when), slug, "commitment"), when)


@api.get("/vendors", response={200: schemas.Organizations, **PROBLEMS}, tags=["organisations"])
def vendors(request: HttpRequest, limit: Limit = 100, offset: Offset = 0) -> schemas.Organizations:
    """All vendors by name."""
    found = selectors.vendors()
    items = [shapes.organization_line(each) for each in found[offset : offset + limit]]
    return schemas.Organizations(items=items, count=found.count(), limit=limit, offset=offset)


@api.get("/vendors/{slug}", response={200: schemas.Vendor, **PROBLEMS}, tags=["organisations"])
def vendor(request: HttpRequest, slug: str, on: On = None) -> schemas.Vendor:
    """A vendor with its products, the number of its partnerships, and its commitments on the day."""
    when = day(on)
    try:
        return shapes.vendor(find(selectors.whole_vendors(), slug, "vendor"), when)
    except NotHere as error:
        raise _elsewhere(slug, error) from error


@api.get("/agencies", response={200: schemas.Organizations, **PROBLEMS}, tags=["organisations"])
def agencies(request: HttpRequest, limit: Limit = 100, offset: Offset = 0) -> schemas.Organizations:
    """All agencies by name."""
    found = selectors.agencies()
    items = [shapes.organization_line(each) for each in found[offset : offset + limit]]
    return schemas.Organizations(items=items, count=found.count(), limit=limit, offset=offset)


@api.get("/agencies/{slug}", response={200: schemas.Agency, **PROBLEMS}, tags=["organisations"])
def agency(request: HttpRequest, slug: str, on: On = None) -> schemas.Agency:
    """An agency with the vendors that serve it and what it promised or is bound to itself."""
    when = day(on)
    try:
        found = find(selectors.whole_agencies(), slug, "agency")
    except NotHere as error:
        raise _elsewhere(slug, error) from error
    return shapes.agency(found, selectors.vendors_of(found), when)


@api.get("/questions", response={200: schemas.Questions, **PROBLEMS}, tags=["questions"])
def questions(request: HttpRequest, on: On = None, limit: Limit = 100, offset: Offset = 0) -> schemas.Questions:
    """Questions that were put, the longest without an answer first."""
    when = day(on)
    found = selectors.questions(when)
    items = [shapes.question(each, when) for each in found[offset : offset + limit]]
    return schemas.Questions(items=items, count=found.count(), limit=limit, offset=offset)


def _elsewhere(slug: str, error: NotHere) -> NotHere:
    """The same error, with the way to the organisation of another kind that has this slug."""
    other = Organization.objects.filter(slug=slug).first() if slug.isprintable() else None
    return NotHere(f"“{slug}” is no {_KIND_ASKED[other.role]}: see {other.get_absolute_url()}") if other else error


_KIND_ASKED = {
    Organization.Role.AGENCY: "vendor but an agency",
    Organization.Role.VENDOR: "agency but a vendor",
    Organization.Role.BODY: "vendor or agency",
}


@api.exception_handler(BadRequest)
def _bad_request(request: HttpRequest, error: BadRequest) -> HttpResponse:
    return api.create_response(request, {"error": str(error)}, status=400)


@api.exception_handler(ValidationError)
def _bad_parameter(request: HttpRequest, error: ValidationError) -> HttpResponse:
    wrong = "; ".join(f"{problem['loc'][-1]}: {problem['msg']}" for problem in error.errors)
    return api.create_response(request, {"error": wrong[:500]}, status=400)


@api.exception_handler(NotHere)
def _not_here(request: HttpRequest, error: NotHere) -> HttpResponse:
    return api.create_response(request, {"error": str(error)}, status=404)


@api.exception_handler(MovedTo)
def _moved(request: HttpRequest, error: MovedTo) -> HttpResponse:
    """To the same endpoint under the slug of today, with the query string as it was."""
    parent = request.path.rsplit("/", 1)[0]
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{parent}/{error.slug}" + (f"?{query}" if query else ""))
