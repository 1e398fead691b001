"""A text as it is judged: its sentences with their words and senses, and who is named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tracker.watch.proposing.judging.senses import Sensed, senses_in
from tracker.watch.proposing.judging.words import masked
from tracker.watch.proposing.known import Known
from tracker.watch.proposing.sentences import Sentence
from tracker.watch.proposing.until.when import days_in, lengths_in
from tracker.watch.proposing.who.names import Names

# A day so shortly before the publication is one of the announcement.
_LATELY = 31


@dataclass(frozen=True)
class Told:
    """The sentences of a text in order. `new` are the places of those that were not there before; `fresh` those of
    them that may announce something. The old ones only tell who is meant.
    """

    published: date
    sentences: Sequence[Sentence]
    new: frozenset[int]
    fresh: frozenset[int]
    names: Names
    known: Known

    @cached_property
    def words(self) -> list[list[str]]:
        """The stemmed words of each sentence, with names, days and lengths masked."""
        return [masked(one.text, self._spans(one.text)) for one in self.sentences]

    @cached_property
    def senses(self) -> list[list[Sensed]]:
        """The senses of each sentence."""
        return [senses_in(words) for words in self.words]

    @cached_property
    def all_senses(self) -> tuple[str, ...]:
        """Every sense that occurs in what is new, in one order: sums of weights then come out the same everywhere."""
        return tuple(sorted({one.sense for place in self.new for one in self.senses[place]}))

    def order(self, place: int) -> int:
        """How many new sentences stand before the new one at that place."""
        return self._orders[place]

    @cached_property
    def _orders(self) -> dict[int, int]:
        return {place: order for order, place in enumerate(sorted(self.new))}

    def public_body_first(self, place: int) -> bool:
        """Whether the sentence names a public body, and no company before it."""
        names = [one.start for one in self.senses[place] if one.sense == "ORG"]
        bodies = [one.start for one in self.senses[place] if one.sense.endswith("public")]
        return bool(bodies) and (not names or min(bodies) < min(names))

    def _spans(self, text: str) -> list[tuple[int, int, str]]:
        return [
            *((one.start, one.end, "ORG") for one in self.names.in_text(text)),
            *((day.start, day.end, self._when(day.date.first)) for day in days_in(text, self.published)),
            *((length.start, length.end, "LENGTH") for length in lengths_in(text)),
        ]

    def _when(self, day: date) -> str:
        if day > self.published:
            return "AHEAD"
        return "NEAR" if (self.published - day).days <= _LATELY else "PAST"
