"""Commitments with their state on a day, for lists."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q

from tracker.commitments.lifecycle import Standing, State
from tracker.commitments.models import Commitment, Term, TermCitation, Verdict
from tracker.commitments.querysets import CommitmentQuerySet

LIMIT = 200


@dataclass(frozen=True)
class Promise:
    """A commitment, where it stands on the day looked at,
    the term that decides it and the latest verdict by then.
    """

    commitment: Commitment
    standing: Standing
    ruling: Term | None
    verdict: Verdict | None


def promises(commitments: CommitmentQuerySet, on: date, limit: int = LIMIT) -> list[Promise]:
    """Those that had been made by `on`, the ones that still run first. Four queries, whatever the number."""
    terms = Prefetch(
        "terms",
        Term.objects.published().prefetch_related(Prefetch("citations", TermCitation.objects.select_related("source"))),
    )
    verdicts = Prefetch(
        "verdicts",
        Verdict.objects.filter(published_on__isnull=False, on__startswith__lte=on).order_by("on", "id"),
    )
    declared = Q(terms__published_on__isnull=False, terms__declared_on__startswith__lte=on)
    rows = commitments.filter(declared).distinct().select_related("actor").prefetch_related(terms, verdicts)[:limit]
    return sorted((_promise(row, on) for row in rows), key=_running_first)


def rulings(*groups: list[Promise]) -> list[Term]:
    """The terms that decide where promises stand, with their sources; no query."""
    return [promise.ruling for group in groups for promise in group if promise.ruling]


def _promise(commitment: Commitment, on: date) -> Promise:
    standing = commitment.standing(on)
    by_key = {term.pk: term for term in commitment.terms.all()}
    ruling = by_key.get(standing.ruling.key or 0) if standing.ruling else None
    verdicts = list(commitment.verdicts.all())
    return Promise(commitment, standing, ruling, verdicts[-1] if verdicts else None)


_ORDER = (
    State.IN_FORCE,
    State.ANNOUNCED,
    State.SUSPENDED,
    State.LAPSED,
    State.ENDED,
    State.SUPERSEDED,
    State.NOT_YET_MADE,
)


def _running_first(promise: Promise) -> tuple[bool, int, date, str]:
    lapses_on = promise.standing.end.lapses_on if promise.standing.end else None
    return (
        not promise.standing.expiring,
        _ORDER.index(promise.standing.state),
        lapses_on or date.max,
        promise.commitment.title,
    )
