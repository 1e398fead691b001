"""Ten times the data, made of copies of what is there, past no rule of the database."""

from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from tracker.commitments.models import Commitment, Term, TermCitation
from tracker.partnerships.models import Partnership, PartnershipCitation

COPIES = 9


@dataclass(frozen=True)
class Grown:
    """How many there were, and how many there are."""

    partnerships: tuple[int, int]
    commitments: tuple[int, int]


def tenfold(*vendors: str) -> Grown:
    """Copy the partnerships of these vendors, and every commitment with its terms, nine times, with their sources."""
    before = _counts()
    with transaction.atomic():
        for number in range(COPIES):
            partnerships = _copied(Partnership.objects.filter(vendor__slug__in=vendors), number)
            _cited(PartnershipCitation, partnerships)
            commitments = _copied(Commitment.objects.all(), number)
            terms = _copied(Term.objects.filter(commitment__in=commitments), number, commitment=commitments)
            _cited(TermCitation, terms)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    after = _counts()
    return Grown((before[0], after[0]), (before[1], after[1]))


def _counts() -> tuple[int, int]:
    return Partnership.objects.count(), Commitment.objects.count()


def _copied(rows: Any, number: int, **parents: dict[int, Any]) -> dict[int, Any]:
    """New rows like these, by the primary key of the row each is like."""
    originals = [row for row in rows if not str(getattr(row, "slug", "")).startswith("copy-")]
    keys = [row.pk for row in originals]
    for row in originals:
        row.pk, row._state.adding = None, True
        if hasattr(row, "slug"):
            row.slug = f"copy-{number}-{row.slug}"[:200]
        for name, of in parents.items():
            setattr(row, name, of[getattr(row, f"{name}_id")])
    rows.model.objects.bulk_create(originals)
    return dict(zip(keys, originals, strict=True))


def _cited(model: type[Model], claims: dict[int, Any]) -> None:
    """Give each copy the sources of what it is like."""
    _copied(model._default_manager.filter(claim__in=claims), 0, claim=claims)
