"""Which parts of a text say what a restriction leaves out: its carve-outs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.watch.proposing.judging.announcing import Weighed, likelihood
from tracker.watch.proposing.judging.senses import senses_in
from tracker.watch.proposing.judging.told import Told
from tracker.watch.proposing.judging.words import stems
from tracker.watch.proposing.proposal import ProposedCarveOut
from tracker.watch.proposing.what.carve_outs import carve_outs_in

# Where one thing that is named ends and the next begins.
_PARTS = re.compile(
    r"\s*[,;:()“”\"]\s*|\s[–—-]\s|\.$"
    r"|\b(?:and|or|but|while|unless|except(?:ing)?(?: for)?|other than|apart from|aside from|save for|nor|as well as)\b"
    r"|\b(?:al)?though\b",
    re.IGNORECASE,
)
_LONGEST = 14
_BEFORE = 3
_NEAR = 4
# How far from the announcing sentence a carve-out is looked for.
_EARLIEST, _LATEST = 6, 10


@dataclass(frozen=True)
class Part:
    """A part of the sentence at `sentence` that may name a carve-out: `text` stands there from `start` to `end`.

    `worded` are the carve-outs that a wording (what/carve_outs.py) gives in it, or of which it is a piece.
    """

    sentence: int
    start: int
    end: int
    text: str
    worded: tuple[ProposedCarveOut, ...]


def parts_in(told: Told, main: int) -> list[Part]:
    """The parts of the sentences around the announcing one."""
    around = (place for place in sorted(told.fresh) if -_EARLIEST <= place - main <= _LATEST)
    return [part for place in around for part in _parts(place, told)]


def _parts(place: int, told: Told) -> Iterator[Part]:
    text = told.sentences[place].text
    worded = [carve_out for carve_out, _ in carve_outs_in([told.sentences[place]], told.known)]
    start = 0
    for cut in [*((one.start(), one.end()) for one in _PARTS.finditer(text)), (len(text), len(text))]:
        piece = text[start : cut[0]]
        words = piece.split()
        if words and len(words) <= _LONGEST:
            lead, said = len(piece) - len(piece.lstrip()), piece.strip()
            here = tuple(one for one in worded if one.words in said or said in one.words)
            yield Part(place, start + lead, start + lead + len(said), said, here)
        start = cut[1]


def features(told: Told, sentences: Sequence[Weighed], main: int, action: str, part: Part) -> dict[str, float]:
    """What there is to weigh in whether the part names a carve-out."""
    text = told.sentences[part.sentence].text
    own, before, after = stems(part.text), stems(text[: part.start]), stems(text[part.end :])
    found = {f"“{word}”": 0.5 for word in own}
    found |= {f"first word “{own[0]}”": 0.7} if own else {}
    found |= {sensed.sense: 0.7 for sensed in senses_in(own)}
    for number, word in enumerate(reversed(before[-_BEFORE:])):
        found[f"{number} before “{word}”"] = 0.7
    for number, word in enumerate(after[:_BEFORE]):
        found[f"{number} after “{word}”"] = 0.7
    found |= {f"before: {sensed.sense}": 0.7 for sensed in senses_in(before)}
    found |= {f"after: {sensed.sense}": 0.7 for sensed in senses_in(after)}
    found |= {f"in the sentence “{word}”": 0.3 for word in told.words[part.sentence]}
    found |= {f"in the sentence: {sensed.sense}": 0.7 for sensed in told.senses[part.sentence]}
    found[f"sentences after the main one: {max(-_NEAR, min(_NEAR, part.sentence - main))}"] = 1.0
    found["likelihood of the sentence"] = likelihood(sentences[part.sentence])
    found["worded as one"] = 1.5 * bool(part.worded)
    found[f"words: {min(len(own), 8)}"] = 0.5
    found[f"action: {action}"] = 0.7
    return found
