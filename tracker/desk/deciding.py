"""What accepting and rejecting have in common: a lead is decided once, and what it names must be on record."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from django.contrib.auth.models import User
from django.db.models import Model, QuerySet

from tracker.commitments.models import Term
from tracker.desk.refusals import AlreadyDecided, Malformed
from tracker.partnerships.models import Partnership
from tracker.watch.models import Lead

M = TypeVar("M", bound=Model)


def undecided(lead: Lead) -> Lead:
    """The lead, locked until the transaction ends. Raises AlreadyDecided, naming who and when."""
    locked = (
        Lead.objects.select_for_update(of=("self",))
        .select_related("version__snapshot__source", "version__watch__organization", "decided_by")
        .get(pk=lead.pk)
    )
    if locked.state != Lead.State.NEW:
        who = f" by {locked.decided_by}" if locked.decided_by else ""
        raise AlreadyDecided(
            f"This lead was {locked.get_state_display().lower()}{who} on {locked.decided_at:%Y-%m-%d at %H:%M} UTC."
        )
    return locked


def decide(
    lead: Lead,
    state: Lead.State,
    *,
    by: User,
    now: datetime,
    term: Term | None = None,
    partnership: Partnership | None = None,
    reason: str = "",
) -> None:
    """Write what became of a lead that is locked: the term or the partnership it made, or the reason why none."""
    lead.state, lead.decided_by, lead.decided_at, lead.decision_reason = state, by, now, reason
    lead.partnership = partnership
    if term is not None:
        lead.term, lead.commitment = term, term.commitment
    lead.save(
        update_fields=["state", "decided_by", "decided_at", "decision_reason", "term", "commitment", "partnership"]
    )


def all_of(records: QuerySet[M], slugs: Sequence[str], field: str) -> list[M]:
    """The records with these slugs, in their order. Raises Malformed naming those that do not exist."""
    by_slug: dict[str, M] = {getattr(each, "slug"): each for each in records.filter(slug__in=slugs)}  # noqa: B009
    unknown = [slug for slug in slugs if slug not in by_slug]
    if unknown:
        raise Malformed({field: f"there is no “{'”, “'.join(unknown)}”"})
    return [by_slug[slug] for slug in dict.fromkeys(slugs)]
