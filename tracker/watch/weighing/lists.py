"""Feeds, sitemaps and listings: what they name that they did not name before."""

from datetime import datetime
from typing import Any

from tracker.watch.fetch import Fetched
from tracker.watch.finding import Finding, Named
from tracker.watch.kinds.entries import Entry, Unreadable
from tracker.watch.kinds.news import ALL_EDITED, ALL_NEW, NOTHING_FOUND, Seen, news
from tracker.watch.kinds.registry import READERS
from tracker.watch.kinds.sitemap import is_index
from tracker.watch.models import Memory as Remembered
from tracker.watch.models import Outcome, Watch
from tracker.watch.proposing.proposal import Proposal
from tracker.watch.weighing.proposals import Library

# A list that names more new things at once than this has been filled anew; what is beyond it is only remembered.
MOST_AT_ONCE = 25
_ANOTHER_LIST = (ALL_NEW, ALL_EDITED)


def weigh(watch: Watch, answer: Fetched, *, at: datetime, library: Library) -> Finding:
    """What the answer of a watched list comes to."""
    if answer.status != 200:
        return Finding(Outcome.BLOCKED, f"the site answers {answer.status}")
    try:
        entries = _entries(watch, answer)
    except Unreadable as unreadable:
        return Finding(Outcome.BLOCKED, unreadable.reason)
    kept = Remembered.objects.filter(watch=watch).first()
    seen = Seen.of_json(kept.content) if kept else None
    after, fresh, reason = news(seen, entries)
    memory = after.as_json()
    if reason.startswith(NOTHING_FOUND):
        return Finding(Outcome.EMPTY, reason, memory=memory)
    if fresh:
        return _changed(fresh[:MOST_AT_ONCE], reason, memory, at=at, library=library)
    if seen is not None and not reason.startswith(_ANOTHER_LIST):
        return Finding(Outcome.UNCHANGED, reason, memory=memory)
    texts, _ = _texts(entries[:MOST_AT_ONCE])
    outcome, added = (Outcome.FIRST, ()) if seen is None else (Outcome.CHANGED, tuple(range(len(texts))))
    return Finding(outcome, reason, said=texts, texts=texts, added=added, memory=memory)


def _entries(watch: Watch, answer: Fetched) -> tuple[Entry, ...]:
    """What is listed. Raises Unreadable, also for an index of sitemaps, which lists nothing to be read."""
    read = READERS[watch.kind]
    how = {"content_type": answer.content_type, "charset": answer.charset, "url": answer.final_url}
    entries = read(answer.body, **how, selectors=watch.selectors)
    if watch.kind == Watch.Kind.SITEMAP and is_index(answer.body, charset=answer.charset):
        some = ", ".join(entry.link for entry in entries[:5])
        raise Unreadable(f"this is an index of sitemaps; watch the one that lists the news: {some}")
    return entries


def _changed(
    fresh: tuple[Entry, ...], reason: str, memory: dict[str, Any], *, at: datetime, library: Library
) -> Finding:
    texts, named = _texts(fresh)
    proposals: list[Proposal] = []
    for one in named:
        if not one.entry.link:  # it has no page of its own, so this is all there will be to read
            day = one.entry.published or at.date()
            proposals += library.proposals(texts, published=day, new=range(one.first, one.last))
    return Finding(
        Outcome.CHANGED,
        reason,
        said=texts,
        texts=texts,
        added=tuple(range(len(texts))),
        since=at,
        memory=memory,
        proposals=tuple(proposals),
        named=named,
    )


def _texts(entries: tuple[Entry, ...]) -> tuple[tuple[str, ...], tuple[Named, ...]]:
    """The titles and paragraphs of the entries as blocks, and which entry stands where."""
    texts: list[str] = []
    named = []
    for entry in entries:
        first = len(texts)
        texts += [part for part in (entry.title, *entry.text.split("\n\n")) if part.strip()]
        named.append(Named(entry, first, len(texts)))
    return tuple(texts), tuple(named)
