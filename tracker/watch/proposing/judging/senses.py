"""The senses of words: that "mothball", "put on ice" and "stand down" all say that something pauses. Pure.

senses.txt has one sense a line with its words and phrases; "…" in a phrase lets up to two other words stand between.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tracker.watch.proposing.judging.words import stem, stems

_FILE = Path(__file__).with_name("senses.txt")
_NEGATIVE_WORDS = """
not no never nor neither none nobody nothing without won't cannot can't doesn't don't didn't hasn't haven't isn't aren't
"""
_NEGATIONS = frozenset(stem(word) for word in _NEGATIVE_WORDS.split())
# These are negative themselves.
_NEVER_NEGATED = frozenset({"not", "refuse", "deny"})
# What a mask stands for is a sense of its own.
_MASKS = frozenset({"ORG", "NAME", "AHEAD", "PAST", "NEAR", "LENGTH"})
_PHRASE = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+")
_BETWEEN = 3
_NEGATED_WITHIN = 3
_PAIR_WITHIN = 7


@dataclass(frozen=True)
class Sensed:
    """A sense and between which words of the sentence; "~" stands before what is negated."""

    start: int
    end: int
    sense: str


@cache
def _table() -> dict[str, list[tuple[str, tuple[tuple[str, ...], ...]]]]:
    """By the first word of each phrase: its sense and its parts."""
    table: dict[str, list[tuple[str, tuple[tuple[str, ...], ...]]]] = {}
    for line in _FILE.read_text("utf-8").splitlines():
        sense, _, phrases = line.partition(":")
        for phrase in phrases.split(","):
            parts = tuple(
                tuple("NUM" if word.isdigit() else stem(word) for word in _PHRASE.findall(part.lower()))
                for part in phrase.split("…")
            )
            if parts[0]:
                table.setdefault(parts[0][0], []).append((sense, parts))
    return table


def senses_in(words: Sequence[str]) -> list[Sensed]:
    """Every sense in the stemmed words of a sentence, from left to right."""
    found = []
    for place, word in enumerate(words):
        if word in _MASKS:
            found.append(Sensed(place, place + 1, word))
        for sense, parts in _table().get(word, ()):
            end = _end_of(words, place, parts)
            if end is not None:
                before = words[max(0, place - _NEGATED_WITHIN) : place]
                negated = sense not in _NEVER_NEGATED and not _NEGATIONS.isdisjoint(before)
                found.append(Sensed(place, end, f"~{sense}" if negated else sense))
    return found


def _end_of(words: Sequence[str], start: int, parts: tuple[tuple[str, ...], ...]) -> int | None:
    end = start
    for number, part in enumerate(parts):
        starts = (start,) if number == 0 else range(end, end + _BETWEEN)
        for place in starts:
            if tuple(words[place : place + len(part)]) == part:
                end = place + len(part)
                break
        else:
            return None
    return end


def pairs(found: Sequence[Sensed]) -> Iterator[str]:
    """One sense after another, near it: "company>stop"."""
    for number, first in enumerate(found):
        for second in found[number + 1 :]:
            if second.start < first.end:
                continue
            if second.start - first.end > _PAIR_WITHIN:
                break
            yield f"{first.sense}>{second.sense}"


def senses_of(text: str) -> list[str]:
    """The senses in a piece of text, without its names."""
    return [one.sense for one in senses_in(stems(text))]
