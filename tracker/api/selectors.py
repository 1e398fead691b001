"""What the API reads, each in a number of queries that does not depend on the size of the data."""

from datetime import date, timedelta

from django.db.models import Case, Count, F, IntegerField, Prefetch, Q, QuerySet, Value, When

from tracker.commitments.models import CarveOut, Commitment, Development, Term, Verdict
from tracker.commitments.querysets import CommitmentQuerySet, TermQuerySet
from tracker.organizations.models import Organization
from tracker.partnerships.models import Partnership
from tracker.record.models import Question


def commitments_with_terms() -> CommitmentQuerySet:
    """Public commitments with their actor and published terms. Two queries."""
    return Commitment.objects.public().select_related("actor").prefetch_related(Prefetch("terms", _terms()))


def whole_commitments(on: date) -> QuerySet[Commitment]:
    """Public commitments with all that was published about them and happened by `on`, and its sources.

    A prefetch each for terms, carve-outs, verdicts, developments and the citations of each.
    """
    carve_outs = CarveOut.objects.filter(published_on__isnull=False).select_related("organization", "until")
    terms = (
        _terms()
        .declared(on)
        .prefetch_related("citations__source", Prefetch("carve_outs", carve_outs), "carve_outs__citations__source")
    )
    by_then = Q(published_on__isnull=False, on__startswith__lte=on)
    return (
        Commitment.objects.public()
        .select_related("actor")
        .prefetch_related(
            Prefetch("terms", terms),
            Prefetch("verdicts", Verdict.objects.filter(by_then).prefetch_related("citations__source")),
            Prefetch("developments", Development.objects.filter(by_then).prefetch_related("citations__source")),
        )
    )


def vendors() -> QuerySet[Organization]:
    """Vendors by name."""
    return Organization.objects.vendors().order_by("name", "pk")


def agencies() -> QuerySet[Organization]:
    """Agencies by name."""
    return Organization.objects.agencies().order_by("name", "pk")


def whole_vendors() -> QuerySet[Organization]:
    """Vendors with parent, aliases, products, commitments and `partnership_count`."""
    return _whole(vendors(), "clients").prefetch_related("products")


def whole_agencies() -> QuerySet[Organization]:
    """Agencies with parent, place, aliases, commitments and `partnership_count`."""
    return _whole(agencies(), "suppliers").select_related("place")


def vendors_of(agency: Organization) -> QuerySet[Organization]:
    """The vendors that published partnerships name for `agency`."""
    named = Partnership.objects.filter(client=agency, published_on__isnull=False).values("vendor")
    return Organization.objects.filter(pk__in=named).order_by("name", "pk")


def questions(on: date) -> QuerySet[Question]:
    """Published questions put by `on`, the longest without an answer first, then those with one or without
    a day.
    """
    asked_by_then = Q(asked_on__isnull=True) | Q(asked_on__startswith__lte=on)
    unanswered = Q(outcome__in=Question.WITHOUT_ANSWER) | Q(answered_on__startswith__gt=on)
    waiting = Case(
        When(unanswered & Q(asked_on__endswith__lte=on + timedelta(days=1)), then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return (
        Question.objects.filter(asked_by_then, published_on__isnull=False)
        .select_related("asked_of", "asked_by")
        .order_by(waiting, F("asked_on__endswith").asc(nulls_last=True), "slug")
    )


def _terms() -> TermQuerySet:
    return TermQuerySet(Term).published().order_by("declared_on__startswith", "order")


def _whole(organizations: QuerySet[Organization], role: str) -> QuerySet[Organization]:
    published = Count(role, filter=Q(**{f"{role}__published_on__isnull": False}), distinct=True)
    return (
        organizations.select_related("parent")
        .annotate(partnership_count=published)
        .prefetch_related("aliases", Prefetch("commitments", commitments_with_terms()))
    )
