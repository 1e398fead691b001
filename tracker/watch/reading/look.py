"""One look at a page beside what is remembered of it: what to tell, and what to remember now. Pure.

A change is told when a second look still sees it. What the second look does not see any more, or sees otherwise, is
learned as a habit of the page; what is a habit is told only when it has lasted for days.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from tracker.watch.reading.compare import NO_DIFFERENCE, Added, Difference, Text, alike, compare, says_new
from tracker.watch.reading.habits import (
    CHANGES_EACH_TIME,
    COMES_AND_GOES,
    Habitual,
    befores,
    key_of,
    learn,
    place_after,
)
from tracker.watch.reading.memory import Memory, Reading, Suspect, reading_of
from tracker.watch.reading.noise import words
from tracker.watch.reading.page import EXTRACTOR, Block, Page
from tracker.watch.reading.unusable import another, unusable

Asked = Callable[[Sequence[str], Sequence[str]], bool]
# How long, and for how many looks, a habit must stay away or stay there to be a change after all.
LASTING = timedelta(days=3)
LASTING_LOOKS = 4


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
    """What came of one look, in words for an editor, and what to remember of it.

    `told` is the reading that `difference` speaks of: of a confirmed change that at which it was first seen.
    """

    memory: Memory | None
    outcome: Outcome
    reason: str = ""
    difference: Difference = NO_DIFFERENCE
    since: datetime | None = None
    told: Reading | None = None


def look(
    memory: Memory | None, page: Page, *, at: datetime, status: int = 200, rulings: Mapping[str, bool] = {}
) -> Look:
    """What `page`, answered with `status` at `at`, comes to beside `memory`."""
    reading = reading_of(page)
    wrong = unusable(page, status=status) or (another(reading, memory.settled) if memory else None)
    if wrong is not None:
        if wrong.is_another and memory is not None:
            # Whether this is what the page has become is for an editor to say (`start_anew`).
            since = memory.replaced_since or at
            memory = replace(memory, replaced_since=since, replaced_looks=memory.replaced_looks + 1)
        return Look(memory, Outcome(wrong.kind), wrong.reason)
    if memory is None:
        return Look(Memory(reading), Outcome.FIRST, told=reading)
    if memory.replaced_since is not None:
        memory = replace(memory, replaced_since=None, replaced_looks=0)
    return _Second(memory, reading, at, Habitual(memory.habits, rulings)).look()


@dataclass(frozen=True)
class _Second:
    """A look at a page that has been seen before."""

    memory: Memory
    reading: Reading
    at: datetime
    habitual: Habitual

    @property
    def settled(self) -> Text:
        return self.memory.settled.compared

    @property
    def now(self) -> Text:
        return self.reading.compared

    def look(self) -> Look:
        change = self._audible(compare(self.settled, self.now), self.reading)
        waiting = self.memory.suspect
        loud = self._without_habits(change, self.reading)
        if waiting is None or (waiting.quiet and loud):
            return self._first_sight(change, loud)
        if not change:
            return self._withdrawn(waiting)
        return self._still(waiting, change) if waiting.quiet else self._again(waiting, change)

    def _first_sight(self, change: Difference, loud: Difference) -> Look:
        if not change:
            return Look(self.memory, Outcome.UNCHANGED)
        seen = Suspect(self.reading, self.at, quiet=not loud)
        after = replace(self.memory, suspect=seen)
        if seen.quiet:
            return Look(after, Outcome.UNCHANGED, f"only what comes and goes here: {in_words(change)}")
        return Look(after, Outcome.SUSPECTED, in_words(loud))

    def _withdrawn(self, waiting: Suspect) -> Look:
        went = compare(self.settled, waiting.reading.compared)
        habits = learn(self.memory.habits, _came_and_went(went), at=self.at)
        after = replace(self.memory, suspect=None, habits=habits)
        return Look(after, Outcome.WITHDRAWN, "what was new at the last look is gone again")

    def _still(self, waiting: Suspect, change: Difference) -> Look:
        """A habit that goes on: a change after all, once it has lasted."""
        waiting = replace(waiting, looks=waiting.looks + 1)
        if waiting.looks >= LASTING_LOOKS and self.at - waiting.since >= LASTING:
            after = replace(self.memory, settled=self.reading, suspect=None)
            why = f"{in_words(change)}; it used to come and go, and has stayed"
            return Look(after, Outcome.CHANGED, why, change, self.at, self.reading)
        after = replace(self.memory, suspect=waiting)
        return Look(after, Outcome.UNCHANGED, f"only what comes and goes here: {in_words(change)}")

    def _again(self, waiting: Suspect, change: Difference) -> Look:
        """The second look at a change: what of it is still so is told, what is not is a habit."""
        before = waiting.reading.compared
        first = self._without_habits(self._audible(compare(self.settled, before), waiting.reading), waiting.reading)
        told, gone = _lasting(first, change, before, self.now)
        places = self._places(gone, change, waiting.reading)
        told = self._not_at(places, told)
        settled = _without(waiting.reading, gone)
        learned = [*_came_and_went(gone), *(_as_habit(place) for place in places)]
        habits = learn(self.memory.habits, learned, at=self.at)
        if not told:
            after = replace(self.memory, habits=habits, suspect=None)
            return replace(self, memory=after)._first_sight(change, self._without_habits(change, self.reading))
        newer = compare(settled.compared, self.now)
        newer = self._without_habits(self._audible(newer, self.reading), self.reading)
        suspect = Suspect(self.reading, self.at) if newer else None
        after = replace(self.memory, settled=settled, habits=habits, suspect=suspect)
        return Look(after, Outcome.CHANGED, in_words(told), told, waiting.since, waiting.reading)

    def _places(self, gone: Difference, change: Difference, reading: Reading) -> list[tuple[str, ...]]:
        """The blocks behind which something else stood at each of the two looks."""
        then, now = befores(reading.blocks), befores(self.reading.blocks)
        fresh = {now.get(words(added.text)) for added in change.added}
        found = (then.get(words(added.text)) for added in gone.added)
        return [place for place in dict.fromkeys(found) if place and place in fresh]

    def _not_at(self, places: Sequence[tuple[str, ...]], told: Difference) -> Difference:
        """Without the blocks that stood at these places before and are gone: what took their turn is gone as well."""
        old = befores(self.memory.settled.blocks)
        return replace(told, removed=tuple(text for text in told.removed if old.get(words(text)) not in places))

    def _audible(self, change: Difference, reading: Reading) -> Difference:
        """Without what an editor has called noise here."""
        return self._left(change, reading, self.habitual.is_noise)

    def _without_habits(self, change: Difference, reading: Reading) -> Difference:
        return self._left(change, reading, self.habitual.is_quiet)

    def _left(
        self, change: Difference, reading: Reading, is_nothing: Callable[[Sequence[str], Sequence[str]], bool]
    ) -> Difference:
        if not self.habitual or not change:
            return change
        new, old = befores(reading.blocks), befores(self.memory.settled.blocks)

        def speaks(text: str, places: Mapping[tuple[str, ...], tuple[str, ...]]) -> bool:
            said = words(text)
            return not is_nothing(said, places.get(said, ()))

        return Difference(
            tuple(added for added in change.added if speaks(added.text, new)),
            tuple(text for text in change.removed if speaks(text, old)),
        )


def _lasting(first: Difference, change: Difference, before: Text, now: Text) -> tuple[Difference, Difference]:
    """What of the `first` look's change is still so, and what is not. `change` is that of the second look.

    A new block lasts if it is still there, or has been edited meanwhile; one that is gone lasts if it is still gone.
    """
    edited = [words(added.text) for added in change.added]
    still = [added for added in first.added if _stands(added, now, edited)]
    away = [text for text in first.removed if not _is_back(text, before, now)]
    lost = [added for added in first.added if added not in still]
    back = [text for text in first.removed if text not in away]
    return Difference(tuple(still), tuple(away)), Difference(tuple(lost), tuple(back))


def _is_back(text: str, before: Text, now: Text) -> bool:
    """Whether a block that was gone at the first look stands there again, as it was or in other blocks."""
    said = words(text)
    return now.counts[said] > before.counts[said] or (says_new(text, before) and not says_new(text, now))


def _stands(added: Added, now: Text, edited: Sequence[Sequence[str]]) -> bool:
    return not says_new(added.text, now) or any(alike(words(added.text), other) for other in edited)


def _without(reading: Reading, gone: Difference) -> Reading:
    """The reading as if what did not last had never changed."""
    if not gone:
        return reading
    lost = {added.text for added in gone.added}
    kept = tuple(block for block in reading.blocks if block.text not in lost)
    return replace(reading, blocks=(*kept, *(Block(text) for text in gone.removed)))


def _came_and_went(change: Difference) -> list[tuple[str, str, str]]:
    texts = [*(added.text for added in change.added), *change.removed]
    return [(key_of(words(text)), text, COMES_AND_GOES) for text in texts]


def _as_habit(place: tuple[str, ...]) -> tuple[str, str, str]:
    return place_after(place), f"what stands behind “{' '.join(place)[:120]}”", CHANGES_EACH_TIME


def in_words(change: Difference) -> str:
    """“2 blocks new, 1 gone”."""
    return f"{len(change.added)} blocks new, {len(change.removed)} gone"


def start_anew() -> Memory:
    """What is remembered of a page of which all that will be seen at the next look is to be new."""
    return Memory(Reading(()))


def resettle(memory: Memory, page: Page) -> Memory:
    """The memory as a better extractor would have made it: `page` is the settled page read anew. Raises no news."""
    return replace(memory, settled=reading_of(page), suspect=None, extractor=EXTRACTOR)
