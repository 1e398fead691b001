"""The sentences in which something seems to be announced, and how much each is worth, with the reasons in
words. Pure.
"""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date

from tracker.dates import Precision
from tracker.watch.proposing.actors import Actor, actor_of, government_of, stranger
from tracker.watch.proposing.cues import CUES, GUARDS, NOT_YET_LAW, SAID, Cue, technology_in
from tracker.watch.proposing.known import Known
from tracker.watch.proposing.sentences import Sentence
from tracker.watch.proposing.when import days_in

# A heading or caption says it shortly and without dates; the sentence below it is the better one.
_FEW_WORDS = 5
_BETWEEN_TWO = frozenset({"partnership", "denial"})
_YEARS_AGO = re.compile(r"\b(?:years?|decades?) ago\b", re.IGNORECASE)
# "The suspension is being lifted": nobody is named, and it is a public body that does such things.
_PASSIVE = frozenset({"reversed", "lapsed"})


@dataclass(frozen=True)
class Hit:
    """A cue in a sentence, with its actor and what it is worth."""

    sentence: Sentence
    cue: Cue
    start: int
    actor: Actor
    worth: float
    reasons: tuple[str, ...]


def hits_in(
    sentences: Sequence[Sentence], blocks: Sequence[str], known: Known, published: date, new: Set[int]
) -> list[Hit]:
    """Every hit in the new blocks, in order; the other blocks only say whom “the company” means.

    A text that never speaks of surveillance has none.
    """
    whole = " ".join(blocks)
    if not technology_in(whole) and not known.products_in(whole):
        return []
    unmade = NOT_YET_LAW.search(" ".join(blocks[place] for place in sorted(new))) is not None
    found: list[Hit] = []
    last: Actor | None = None
    for sentence in sentences:
        if sentence.block not in new:
            last = _spoken_of(sentence, known, found) or last
            continue
        found += _in_sentence(sentence, blocks[sentence.block], whole, known, last, published, unmade=unmade)
        last = _spoken_of(sentence, known, found) or last
    return found


def _spoken_of(sentence: Sentence, known: Known, found: Sequence[Hit]) -> Actor | None:
    """Whom “the company” in the next sentence means: who acted here, else the first company named."""
    if found and found[-1].sentence is sentence:
        return found[-1].actor
    for mention in known.organizations_in(sentence.text):
        organization = known.by_slug[mention.slug]
        if organization.role == "vendor":
            return Actor(organization.slug, organization.name, written=mention.name)
    return stranger(sentence.text)


def _in_sentence(
    sentence: Sentence,
    block: str,
    whole: str,
    known: Known,
    last: Actor | None,
    published: date,
    *,
    unmade: bool,
) -> list[Hit]:
    found: list[Hit] = []
    if sentence.text.endswith("?"):
        return found
    for cue in CUES:
        match = cue.pattern.search(sentence.text)
        if match is None or any(hit.start == match.start() for hit in found):
            continue
        actor = actor_of(sentence, match.start(), block=block, whole=whole, last=last, known=known)
        if actor is None and cue.action in _PASSIVE:
            actor = government_of(sentence.text, whole, known)
        if actor is None:
            continue
        worth, reasons = _worth(sentence, cue, match.start(), match.end(), actor, known)
        if _tells_of_the_past(sentence.text, published):
            worth, reasons = worth - 0.5, [*reasons, "tells of a year long past"]
        if unmade and actor.government:
            worth, reasons = worth - 0.6, [*reasons, "the text says the rule is not made"]
        found.append(Hit(sentence, cue, match.start(), actor, worth, tuple(reasons)))
    return found


def _tells_of_the_past(text: str, published: date) -> bool:
    """Whether the only date named is a year before the last: “put a moratorium on it in 2020”, read in
    2024.
    """
    if _YEARS_AGO.search(text):
        return True
    named = [day.date for day in days_in(text, published)]
    return bool(named) and all(day.precision is Precision.YEAR and day.first.year < published.year - 1 for day in named)


def _vendors_in(text: str, known: Known) -> list[str]:
    return [mention.name for mention in known.organizations_in(text) if known.by_slug[mention.slug].role == "vendor"]


def _worth(sentence: Sentence, cue: Cue, start: int, end: int, actor: Actor, known: Known) -> tuple[float, list[str]]:
    text = sentence.text
    worth, reasons = cue.weight, [cue.name]
    if actor.slug is not None:
        worth, reasons = worth + 0.15, [*reasons, f"{actor.name} is tracked"]
    elif actor.guessed:
        worth, reasons = worth - 0.05, [*reasons, f"“{actor.name}” is not tracked yet"]
    if technology_in(text) or known.products_in(text) or (cue.matter in _BETWEEN_TWO and _vendors_in(text, known)):
        worth, reasons = worth + 0.15, [*reasons, "names surveillance technology"]
    else:
        worth, reasons = worth - 0.15, [*reasons, "names no technology"]
    if SAID.search(text):
        worth, reasons = worth + 0.05, [*reasons, "something was said or announced"]
    if sentence.order < 6:
        worth, reasons = worth + 0.05, [*reasons, "near the top"]
    before = text[:start]
    for guard in GUARDS:
        # The cue's own words belong to what stands before it: "would place a moratorium".
        where = (
            before + text[start : start + 30] if guard.before and not guard.pattern.pattern.endswith("$") else before
        )
        if guard.pattern.search(where if guard.before else text):
            worth, reasons = worth - guard.cost, [*reasons, guard.name]
    if text.count(" ") < _FEW_WORDS:
        worth, reasons = worth - 0.2, [*reasons, "hardly a sentence"]
    return worth, reasons
