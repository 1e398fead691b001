"""Who should have been told and is not in the ledger.

Of whom a link between records, a setting or a confirmation made a follower only later, nobody knows any more when
that was; so the question is asked, as the planner asks it, for `FRESH` days, and for warnings while they hold.
"""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from django.db.models import Q, QuerySet

from tracker.alerts.audit.expected import Truth
from tracker.alerts.audit.followers import Followers
from tracker.alerts.deliveries import FRESH
from tracker.alerts.models import Delivery, Event
from tracker.commitments.models import Term

Kind = Event.Kind


class _Due(NamedTuple):
    id: int
    key: str
    kind: str
    rung: int | None
    due_on: date
    news: bool
    planned_on: date
    term_id: int | None
    commitment_id: int | None
    partnership_id: int | None
    question_id: int | None

    def subjects(self) -> Iterator[tuple[str, int]]:
        """What it is about."""
        for column in ("commitment_id", "partnership_id", "question_id"):
            record = getattr(self, column)
            if record is not None:
                yield column, record


def differences(truth: Truth, followers: Followers) -> Iterator[str]:
    """Compare the deliveries of what is still looked up with those who follow it, or were told otherwise."""
    due = _due(truth)
    followers.look_up({column for event in due if event.kind != Kind.CORRECTED for column, _ in event.subjects()})
    told = _Told(due)
    for event in due:
        known = told.of(event.id)
        for subscription in sorted(_wanted(event, truth, followers) - known):
            yield f"{event.key}: should be told to subscription {subscription} and is not planned"


def _due(truth: Truth) -> list[_Due]:
    looked_up = Q(planned_on__gte=truth.on - FRESH) | Q(kind=Kind.EXPIRING)
    events = Event.objects.filter(looked_up, due_on__lte=truth.on).order_by("pk")
    rows = (_Due(*row) for row in events.values_list(*_Due._fields).iterator(chunk_size=5_000))
    fresh = truth.on - FRESH
    return [row for row in rows if row.planned_on >= fresh or truth.holds(row.kind, row.key)]


class _Told:
    """Which subscriptions have a delivery for an event, read once, event after event."""

    def __init__(self, due: list[_Due]) -> None:
        first = min((event.id for event in due), default=0)
        rows = Delivery.objects.filter(event__gte=first).order_by("event").values_list("event_id", "subscription_id")
        self._groups = groupby(rows.iterator(chunk_size=5_000), key=itemgetter(0))
        self._next = next(self._groups, None)

    def of(self, event: int) -> set[int]:
        """To be asked for rising ids."""
        while self._next is not None and self._next[0] < event:
            self._next = next(self._groups, None)
        if self._next is None or self._next[0] > event:
            return set()
        return {subscription for _, subscription in self._next[1]}


def _wanted(event: _Due, truth: Truth, followers: Followers) -> set[int]:
    if event.kind == Kind.CORRECTED:
        found = set(_told(Delivery.objects.filter(wording__in=truth.corrections.due.get(event.key, ()))))
    elif event.news:
        return {
            follower.id
            for subject in event.subjects()
            for follower in followers.of(subject)
            if follower.wants(event.rung, event.due_on)
        }
    elif event.kind in (Kind.DECLARED, Kind.MOVED):
        found = set(_told_before(event))
    else:
        return set()
    running = followers.running
    return {pk for pk in found if pk in running and running[pk].wants(event.rung, event.due_on)}


def _told_before(event: _Due) -> Iterator[int]:
    """Who was told something of what had been declared before: a declaration that we learned of late sets it right."""
    late = Term.objects.filter(pk=event.term_id or 0).first()
    if late is None:
        return iter(())
    before = Q(declared_on__startswith__lt=late.declared_on.first)
    before |= Q(declared_on__startswith=late.declared_on.first, order__lt=late.order)
    earlier = Term.objects.filter(before, commitment=late.commitment_id)
    return _told(Delivery.objects.filter(event__term__in=earlier.order_by()))


def _told(deliveries: "QuerySet[Delivery]") -> Iterator[int]:
    sent = deliveries.filter(state=Delivery.State.SENT).order_by()
    return iter(sent.values_list("subscription_id", flat=True).iterator())
