"""The sentences in which something seems to be announced, and how much each is worth, with the reasons in words. Pure."""

# ruff: noqa: E501 - a wording is read more easily on one line

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

from tracker.dates import Precision
from tracker.watch.proposing.known import Known
from tracker.watch.proposing.sentences import Sentence
from tracker.watch.proposing.until.when import days_in
from tracker.watch.proposing.what.changes import CHANGES
from tracker.watch.proposing.what.cue import Cue
from tracker.watch.proposing.what.doubts import DOUBTS, NOT_YET_LAW, OPINION, SAID, about_something_else
from tracker.watch.proposing.what.nouns import RESTRICTION, TECHNOLOGY, technology_in
from tracker.watch.proposing.what.stops import STOPS
from tracker.watch.proposing.what.ties import TIES
from tracker.watch.proposing.who.actors import Actor, Reading, actor_of, spoken_of
from tracker.watch.proposing.who.names import Names

CUES: tuple[Cue, ...] = (*CHANGES, *STOPS, *TIES)
# A heading or caption says it shortly and without dates; the sentence below it is the better one.
_FEW_WORDS = 5
_BETWEEN_TWO = frozenset({"partnership", "denial"})
_FULL_DAY = re.compile(r"\bon (?:\d{1,2} [A-Z]\w+|[A-Z]\w+ \d{1,2},?) \d{4}\b")
_YEARS_AGO = re.compile(r"\b(?:years?|decades?) ago\b", re.IGNORECASE)
# Blocks that speak of other things: captions, links to other articles, what the company says of itself.
_CHROME = re.compile(
    r"(?:image caption|caption|photo|picture|read (?:next|more|also)|keep reading|more (?:world |local )?news|related|see also|also on|also (?:this week|in the news)|elsewhere|you might also like|recommended"
    r"|sign up|subscribe|about (?:the )?[A-Z]|share this|trending|most read|advertisement)\b",
    re.IGNORECASE,
)
_TRIES = 3
# Who buys such things: a text that names them may be about surveillance without naming a technology.
_WATCHERS = re.compile(
    r"\b(?:police|law enforcement|immigration|border|officers|intelligence service|sheriff\w*|spies|spy)\b",
    re.IGNORECASE,
)
# One of several readings of the same sentence is the better one though it scores a little less.
_CLEARER = (
    "a restriction becomes permanent",
    "a restriction becomes open-ended",
    "a restriction is extended",
    "it expired",
    "a contract ends",
)
_STOPPED = re.compile(
    rf"\b(?:{RESTRICTION}|suspended|paused|halted|barred|banned|withdrawn|pulled|shut down|locked out|switched off)\b",
    re.IGNORECASE,
)
_LONG_BEFORE = re.compile(
    r"\b(?:last (?:year|summer|spring|winter|autumn|fall)|in recent years|at the time|back then)\b", re.IGNORECASE
)
_NOT_MADE = frozenset({"wished for, not made", "must, say others", "a proposal", "the text says the rule is not made"})
_STARTS = frozenset({"announced", "extended"})


@dataclass(frozen=True)
class Hit:
    """A cue in a sentence, with its actor and what it is worth."""

    sentence: Sentence
    cue: Cue
    start: int
    end: int
    actor: Actor
    worth: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Text:
    """The whole text as the weighing of one sentence needs it."""

    published: date
    unmade: bool
    opinion: bool
    technical: frozenset[int]
    watched: bool
    whole: str


def hits_in(
    sentences: Sequence[Sentence], blocks: Sequence[str], known: Known, published: date, new: Set[int]
) -> tuple[list[Hit], Names]:
    """Every hit in the new blocks, in order, and the names; the other blocks only say whom “the company” means.

    A text that never speaks of surveillance has none.
    """
    names = Names([sentence.text for sentence in sentences], known)
    whole = " ".join(blocks)
    technical = frozenset(one.order for one in sentences if TECHNOLOGY.search(one.text) or known.products_in(one.text))
    if not technical and not _WATCHERS.search(whole):
        return [], names
    fresh = "\n".join(blocks[place] for place in sorted(new) if not _CHROME.match(blocks[place]))
    text = Text(
        published,
        NOT_YET_LAW.search(fresh) is not None,
        OPINION.search(fresh) is not None,
        technical,
        bool(_WATCHERS.search(whole)),
        whole,
    )
    reading = Reading(known, names, whole, blocks)
    found: list[Hit] = []
    for sentence in sentences:
        if sentence.block in new and not sentence.text.endswith("?") and not _CHROME.match(blocks[sentence.block]):
            found += _in_sentence(sentence, reading, text)
        acting = (
            found[-1].actor if found and found[-1].sentence is sentence and not found[-1].actor.government else None
        )
        reading = replace(reading, last=acting or spoken_of(sentence, reading) or reading.last)
    return _without_asides(found), names


