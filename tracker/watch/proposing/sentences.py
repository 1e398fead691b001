"""Sentences of blocks, each with its place, so that a quote can be found again verbatim."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_SHORTENED = (
    "mr mrs ms dr prof gov sen rep gen col lt sgt st no vs v etc inc corp co ltd jr sr u.s u.k u.n a.b "
    "s.b h.b e.g i.e a.m p.m d.c n.y jan feb mar apr jun jul aug sep sept oct nov dec mass calif wash "
    "ariz fla tex ill penn ore art sec"
)
_ABBREVIATIONS = frozenset(_SHORTENED.split())
_BREAK = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s+[\"“‘'(\[]?[A-Z0-9“])")
_WORD_BEFORE = re.compile(r"([\w.]+)\.$")


@dataclass(frozen=True)
class Sentence:
    """One sentence: `text` is exactly `blocks[block][start:end]`; `order` is its place in the whole text."""

    block: int
    start: int
    end: int
    text: str
    order: int


def sentences_of(blocks: Sequence[str]) -> list[Sentence]:
    """The sentences of all blocks, in order."""
    found: list[Sentence] = []
    for number, block in enumerate(blocks):
        start = 0
        for stop in [*_stops(block), len(block)]:
            text = block[start:stop]
            lead = len(text) - len(text.lstrip())
            trimmed = text.strip()
            if trimmed:
                found.append(Sentence(number, start + lead, start + lead + len(trimmed), trimmed, len(found)))
            start = stop
    return found


def _stops(block: str) -> list[int]:
    return [mark.end() for mark in _BREAK.finditer(block) if not _is_abbreviation(block[: mark.start() + 1])]


def _is_abbreviation(head: str) -> bool:
    word = _WORD_BEFORE.search(head)
    if word is None:
        return False
    bare = word.group(1).lower()
    # A single letter is an initial: "Samuel L. Jackson", "U.S."
    return bare in _ABBREVIATIONS or len(bare) == 1 or (bare.count(".") > 0 and len(bare) <= 5)
