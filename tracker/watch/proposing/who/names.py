"""The names in a text and what they seem to be, from everything the text says about them. No list of companies is needed."""

# ruff: noqa: E501 - a wording is read more easily on one line

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from tracker.watch.proposing.known import Known, Mention
from tracker.watch.proposing.who.signs import evidence
from tracker.watch.proposing.who.words import (
    COMPANY_ENDING,
    GIVEN_NAMES,
    NOT_COMPANY_WORD,
    NOT_NAMES,
    PLACES,
    PUBLIC_WORD,
)

_WORD = r"(?:[A-Z][\w&]*(?:[-.'’][A-Z\d][\w]*)*(?:\.(?:ai|io|com|me))?|[a-z]+[A-Z]\w*|\d+[A-Z]\w*)"
# What is not a company after "and" but a part of a body's name: “National Institute of Standards and Technology”.
_TASK = (
    r"and (?:[A-Z]\w+ )?(?:Affairs|Commerce|Communities|Corrections|Development|Enforcement|Freedoms|Industry|Infrastructure"
    r"|Innovation|Intelligence|Justice|Prevention|Protection|Regulation|Rehabilitation|Research|Rights|Safety|Security"
    r"|Services|Sport|Technology|Training|Transport|Welfare)\b"
)
_NAME = re.compile(rf"(?<![\w@])(?:{_WORD})(?:(?: | & | of | for | de )(?:{_WORD})| {_TASK})*")
_LIST = re.compile(rf"{_WORD}(?: {_WORD})*(?:, {_WORD}(?: {_WORD})*)*,? (?:and|&) {_WORD}(?: {_WORD})*")
# "R.I.", "D.C.", "J.B.": a place or a person.
_INITIALS = re.compile(r"(?:[A-Z]\.)+[A-Z]?")
# After these "for" is part of the name: “Center for Missing and Exploited Children”.
_BODY_FOR = re.compile(
    r"\b(?:Cent(?:er|re)|Institute|Office|Agency|Association|Coalition|Campaign|Council|Department|Bureau|Foundation|Tools"
    r"|Alliance|Network|Society|Union|Group|Request|Secretary|Minister|Ministry|Authority|Committee|Commissioner)$"
)
_ENOUGH = 1.0
# A text in which nothing looks more like a company than this.
_AT_LEAST = 0.5


@dataclass(frozen=True)
class Name:
    """A name in the text: where it stands, and how it is written in full there."""

    start: int
    end: int
    name: str
    slug: str | None = None