def _without_asides(found: Sequence[Hit]) -> list[Hit]:
    """A text that opens with a call or a bill is about that: what it tells later of others is its background."""
    opening = [hit for hit in found if hit.sentence.order <= 2]
    wished = any(_NOT_MADE & set(hit.reasons) for hit in opening)
    if not wished or any(hit.worth >= 0.6 for hit in opening):
        return list(found)
    reason = "the text is about a call or a proposal"
    return [
        replace(hit, worth=hit.worth - 0.45, reasons=(*hit.reasons, reason)) if hit.sentence.order > 2 else hit
        for hit in found
    ]


def best_of(hits: Sequence[Hit]) -> Hit:
    """The hit that says most clearly what happened: worth most, but a clearer reading of the same sentence wins."""
    best = max(hits, key=lambda hit: (hit.worth, -hit.sentence.order))
    same = [hit for hit in hits if hit.sentence is best.sentence and hit.worth >= max(best.worth - 0.25, 0.45)]
    return min(same, key=lambda hit: (_CLEARER.index(hit.cue.name) if hit.cue.name in _CLEARER else 9, -hit.worth))


def _in_sentence(sentence: Sentence, reading: Reading, text: Text) -> Iterator[Hit]:
    for cue in CUES:
        best: Hit | None = None
        for number, match in enumerate(cue.pattern.finditer(sentence.text)):
            actor = actor_of(sentence, match.start(), match.end(), reading)
            if actor is None or number == _TRIES:
                break
            worth, reasons = _worth(sentence, cue, match.start(), actor, reading, text)
            if best is None or worth > best.worth:
                best = Hit(sentence, cue, match.start(), match.end(), actor, worth, reasons)
        if best is not None:
            yield best


def _tells_of_the_past(text: str, published: date) -> bool:
    """Whether the only date named is a year before the last: “put a moratorium on it in 2020”, read in 2024."""
    if _YEARS_AGO.search(text) and not _FULL_DAY.search(text):
        return True
    named = [day.date for day in days_in(text, published)]
    return bool(named) and all(day.precision is Precision.YEAR and day.first.year < published.year - 1 for day in named)


def _worth(
    sentence: Sentence, cue: Cue, start: int, actor: Actor, reading: Reading, text: Text
) -> tuple[float, tuple[str, ...]]:
    worth, reasons = cue.weight, [cue.name]
    for gain, reason in (*_gains(sentence, cue, actor, reading, text), *_losses(sentence, cue, start, actor, text)):
        worth += gain
        reasons.append(reason)
    return worth, tuple(reasons)


def _gains(sentence: Sentence, cue: Cue, actor: Actor, reading: Reading, text: Text) -> Iterator[tuple[float, str]]:
    if actor.slug is not None:
        yield 0.1, f"{actor.name} is tracked"
    elif actor.guessed:
        yield 0.0, f"“{actor.name}” is not tracked yet"
    if sentence.order in text.technical or (cue.matter in _BETWEEN_TWO and reading.names.in_text(sentence.text)):
        yield 0.15, "names surveillance technology"
    elif {sentence.order - 1, sentence.order + 1} & text.technical:
        yield 0.0, "names technology only beside it"
    else:
        yield (-0.1 if len(text.technical) > 1 or text.watched else -0.3), "names no technology"
    if SAID.search(sentence.text):
        yield 0.05, "something was said or announced"
    if _dated_lately(sentence.text, text.published):
        yield 0.1, "names a day shortly before it was published"
    if sentence.order < 6:
        yield 0.05, "near the top"


def _dated_lately(text: str, published: date) -> bool:
    return any(0 <= (published - day.date.first).days <= 21 and day.date.exact for day in days_in(text, published))


def _losses(sentence: Sentence, cue: Cue, start: int, actor: Actor, text: Text) -> Iterator[tuple[float, str]]:  # noqa: C901 - one line for each doubt
    said = sentence.text
    # The cue's own first words belong to what stands before it: "would place a moratorium".
    before = said[:start]
    for doubt in DOUBTS:
        if doubt.pattern.search(before if doubt.before else said):
            yield -doubt.cost, doubt.name
    if cue.name == "what was stopped starts again" and not _STOPPED.search(text.whole):
        yield -0.3, "nothing was stopped before"
    if _LONG_BEFORE.search(said) or (_only_of_old(said, text.published) and not actor.government):
        yield -0.2, "speaks of an earlier time"
    if about_something_else(said):
        yield -0.9, "about something else than surveillance"
    if said.count(" ") < _FEW_WORDS:
        yield -0.2, "hardly a sentence"
    if _tells_of_the_past(said, text.published):
        yield -0.5, "tells of a year long past"
    if _is_heading(said):
        yield -0.15, "a heading"
    if text.unmade and cue.action in _STARTS and (actor.government or not actor.written):
        yield -0.6, "the text says the rule is not made"
    if text.opinion:
        yield -0.4, "an opinion, not an announcement"


def _only_of_old(text: str, published: date) -> bool:
    named = [day.date for day in days_in(text, published)]
    return bool(named) and all((published - day.last).days > 60 for day in named)


def _is_heading(text: str) -> bool:
    return text.isupper() or text.startswith("#") or (text[-1:].isalnum() and text.count(" ") < 16)


def technology_of(sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """The surveillance words of these sentences, each once."""
    return technology_in(" ".join(sentence.text for sentence in sentences))
