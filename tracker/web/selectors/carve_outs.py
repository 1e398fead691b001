"""Who is excepted from a promise on a day."""

from datetime import date

from django.db.models import Prefetch, QuerySet

from tracker.commitments.models import CarveOut, CarveOutCitation


def carve_outs() -> QuerySet[CarveOut, CarveOut]:
    """Published ones of published terms, with whom they name and their sources."""
    return (
        CarveOut.objects.filter(published_on__isnull=False, term__published_on__isnull=False)
        .select_related("organization", "term", "until")
        .prefetch_related(Prefetch("citations", CarveOutCitation.objects.select_related("source")))
    )


def begun(carve_out: CarveOut, on: date) -> bool:
    """Whether its term was declared and effective by `on`."""
    return carve_out.term.declared_on.first <= on and carve_out.term.as_rule().counts_from <= on


def until(carve_out: CarveOut) -> date | None:
    """The day from which a published term ended it; None where none has."""
    ending = carve_out.until
    return ending.as_rule().counts_from if ending is not None and ending.published_on else None


def over(carve_out: CarveOut, on: date) -> bool:
    """Whether a term declared by `on` had ended it by then."""
    end = until(carve_out)
    declared = carve_out.until is not None and carve_out.until.declared_on.first <= on
    return declared and end is not None and end <= on
