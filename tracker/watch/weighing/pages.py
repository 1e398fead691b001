"""Pages and PDFs: their text beside what the page said before, as its own habits allow."""

from datetime import datetime

from tracker.watch.fetch import Fetched
from tracker.watch.finding import Finding
from tracker.watch.kinds.entries import Unreadable
from tracker.watch.models import Memory as Remembered
from tracker.watch.models import Outcome, Watch
from tracker.watch.proposing.proposal import Proposal
from tracker.watch.proposing.published import published_on
from tracker.watch.reading.look import Look, look, start_anew
from tracker.watch.reading.memory import Memory, Reading
from tracker.watch.reading.page import EXTRACTOR, Page
from tracker.watch.reading.places import CONTENT
from tracker.watch.weighing.proposals import Library
from tracker.watch.weighing.readings import NotText, page_of, reread

# A change that went away before its second look was none.
_OUTCOMES = {"withdrawn": Outcome.UNCHANGED}


def weigh(watch: Watch, answer: Fetched, *, at: datetime, library: Library) -> Finding:
    """What the answer of a watched page comes to."""
    try:
        page = page_of(answer, selectors=watch.selectors)
    except NotText as other:
        return Finding(Outcome.ERROR, other.reason)
    except Unreadable as unreadable:
        return Finding(Outcome.BLOCKED, unreadable.reason)
    seen = look(
        _memory(watch, at=at),
        page,
        at=at,
        status=answer.status,
        rulings=dict(watch.rulings.values_list("key", "is_news")),
    )
    return _finding(seen, page, answer, at=at, library=library)


def _memory(watch: Watch, *, at: datetime) -> Memory | None:
    """What is remembered of this page, read anew where an older extractor remembered it."""
    kept = Remembered.objects.filter(watch=watch).first()
    if kept is not None:
        memory = Memory.of_json(kept.content)
        return memory if memory.extractor == EXTRACTOR else reread(watch, memory)
    # A page that was missing until now is new from its first block to its last.
    was_missing = watch.checks.filter(outcome__in=(Outcome.MISSING, Outcome.GONE), at__lt=at).exists()
    return start_anew() if was_missing else None


def _finding(seen: Look, page: Page, answer: Fetched, *, at: datetime, library: Library) -> Finding:
    memory = seen.memory
    texts = _texts(seen.told) if seen.told else ()
    added = tuple(one.index for one in seen.difference.added)
    proposals: tuple[Proposal, ...] = ()
    if seen.outcome == "changed":
        day = published_on(answer.text, seen=(seen.since or at).date())
        proposals = library.proposals(texts, published=day, new=added)
    return Finding(
        _OUTCOMES.get(seen.outcome) or Outcome(seen.outcome),
        seen.reason,
        said=page.texts,
        texts=texts,
        added=added,
        removed=seen.difference.removed,
        since=seen.since,
        memory=memory.as_json() if memory else None,
        proposals=proposals,
        suspects=memory is not None and memory.suspect is not None and not memory.suspect.quiet,
        asks_whole=memory is not None and memory.suspect is not None,
    )


def _texts(reading: Reading) -> tuple[str, ...]:
    return tuple(block.text for block in reading.blocks if block.zone == CONTENT)
