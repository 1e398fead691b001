"""Who should have a delivery for an event: those who follow what it is about, and for a correction those who were told.

Topics are read downwards by `scope`, which the planner does not use.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from tracker.alerts import scope, topics
from tracker.alerts.models import Subscription
from tracker.alerts.topics import Followed, Topic
from tracker.organizations.models import Organization, Place, Product, Technology

_RECORDS: dict[str, Any] = {
    Topic.ORGANIZATION: Organization,
    Topic.PRODUCT: Product,
    Topic.TECHNOLOGY: Technology,
    Topic.PLACE: Place,
}
_SCOPES = {
    "commitment_id": scope.commitments,
    "partnership_id": scope.partnerships,
    "question_id": scope.questions,
}
Subject = tuple[str, int]
"""What an event is about: the name of the column that says it, and the record."""
_Topic = tuple[str, int | str | None]


class Follower(NamedTuple):
    """A running subscription of somebody who may be written to."""

    id: int
    since: date
    rungs: tuple[int, ...]

    def wants(self, rung: int | None, due_on: date) -> bool:
        """Whether it was there by then and asks for such a warning."""
        return self.since <= due_on and (rung is None or rung in self.rungs)


class Followers:
    """All running subscriptions, by what they follow."""

    def __init__(self) -> None:
        self.running: dict[int, Follower] = {}
        self._by_topic: dict[_Topic, list[Follower]] = defaultdict(list)
        self._of: dict[Subject, list[_Topic]] = defaultdict(list)
        kept: dict[tuple[int, ...], tuple[int, ...]] = {}  # most ask for the same rungs: one tuple for all of these
        rows = running().values_list("pk", "since", "rungs", "topic", "search", *(f"{name}_id" for name in _FOLLOWED))
        for pk, since, rungs, topic, search, *records in rows.iterator(chunk_size=5_000):
            follower = Follower(pk, since, kept.setdefault(tuple(rungs), tuple(rungs)))
            self.running[pk] = follower
            followed = search or next((record for record in records if record is not None), None)
            self._by_topic[topic, followed].append(follower)

    def look_up(self, kinds: Iterable[str]) -> None:
        """Find out what each topic covers, of these kinds of subjects."""
        scopes = [(kind, _SCOPES[kind]) for kind in sorted(set(kinds))]
        for topic, followed in self._followed() if scopes else ():
            for kind, covered in scopes:
                found: QuerySet[Any] = covered(followed)
                for pk in found.order_by().values_list("pk", flat=True):
                    self._of[kind, pk].append(topic)

    def _followed(self) -> Iterator[tuple[_Topic, Followed]]:
        wanted: dict[str, set[Any]] = defaultdict(set)
        for topic, record in self._by_topic:
            wanted[topic].add(record)
        for topic, model in _RECORDS.items():
            for pk, record in model._default_manager.in_bulk(wanted[topic]).items():
                yield (topic, pk), Followed(topic, record)
        for search in sorted(wanted[Topic.SEARCH]):
            yield (Topic.SEARCH, search), topics.searched(search)

    def of(self, subject: Subject) -> Iterator[Follower]:
        """Those who follow it; who does so in more than one way comes once for each."""
        yield from self._by_topic.get((Topic.EVERYTHING, None), ())
        if subject[0] == "commitment_id":
            yield from self._by_topic.get((Topic.COMMITMENT, subject[1]), ())
        for topic in self._of.get(subject, ()):
            yield from self._by_topic[topic]


_FOLLOWED = ("organization", "product", "technology", "commitment", "place")


def running() -> QuerySet[Subscription]:
    """Subscriptions that run, of people who may be written to. Mail that came back stops mail, and no webhook."""
    may = Q(subscriber__stopped=None) | Q(endpoint__isnull=False)
    return Subscription.objects.filter(
        may, since__isnull=False, ended_on=None, subscriber__confirmed_at__isnull=False
    ).order_by()
