"""One look at a page beside what is remembered of it: what to tell, and what to remember now. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from tracker.watch.reading.compare import NO_DIFFERENCE, Difference, Text, compare
from tracker.watch.reading.memory import Memory, Suspect, reading_of
from tracker.watch.reading.page import EXTRACTOR, Page
from tracker.watch.reading.unusable import unusable


class Outcome(StrEnum):
    """What came of a look."""

    FIRST = "first"
    UNCHANGED = "unchanged"
    SUSPECTED = "suspected"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    BLOCKED = "blocked"
    GONE = "gone"
    ERROR = "error"


@dataclass(frozen=True)
class Look:
    """What came of one look, in words for an editor, and what to remember of it."""

    memory: Memory | None
    outcome: Outcome
    reason: str = ""
    difference: Difference = NO_DIFFERENCE
    since: datetime | None = None


def look(
    memory: Memory | None, page: Page, *, at: datetime, status: int = 200, rulings: Mapping[str, bool] = {}
) -> Look:
    """What `page`, answered with `status` at `at`, comes to beside `memory`."""
    wrong = unusable(page, memory.settled if memory else None, status=status)
    if wrong is not None:
        return Look(memory, Outcome(wrong.kind), wrong.reason)
    if memory is None:
        return Look(Memory(reading_of(page)), Outcome.FIRST)
    settled, now = Text(memory.settled.blocks), Text(page.blocks)
    change = compare(settled, now)
    waiting = memory.suspect
    if not change:
        if waiting is None:
            return Look(memory, Outcome.UNCHANGED)
        return Look(replace(memory, suspect=None), Outcome.WITHDRAWN, "what was new at the last look is gone again")
    if waiting is None:
        return Look(replace(memory, suspect=Suspect(reading_of(page), at)), Outcome.SUSPECTED, in_words(change))
    before = Text(waiting.reading.blocks)
    told = compare(settled, before)
    newer = Suspect(reading_of(page), at) if compare(before, now) else None
    return Look(
        replace(memory, settled=waiting.reading, suspect=newer), Outcome.CHANGED, in_words(told), told, waiting.since
    )


def in_words(change: Difference) -> str:
    """“2 blocks new, 1 gone”."""
    return f"{len(change.added)} blocks new, {len(change.removed)} gone"


def resettle(memory: Memory, page: Page) -> Memory:
    """The memory as a better extractor would have made it: `page` is the settled page read anew. Raises no news."""
    return replace(memory, settled=reading_of(page), suspect=None, extractor=EXTRACTOR)
