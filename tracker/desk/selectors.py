"""What the desk reads: the queue, one lead with what the page said, and watches that need a hand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from tracker.commitments.lifecycle import Standing
from tracker.commitments.models import Commitment, Term
from tracker.desk import proposals
from tracker.watch.models import Lead, Version, Watch
from tracker.watch.reading.compare import difference

SHOWN = 50


@dataclass(frozen=True)
class Waiting:
    """A lead in the queue."""

    lead: Lead
    headline: str


@dataclass(frozen=True)
class Queue:
    """The first leads that wait in one queue, the most urgent first, and how many wait in all."""

    name: str
    title: str
    waiting: list[Waiting]
    all: int


@dataclass(frozen=True)
class Inbox:
    """The two queues, the watches that need a hand, and how many there are of each."""

    queues: list[Queue]
    troubled: list[Watch]
    leads: dict[str, int]
    watches: dict[str, int]


def inbox() -> Inbox:
    """The editors' start page. Five queries."""
    leads = Lead.objects.aggregate(
        **{state: Count("pk", filter=Q(state=state)) for state in Lead.State.values},
        **{f"in_{queue}": Count("pk", filter=Q(state="new", queue=queue)) for queue in Lead.Queue.values},
    )
    watches = Watch.objects.aggregate(
        all=Count("pk"), **{state: Count("pk", filter=Q(state=state)) for state in Watch.State.values}
    )
    return Inbox(
        queues=[Queue(one.value, one.label, _waiting(one), leads[f"in_{one}"]) for one in Lead.Queue],
        troubled=list(_troubled()[:SHOWN]),
        leads=leads,
        watches=watches,
    )


def _waiting(queue: Lead.Queue) -> list[Waiting]:
    new = Lead.objects.filter(state=Lead.State.NEW, queue=queue).select_related(
        "version__watch__source", "version__watch__organization"
    )
    return [Waiting(lead, proposals.headline(lead.proposal)) for lead in new.defer("version__blocks")[:SHOWN]]


def _troubled() -> QuerySet[Watch]:
    """Watches that need a hand; `report`, `why` and `since` are of the newest report."""
    watches = Watch.objects.with_report().in_need_of_a_hand()
    return watches.select_related("source", "organization").order_by("state", "pk")


def lead_with_page(pk: int) -> Lead:
    """One lead with its page; `told_again` is on how many other pages the same change stands. Raises Http404."""
    found = Lead.objects.annotate(told_again=Count("version__told_again")).select_related(
        "version__watch__source",
        "version__watch__organization",
        "version__snapshot__source",
        "decided_by",
        "commitment",
        "term",
        "partnership__vendor",
        "partnership__client",
    )
    return get_object_or_404(found, pk=pk)


@dataclass(frozen=True)
class Part:
    """A piece of a block; marked where the proposal quotes it."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class Change:
    """What the page says now and did not before, with the quoted sentences marked, and what is gone from
    it.
    """

    added: list[list[Part]]
    removed: tuple[str, ...]
    before: datetime | None


def change_on_page(lead: Lead) -> Change:
    """How the page changed with the lead's version; all of it is new on the first reading. At most two queries."""
    version = lead.version
    before = (
        Version.objects.filter(
            watch=version.watch_id, snapshot__fetched_at__lt=version.snapshot.fetched_at, extractor=version.extractor
        )
        .select_related("snapshot")
        .order_by("-snapshot__fetched_at", "-pk")
        .first()
    )
    places, removed = version.added, tuple(version.removed)
    if not places and not removed:  # a version from before the watch kept what it told
        found = difference(before.blocks if before else [], version.blocks)
        places, removed = [block.index for block in found.added], found.removed
    added = [list(_parts(version.blocks[place], place, lead.quotes)) for place in places]
    return Change(added, removed, before.snapshot.fetched_at if before else None)


def _parts(block: str, index: int, quotes: Sequence[Any]) -> Iterator[Part]:
    places = sorted({(q["start"], q["end"]) for q in quotes if isinstance(q, dict) and q.get("block") == index})
    here = 0
    for start, end in places:
        if start >= here:
            yield Part(block[here:start])
            yield Part(block[start:end], marked=True)
            here = end
    yield Part(block[here:])


@dataclass(frozen=True)
class OnRecord:
    """A commitment as it stands."""

    commitment: Commitment
    standing: Standing


def on_record(proposal: Mapping[str, Any], on: date) -> list[OnRecord]:
    """What is recorded of its actor or about its products, as of `on`; also of a malformed proposal. Two queries."""
    actor, products = proposal.get("actor"), proposal.get("products")
    named = [each for each in products if isinstance(each, str)] if isinstance(products, list) else []
    about = Q(actor__slug=actor if isinstance(actor, str) else "") | Q(products__slug__in=named)
    found = (
        Commitment.objects.filter(about)
        .distinct()
        .select_related("actor")
        .prefetch_related(Prefetch("terms", Term.objects.published()))
    )
    return [OnRecord(commitment, commitment.standing(on)) for commitment in found[:SHOWN]]
