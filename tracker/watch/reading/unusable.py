"""Whether an answer is the page at all: or a wall, a shell, another page, a failure. Pure.

A wall is recognised by its words only on a page that says little else: an article about bot walls is an article.
"""

from collections import Counter
from dataclasses import dataclass

from tracker.watch.reading.memory import Reading
from tracker.watch.reading.page import Page
from tracker.watch.reading.places import CONTENT
from tracker.watch.reading.walls import MISSING, WALL_WORDS, wall


@dataclass(frozen=True)
class Unusable:
    """`kind` is blocked, gone or error."""

    kind: str
    reason: str
    # A page that can be read, but is not the one that was here before.
    is_another: bool = False


EMPTY_WORDS = 5
# A page of fewer words is not known well enough to say that another one has taken its place.
_A_PAGE = 50


def unusable(page: Page, *, status: int = 200) -> Unusable | None:
    """Why `page` says nothing that could be compared, or None if it does."""
    if status in (404, 410):
        return Unusable("gone", f"the site answers {status}")
    said = [block.text for block in page.blocks if block.zone in (CONTENT, "outside")]
    if status in (401, 402, 403, 407, 429, 451, 503):
        return Unusable("blocked", wall(said) or f"the site answers {status}")
    if status not in (200, 203):
        return Unusable("error", f"the site answers {status}")
    if page.unanswered and not page.texts:
        return Unusable("blocked", f"the selector {page.unanswered[0]} finds nothing on this page")
    if page.words < EMPTY_WORDS:
        return Unusable("blocked", "a shell without text" if page.body_size else "an empty answer")
    if page.words <= WALL_WORDS:
        name = wall(said)
        if name is not None:
            return Unusable("blocked", name)
        if any(MISSING.search(text) for text in said[:4]):
            return Unusable("blocked", "an error page with status 200")
    return None


def another(reading: Reading, settled: Reading) -> Unusable | None:
    """A page that shares next to nothing with what was here before is another page."""
    old, new = settled.compared, reading.compared
    if not old.content or old.content & new.content:
        share = sum(map(len, old.content & new.content)) / max(1, sum(map(len, old.content)))
        if share > 0.1:
            return None
    old_words = Counter(word for block in old.content for word in block)
    new_words = Counter(word for block in new.content for word in block)
    if old_words.total() < _A_PAGE:
        return None  # it said too little to tell it by: a placeholder gives way to what it held the place of
    shared = (old_words & new_words).total()
    if shared / max(1, new_words.total()) < 0.35 or shared / max(1, old_words.total()) < 0.1:
        return Unusable("blocked", f"another page: it shares {shared} of {old_words.total()} words", is_another=True)
    return None
