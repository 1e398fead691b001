"""What changed between two readings of a page, as blocks: those that are new and those that are gone.

Blocks are compared as sets of normalised text, each against the whole of the other page, so that a moved,
re-wrapped
or repeated block is no change. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.watch.reading.noise import normalised


@dataclass(frozen=True)
class Added:
    """A block that was not there before, and its place in the new page."""

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


def difference(old: Sequence[str], new: Sequence[str]) -> Difference:
    """The blocks of `new` that `old` does not have, in the page's order, and the other way round."""
    before = [normalised(block) for block in old]
    after = [normalised(block) for block in new]
    had, has = set(before), set(after)
    if had == has:
        return NO_DIFFERENCE
    # A block split in two or joined with its neighbour says nothing new: look for it in the running text as
    # well.
    text_before, text_after = _running(before), _running(after)
    added = tuple(
        Added(place, new[place])
        for place, block in enumerate(after)
        if block and block not in had and f" {block} " not in text_before and not _is_joined(block, had, text_before)
    )
    removed = tuple(
        old[place]
        for place, block in enumerate(before)
        if block and block not in has and f" {block} " not in text_after and not _is_joined(block, has, text_after)
    )
    return Difference(added, removed)


def _running(blocks: Sequence[str]) -> str:
    return f" {' '.join(blocks)} "


def _is_joined(block: str, others: set[str], text: str) -> bool:
    """Whether `block` is only whole blocks of the other page, one after the other."""
    rest = block
    while rest:
        head = next((other for other in others if other and (rest == other or rest.startswith(other + " "))), None)
        if head is None:
            return False
        rest = rest[len(head) :].lstrip()
    return True
