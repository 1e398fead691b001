"""A labelled text as the weights are learned from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tests.watch.proposing.learning.cases import blocks, published
from tracker.watch.proposing.judging import announcing
from tracker.watch.proposing.judging.announcing import Weighed
from tracker.watch.proposing.judging.told import Told
from tracker.watch.proposing.known import Known
from tracker.watch.proposing.propose import told_in

# Every so many lessons one is learned again inside a long page.
_LONG = 3


@dataclass(frozen=True)
class Lesson:
    """A labelled case, read."""

    case: dict[str, Any]
    told: Told

    @property
    def labels(self) -> dict[str, Any]:
        """What an editor would want proposed."""
        labels: dict[str, Any] = self.case["labels"]
        return labels

    def also(self, field: str) -> list[str]:
        """What careful readers would accept for the field, too."""
        return list((self.labels["also_ok"] or {}).get(field, []))

    @cached_property
    def quoted(self) -> list[int | None]:
        """For each sentence, which of the quotes it belongs to."""
        quotes = [" ".join(quote.split()) for quote in self.labels["support"]]
        return [_which(" ".join(one.text.split()), quotes) for one in self.told.sentences]


def main_of(one: Lesson, sentences: Sequence[Weighed]) -> int:
    """The sentence that makes it: that of the labels' first quote, or else the likeliest."""
    if 0 in one.quoted:
        return one.quoted.index(0)
    return announcing.likeliest(sentences)


def _which(sentence: str, quotes: Sequence[str]) -> int | None:
    if len(sentence) <= 15:
        return None
    return next((place for place, quote in enumerate(quotes) if sentence in quote or quote in sentence), None)


def lessons_of(cases: Sequence[dict[str, Any]], known: Known) -> list[Lesson]:
    """The cases as they are, each once; a text in which nothing could announce anything teaches nothing."""
    return [lesson for case in cases for lesson in _lesson(case, blocks(case), known)]


def varied(lessons: Sequence[Lesson], known: Known) -> list[Lesson]:
    """The lessons, and each again as a change often is: a few sentences alone, or an article in a long page."""
    quiet = [one for one in lessons if not one.labels["about_commitment"]]
    found = list(lessons)
    for place, one in enumerate(lessons):
        said = blocks(one.case)
        if one.labels["about_commitment"]:
            found += _lesson(one.case, [" ".join(one.labels["support"])], known)
        else:
            found += _lesson(one.case, said[place % 2 :: 2], known)
        if place % _LONG == 0:
            before, after = (quiet[(place + step) % len(quiet)].case for step in (1, 2))
            found += _lesson(one.case, [*blocks(before), *said, *blocks(after)], known)
    return found


def _lesson(case: dict[str, Any], said: Sequence[str], known: Known) -> list[Lesson]:
    told = told_in(said, published=published(case), known=known)
    return [Lesson(case, told)] if told else []
