"""What comes and goes on a page, learned from its own looks: blocks that were there once and not at the next look, and
places that say something else each time. A habit never hides a change for good: what stays long enough is told. Pure.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tracker.watch.reading.noise import words
from tracker.watch.reading.page import Block
from tracker.watch.reading.places import CONTENT

COMES_AND_GOES = "comes and goes"
CHANGES_EACH_TIME = "is different at each look"
# Once may have been a slip of the site; from the second time on it is a habit.
TIMES = 2
MOST = 60
# What takes turns at a place is short: a teaser, a quote of the day. A paragraph there is looked at all the same.
_PLACE_WORDS = 40
_SHOWN = 200


@dataclass(frozen=True)
class Habit:
    """Something that comes and goes on this page: `what` in the page's words, `kind` in ours."""

    key: str
    what: str
    kind: str
    since: datetime
    seen: datetime
    times: int = 1

    def again(self, at: datetime) -> "Habit":
        """The same, seen once more."""
        return replace(self, seen=at, times=self.times + 1)


def key_of(block: Sequence[str]) -> str:
    """The key of a habit about a block of these words."""
    return hashlib.sha256(" ".join(block).encode()).hexdigest()[:20]


def place_after(block: Sequence[str]) -> str:
    """The key of a habit about the place behind a block of these words."""
    return f"after {key_of(block)}"


class Habitual:
    """Which blocks of a reading are only what this page does anyhow. An editor's `rulings` outrank what was learned."""

    def __init__(self, habits: Sequence[Habit], rulings: Mapping[str, bool]) -> None:
        learned = {habit.key for habit in habits if habit.times >= TIMES}
        self._quiet = (learned | {key for key, is_news in rulings.items() if not is_news}) - {
            key for key, is_news in rulings.items() if is_news
        }
        self._never = {key for key, is_news in rulings.items() if not is_news}

    def __bool__(self) -> bool:
        return bool(self._quiet)

    def keys(self, block: Sequence[str], before: Sequence[str]) -> Iterable[str]:
        """The habits that a block of these words, behind a block of those, may belong to."""
        yield key_of(block)
        if len(block) <= _PLACE_WORDS:
            yield place_after(before)

    def is_quiet(self, block: Sequence[str], before: Sequence[str]) -> bool:
        """Whether this is one of the page's habits, so that it is told only if it lasts."""
        return any(key in self._quiet for key in self.keys(block, before))

    def is_noise(self, block: Sequence[str], before: Sequence[str]) -> bool:
        """Whether an editor has said that this is noise here, however long it lasts."""
        return any(key in self._never for key in self.keys(block, before))


def learn(habits: Sequence[Habit], seen: Iterable[tuple[str, str, str]], *, at: datetime) -> tuple[Habit, ...]:
    """`habits` with what was `seen` to come and go: key, words of the page, kind. The longest unseen are forgotten."""
    known = {habit.key: habit for habit in habits}
    for key, what, kind in dict.fromkeys(seen):
        old = known.get(key)
        known[key] = old.again(at) if old else Habit(key, what[:_SHOWN], kind, at, at)
    kept = sorted(known.values(), key=lambda habit: (habit.seen, habit.times), reverse=True)[:MOST]
    return tuple(sorted(kept, key=lambda habit: (habit.since, habit.key)))


def befores(blocks: Sequence[Block]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """For the words of each content block those of the content block before it."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    last: tuple[str, ...] = ()
    for block in blocks:
        if block.zone == CONTENT and (said := words(block.text)):
            found.setdefault(said, last)
            last = said
    return found
