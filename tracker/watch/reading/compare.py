"""What changed between two readings of a page, to the word.

A word is new if no short run of words around it stands anywhere in the other reading, be it in the content or around
it. So a paragraph that was moved, wrapped anew, split or joined is no change, while "one year" that became "two years"
is one, even if both stand elsewhere on the page. Pure.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from tracker.watch.reading.noise import words
from tracker.watch.reading.page import Block
from tracker.watch.reading.places import CONTENT

# So many words in a row are a place of their own.
RUN = 4
# A changed block is shown beside the block of the other reading that has this share of its words.
_ALIKE = 0.5
# Up to so many words are looked for one by one; for more all runs of the other reading are gathered first.
_OFTEN = 200
# From so many changed blocks on, a page has been rewritten.
_REWRITTEN = 10
# By so many words the beginning or the end of a block is known.
_BORDER = 2


@dataclass(frozen=True)
class Added:
    """A block that was not there before, and its place among the texts of the new page."""

    index: int
    text: str


@dataclass(frozen=True)
class Difference:
    """The blocks that came and went. Falsy when nothing worth anybody's time did."""

    added: tuple[Added, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


NO_DIFFERENCE = Difference()


class Text:
    """A reading as it is compared: each block's words, and all of them in one row."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.words = [words(block.text) for block in blocks]

    @cached_property
    def counts(self) -> Counter[tuple[str, ...]]:
        return Counter(self.words)

    @cached_property
    def row(self) -> list[str]:
        return [word for block in self.words for word in block]

    @cached_property
    def starts(self) -> list[int]:
        starts, start = [], 0
        for block in self.words:
            starts.append(start)
            start += len(block)
        return starts

    @cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        return frozenset(runs(self.row))

    @cached_property
    def running(self) -> str:
        return f" {' '.join(self.row)} "

    def has(self, run: Sequence[str], *, often: bool) -> bool:
        """Whether the words of `run` stand here in a row. Who asks `often` has them gathered first."""
        return tuple(run) in self.runs if often else f" {' '.join(run)} " in self.running

    @cached_property
    def borders(self) -> frozenset[tuple[str, tuple[str, ...]]]:
        """How its blocks begin and end."""
        begin = {("begin", block[:_BORDER]) for block in self.words}
        return frozenset(begin | {("end", block[-_BORDER:]) for block in self.words})

    def parts(self, block: Sequence[str], offset: int) -> bool:
        """Whether a block ends or begins here in this reading, where `block` goes on."""
        before = ("end", tuple(block[max(0, offset - _BORDER) : offset]))
        return before in self.borders or ("begin", tuple(block[offset : offset + _BORDER])) in self.borders

    @cached_property
    def content(self) -> frozenset[tuple[str, ...]]:
        return frozenset(
            block for block, of in zip(self.words, self.blocks, strict=True) if of.zone == CONTENT and block
        )


def runs(row: Sequence[str]) -> Iterable[tuple[str, ...]]:
    """Every run of RUN words in `row`."""
    return zip(*(row[offset:] for offset in range(RUN)), strict=False)


def suspects(text: Text, other: Text) -> list[int]:
    """The places of the content blocks of `text` that `other` does not have as they are."""
    has = other.counts
    spare: Counter[tuple[str, ...]] = Counter()
    found = []
    for place, block in enumerate(text.words):
        if not block or text.blocks[place].zone != CONTENT:
            continue
        if block not in has:
            found.append(place)
        elif len(block) < RUN and text.counts[block] > has[block]:
            spare[block] += 1
            if spare[block] > has[block]:
                found.append(place)
    return found


def new_words(text: Text, other: Text) -> dict[int, list[int]]:
    """The blocks of `text` that say something `other` does not, each with the places of the words in it that do."""
    found: dict[int, list[int]] = {}
    places = suspects(text, other)
    often = sum(len(text.words[place]) for place in places) > _OFTEN
    for place in places:
        new = _new_in(text, place, other, often=often)
        if new:
            found[place] = new
    return found


def _new_in(text: Text, place: int, other: Text, *, often: bool) -> list[int]:
    row, start, block = text.row, text.starts[place], text.words[place]
    length = len(block)
    known = bytearray(length)
    joined = bytearray(length)
    for at in range(max(0, start - RUN + 1), min(start + length, len(row) - RUN + 1)):
        if other.has(row[at : at + RUN], often=often):
            first, end = max(at, start) - start, min(at + RUN, start + length) - start
            known[first:end] = b"\1" * (end - first)
            joined[first + 1 : end] = b"\1" * (end - first - 1)
    new = {offset for offset in range(length) if not known[offset]}
    # Words that all stand elsewhere, put together as they are nowhere: unless blocks were only joined there.
    for offset in range(1, length):
        if not joined[offset] and known[offset - 1] and known[offset] and not other.parts(block, offset):
            new |= {offset - 1, offset}
    return sorted(new)


def compare(old: Text, new: Text) -> Difference:
    """What `new` says in its content that `old` does not say anywhere, and the other way round."""
    if old.content == new.content and old.counts == new.counts:
        return NO_DIFFERENCE
    came, went = new_words(new, old), new_words(old, new)
    if not came and not went:
        return NO_DIFFERENCE
    shown_new, shown_old = set(came), set(went)
    candidates_new, candidates_old = suspects(new, old), suspects(old, new)
    for place in went:
        shown_new |= _beside(old.words[place], new, candidates_new)
    for place in came:
        shown_old |= _beside(new.words[place], old, candidates_old)
    if len(came) + len(went) > _REWRITTEN:
        # So much is new that nobody can tell what was only moved: all that is not as it was is shown.
        shown_new |= set(candidates_new)
        shown_old |= set(candidates_old)
    index = _indices(new.blocks)
    return Difference(
        tuple(Added(index[place], new.blocks[place].text) for place in sorted(shown_new)),
        tuple(old.blocks[place].text for place in sorted(shown_old)),
    )


def alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one block reads like the other one edited."""
    mine, theirs = Counter(one), Counter(other)
    return 2 * (mine & theirs).total() >= _ALIKE * (mine.total() + theirs.total())


def says_new(block: str, other: Text) -> bool:
    """Whether `block` says something that `other` does not say anywhere."""
    return bool(new_words(Text([Block(block)]), other))


def _beside(block: Sequence[str], other: Text, candidates: Sequence[int]) -> set[int]:
    """The block of the other reading that `block` became or was, if one of the candidates looks like it."""
    mine = Counter(block)
    best, place = 0.0, -1
    for candidate in candidates:
        theirs = Counter(other.words[candidate])
        alike = 2 * (mine & theirs).total() / (mine.total() + theirs.total())
        if alike > best:
            best, place = alike, candidate
    return {place} if best >= _ALIKE else set()


def _indices(blocks: Sequence[Block]) -> dict[int, int]:
    places = [place for place, block in enumerate(blocks) if block.zone == CONTENT]
    return {place: index for index, place in enumerate(places)}


def difference(old: Sequence[str], new: Sequence[str]) -> Difference:
    """The same for plain texts: the blocks of `new` that say what `old` does not, in their order, and the reverse."""
    return compare(Text([Block(text) for text in old]), Text([Block(text) for text in new]))
