"""Who or what a restriction leaves out: the organisations, purposes and products that stay allowed. Pure."""

# ruff: noqa: E501 - a wording is read more easily on one line

import re
from collections.abc import Iterator, Sequence

from tracker.watch.proposing.known import Known
from tracker.watch.proposing.proposal import ProposedCarveOut
from tracker.watch.proposing.sentences import Sentence

_LIST = r"(?P<list>[^.;“”\"]{3,220})"
_PATTERNS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        (
            r"\bcontinue to (?:allow|let|permit|serve|sell to|supply|work with|support)\s+(?:\w+ ){0,2}(?:like |such as |including )?(?P<list>[^.;“”\"]{3,200}?)"
            r"(?:\s+to (?:use|keep|run|access)\b(?P<purpose>[^.;“”\"]{0,200}))?(?=[.;“”\"]|$)"
        ),
        rf"\bcustomers? that (?:is|are) not {_LIST}",
        (
            rf"\b(?:except(?:ions?)?(?: (?:is|are|being))?(?: (?:for|when|where|in))?|with the exception of|apart from|exempt(?:s|ing|ions? (?:for|include))|excludes?|excluding|unless (?:it|they) (?:belongs?|is|are)(?: to)?"
            rf"|leaves alone|does not (?:apply to|cover|affect|extend to|include)|do not (?:apply to|cover|include))\s+{_LIST}"
        ),
        rf"\b(?:will (?:still )?(?:keep|continue)|(?:still )?sees? room)\b[^.]{{0,80}}\b(?:such as|for)\s+{_LIST}",
    )
)
_SUBJECT = re.compile(
    r"^(?P<list>[^.;]{3,160}?),?\s+(?:is|are|remains?|stays?|will (?:still )?be|may still|can still)\s*(?:also |still )?"
    r"(?:exempt\w*|excluded|not (?:affected|covered|included)|unaffected|outside the definition|left out|allowed|permitted|free to|cleared|scored|available|run|use)\b",
    re.IGNORECASE,
)
_ALSO_SUBJECT = re.compile(r",\s+and\s+(?P<list>[^,.;]{3,80}?)\s+(?:may|can|will) still\b", re.IGNORECASE)
_SPLIT = re.compile(r",\s*(?:and|or)\s+|,\s+|\s+and\s+(?=[A-Z]|for |the )|\s+or\s+(?=[A-Z]|the |an? )")
_TRIM = re.compile(
    r"^(?:organi[sz]ations like|the use of|use(?:s)? (?:of|that serve)|those|services such as|such as|for|the|in|a|an|any|only)\s+|\s*(?:,\s*)?(?:which|that|who|whose)\b.*$",
    re.IGNORECASE,
)
_LONGEST_ITEM = 12


def carve_outs_in(sentences: Sequence[Sentence], known: Known) -> list[tuple[ProposedCarveOut, Sentence]]:
    """Every exception the sentences name, each with its sentence, the same words once."""
    found: dict[str, tuple[ProposedCarveOut, Sentence]] = {}
    for sentence in sentences:
        for words, purpose in _lists(sentence.text):
            for item in _items(words, known):
                slug = _slug(item, known)
                found.setdefault(slug or item.casefold(), (ProposedCarveOut(slug, item, purpose), sentence))
    return list(found.values())


def _lists(text: str) -> Iterator[tuple[str, str]]:
    """The lists of a sentence with their purposes, none inside another: the first pattern that reads a part keeps it."""
    read: list[tuple[int, int]] = []
    for pattern in (*_PATTERNS, _SUBJECT, _ALSO_SUBJECT):
        for match in pattern.finditer(text):
            start, end = match.span("list")
            if not any(start < other_end and other_start < end for other_start, other_end in read):
                read.append((start, end))
                yield match.group("list"), _purpose(match)


def _purpose(match: re.Match[str]) -> str:
    said = match.groupdict().get("purpose") or ""
    aim = re.search(r"\bto (?:help )?(?P<aim>.+)$", said)
    return aim.group("aim").strip(" ,") if aim else ""


def _items(words: str, known: Known) -> Iterator[str]:
    for piece in _whole_names(words, known):
        item = piece.strip(" ,")
        while (shorter := _TRIM.sub("", item)) != item:
            item = shorter.strip(" ,")
        if len(item) > 2 and len(item.split()) <= _LONGEST_ITEM:
            yield item


def _whole_names(words: str, known: Known) -> Iterator[str]:
    """The parts of a list, never cutting through a known name: “Center for Missing and Exploited Children” is one."""
    mentions = known.organizations_in(words)
    start = 0
    for cut in _SPLIT.finditer(words):
        if any(mention.start < cut.end() and cut.start() < mention.end for mention in mentions):
            continue
        yield words[start : cut.start()]
        start = cut.end()
    yield words[start:]


def _slug(item: str, known: Known) -> str | None:
    mentions = known.organizations_in(item)
    return mentions[0].slug if mentions and len(mentions[0].name) * 2 > len(item) else None
