"""What a feed holds: the events of a topic that still hold, in the words of the mails."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any, Self

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.template.loader import render_to_string

from tracker.alerts import facts, links, pulling, scope, searches, telling
from tracker.alerts.models import Event
from tracker.alerts.topics import Followed, Topic
from tracker.commitments.models import CarveOut, Term

LENGTH = 100
READ = 400
"""Events that are looked at for those hundred: a warning holds no longer once the promise has lapsed."""

SEARCHED = 10_000
"""The newest events in which a search looks."""

_ALL: dict[searches.Kind, Callable[[Followed], "QuerySet[Any, Any]"]] = {
    "commitment": scope.commitments,
    "partnership": scope.partnerships,
    "question": scope.questions,
}
_SCOPES = {kind: covered for kind, covered in _ALL.items() if hasattr(Event, kind)}


@dataclass(frozen=True)
class About:
    """What a feed says of itself."""

    id: str
    title: str
    page: str
    address: str
    empty_since: datetime

    @classmethod
    def of(cls, followed: Followed, name: str, on: date) -> Self:
        """A feed about `followed`, served by the patterns called `name`."""
        return cls(
            id=pulling.tag("feed", followed.topic, followed.record.pk if followed.record else followed.search),
            title=pulling.writable(f"Watchback: {followed.label}"),
            page=links.absolute(pulling.page(followed)),
            address=links.absolute(pulling.address_of(name, followed)),
            empty_since=pulling.midnight(on),
        )


@dataclass(frozen=True)
class Entry:
    """One event. Its id is made of the event's key, so it is the same in every feed and for ever."""

    id: str
    title: str
    page: str
    html: str
    published: datetime
    updated: datetime


def entries(followed: Followed, on: date) -> list[Entry]:
    """At most LENGTH events that `followed` covers and that hold on `on`, the newest first.

    Each is worded as of the day it was due, as it was mailed, so that an entry does not change from day to day. As
    many queries whatever their number.
    """
    held = (event for event in _events(followed, on) if facts.holds(event, on))
    return [_entry(event) for event, _ in zip(held, range(LENGTH), strict=False)]


def _events(followed: Followed, on: date) -> QuerySet[Event]:
    carve_outs = CarveOut.objects.filter(published_on__isnull=False).select_related("organization")
    events = Event.objects.filter(_covered_by(followed), due_on__lte=on)
    events = events.select_related("commitment__actor", "term").prefetch_related(
        "term__citations__source",
        Prefetch("commitment__terms", Term.objects.published()),
        Prefetch("commitment__terms__carve_outs", carve_outs),
    )
    return events.order_by("-due_on", "-pk")[:READ]


def _covered_by(followed: Followed) -> Q:
    if followed.topic == Topic.EVERYTHING:
        return Q()
    if followed.topic == Topic.SEARCH:
        return reduce(or_, (Q(**{f"{kind}__in": _found(kind, followed.search)}) for kind in _SCOPES))
    return reduce(or_, (Q(**{f"{kind}__in": covered(followed)}) for kind, covered in _SCOPES.items()))


def _found(kind: searches.Kind, search: str) -> RawSQL:
    """What a search finds among the records of the newest events; anybody may search, so what it costs is bounded."""
    newest = f"SELECT {kind}_id FROM alerts_event ORDER BY due_on DESC, id DESC LIMIT {SEARCHED}"
    return searches.matching(kind, search, among=f"SELECT {kind}_id FROM ({newest}) newest")


def _entry(event: Event) -> Entry:
    notice = telling.notice(event, event.due_on)
    page = links.absolute(notice.path)
    return Entry(
        id=pulling.tag("event", event.key),
        title=pulling.writable(notice.headline),
        page=page,
        html=pulling.writable(render_to_string("alerts/feed/entry.html", {"notice": notice, "page": page})),
        published=pulling.midnight(event.due_on),
        updated=event.planned_at,
    )
