"""What a calendar holds: one entry for each commitment in scope whose end is, or ever was, a fixed date."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any

from django.db.models import F, Max, Prefetch

from tracker.alerts import links, pulling, scope
from tracker.alerts.channels.calendar import words
from tracker.alerts.channels.calendar.ends import Ends, replay
from tracker.alerts.models import RUNGS
from tracker.alerts.topics import Followed
from tracker.commitments.lifecycle import State
from tracker.commitments.models import Commitment, Term
from tracker.dates import PartialDate

MOST = 1000
"""Entries of one calendar; where there are more, those with the latest ends."""

_TERM_HISTORY: Any = Term._meta.get_field("history").related_model


@dataclass(frozen=True)
class Entry:
    """One end. `days` are the days that its date may mean; `alarms` how many days before the first it warns."""

    uid: str
    sequence: int
    summary: str
    description: str
    days: PartialDate
    cancelled: bool
    alarms: tuple[int, ...]
    page: str
    changed_at: datetime


def entries(followed: Followed, on: date) -> list[Entry]:
    """The ends of what `followed` covers as they are known on `on`, the earliest first. Queries do not grow with them.

    Nothing in an entry counts the days to `on`, so a calendar is the same until the record or a state changes.
    """
    fixed = _TERM_HISTORY.objects.filter(ends_on__isnull=False, published_on__isnull=False)
    latest = dict(
        fixed.filter(commitment__in=scope.commitments(followed).order_by().values("pk"))
        .values_list("commitment")
        .annotate(latest=Max(F("ends_on__startswith")))
        .order_by("-latest", "commitment")[:MOST]
    )
    history = defaultdict(list)
    for row in _TERM_HISTORY.objects.filter(commitment__in=list(latest)).order_by("pgh_id"):
        history[row.commitment_id].append(row)
    terms = Term.objects.published().prefetch_related("citations__source")
    commitments = (
        Commitment.objects.filter(pk__in=list(latest))
        .select_related("actor")
        .annotate(edited_at=Max("history__pgh_created_at"))
        .prefetch_related(Prefetch("terms", terms))
    )
    made = (_entry(commitment, replay(history[commitment.pk], on), on) for commitment in commitments)
    return sorted(chain.from_iterable(made), key=lambda entry: (entry.days, entry.uid))


def _entry(commitment: Any, ends: Ends, on: date) -> list[Entry]:
    """The entry of a commitment, none as long as no fixed end has been declared."""
    if ends.last is None or ends.changed_at is None:
        return []
    standing = commitment.standing(on)
    lapsed = standing.state is State.LAPSED
    told = words.Told(commitment, standing, ends.last, stands=ends.stands)
    return [
        Entry(
            uid=f"commitment-{commitment.pk}@{pulling.host()}",
            sequence=ends.changes,
            summary=pulling.writable(told.summary()),
            description=pulling.writable(told.description()),
            days=ends.last,
            cancelled=not ends.stands,
            alarms=tuple(rung for rung in RUNGS if rung) if ends.stands and not lapsed else (),
            page=links.absolute(commitment.get_absolute_url()),
            changed_at=max(filter(None, (ends.changed_at, commitment.edited_at))),
        )
    ]