@dataclass
class Names:
    """Which names of this text are companies. `known` come first; the others are judged by their surroundings."""

    sentences: Sequence[str]
    known: Known
    _companies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        places: dict[str, list[tuple[str, int, int]]] = {}
        for text in self.sentences:
            for name, start in _names_in(text, self.written_small):
                places.setdefault(name, []).append((text, start, start + len(name)))
        persons = {name.split()[-1] for name in places if name.split()[0].casefold() in GIVEN_NAMES and " " in name}
        worth = {name: self.worth_as_a_company(name, where) for name, where in places.items() if name not in persons}
        enough = _ENOUGH if any(score >= _ENOUGH for score in worth.values()) else _AT_LEAST
        self._companies = {name: self._with_article(name) for name, score in worth.items() if score >= enough}
        for name in joined_to(tuple(self._companies), self.sentences):
            if worth.get(name, -1.0) >= 0.0:
                self._companies[name] = self._with_article(name)
        for name in list(self._companies):
            longer = [other for other in self._companies if other != name and other.startswith(name + " ")]
            if longer:
                self._companies[name] = max(longer, key=len)

    def in_full(self, name: str) -> str:
        """A name as the text has it in full: “Flock Safety” for “Flock”, “The Good Guys” with its article."""
        if any(one.name == name for one in self.known.organizations_in(name)):
            return name
        return self._companies.get(name) or self._with_article(name)

    def _with_article(self, name: str) -> str:
        """“The Good Guys”: the article belongs to a name of several words that never stands without it."""
        whole = " ".join(self.sentences)
        bare = re.search(rf"(?<!The ){re.escape(name)}", whole)
        return name if bare or " " not in name else f"The {name}"

    @cached_property
    def _alone(self) -> frozenset[str]:
        """The words that stand alone as a name somewhere in the text."""
        return frozenset(
            name for text in self.sentences for name, _ in _names_in(text, self.written_small) if " " not in name
        )

    @cached_property
    def written_small(self) -> frozenset[str]:
        """The words of the text that stand somewhere without a capital: no names."""
        return frozenset(re.findall(r"(?<![\w'’])[a-z][a-z'’-]+", " ".join(self.sentences)))

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        longest = sorted(self._companies, key=len, reverse=True)
        return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, longest)) + r")(?![\w-])") if longest else None

    def in_text(self, text: str) -> list[Name]:
        """The companies named in `text`, known and unknown, from left to right; none inside another."""
        found = [self._as_known(one) for one in self.known.organizations_in(text) if self._is_vendor(one)]
        for match in self._pattern.finditer(text) if self._pattern else ():
            overlapping = [one for one in found if one.start < match.end() and match.start() < one.end]
            if overlapping and any(one.end - one.start >= len(match.group()) for one in overlapping):
                continue
            longer = [one for one in overlapping if match.group().startswith(one.name)]
            if overlapping and not longer:
                continue
            if longer:
                # "Amazon" is known, the text says "Amazon Web Services" or "Serco Leisure".
                found.remove(longer[0])
            found.append(Name(match.start(), match.end(), self._companies[match.group()]))
        return sorted(found, key=lambda one: one.start)

    def _is_vendor(self, mention: Mention) -> bool:
        return self.known.by_slug[mention.slug].role == "vendor"

    def _as_known(self, mention: Mention) -> Name:
        return Name(mention.start, mention.end, mention.name, mention.slug)

    def worth_as_a_company(self, name: str, where: Sequence[tuple[str, int, int]]) -> float:
        """How much speaks for a company behind `name`, which stands at these places (text, start, end)."""
        words = name.split()
        if (
            (self.known.organizations_in(name) and len(words) <= 1)
            or PUBLIC_WORD.search(name)
            or NOT_COMPANY_WORD.search(name)
        ):
            return -9.0
        if all(word.casefold() in PLACES for word in words) or words[0].casefold() in GIVEN_NAMES:
            return -9.0
        score = 1.5 if COMPANY_ENDING.search(name) and len(words) > 1 else 0.0
        score += 1.0 if re.search(r"[a-z][A-Z]|\.(?:ai|io|com)$|\d", name) else 0.0
        last, first = words[-1], words[0]
        if len(words) > 1:
            # A person is called by the last name later, a company by the first word of its own.
            score -= 2.0 if last in self._alone else 0.0
            score += 0.7 if first in self._alone else 0.0
        return score + evidence(where) - (1.0 if words[-1].casefold() in PLACES else 0.0)


def joined_to(companies: Iterable[str], sentences: Sequence[str]) -> Iterator[str]:
    """The names that stand in one list with a company: “Kmart and Bunnings”."""
    for match in _LIST.finditer("\n".join(sentences)):
        names = re.split(r",? and |, | & ", match.group())
        if any(name in companies for name in names):
            yield from names


def names_in(text: str, names: Names) -> Iterator[tuple[str, int]]:
    """Every capitalised name of a sentence of `names`, company or not, with where it starts."""
    return _names_in(text, names.written_small)


def _spelled(text: str) -> Iterator[tuple[int, str]]:
    """What is written with capitals, cut where "for" only joins two names: “Amazon for Rekognition”."""
    for match in _NAME.finditer(text):
        first, joined, second = match.group().partition(" for ")
        if joined and not _BODY_FOR.search(first):
            yield match.start(), first
            yield match.start() + len(first) + len(joined), second
        else:
            yield match.start(), match.group()


def _names_in(text: str, small: frozenset[str]) -> Iterator[tuple[str, int]]:
    """Capitalised names of `text`, without the words that only begin a sentence. Headlines are not read."""
    if not re.search(r"[.!?:;”\"’')]$|\.\W*$", text) or text.isupper():
        return
    for start, written in _spelled(text):
        words = written.split(" ")
        while words and (
            words[0].casefold().strip(".’'") in NOT_NAMES or (not words[0][0].isupper() and len(words[0]) < 3)
        ):
            words = words[1:]
        while words and (words[-1].casefold() in ("of", "and", "the", "&", "de") or words[-1].casefold() in NOT_NAMES):
            words = words[:-1]
        if len(words) > 2 and words[1] == "of" and words[0].endswith("s"):
            # "Guests of Castellane Hotels": the name is the hotels'.
            words = words[2:]
        if not words:
            continue
        name = re.sub(r"[’']s?$", "", " ".join(words)).rstrip(".,")
        begins = start == 0 or text[:start].rstrip()[-1:] in ("", "“", '"', ":", ".", "-", "•", "*")
        single = " " not in name
        if _INITIALS.fullmatch(name):
            continue
        if len(name) < 2 or (begins and single and name.casefold() in small):
            continue
        if name.isupper() and len(name) > 5 and single:
            continue
        yield name, text.index(name, start)
