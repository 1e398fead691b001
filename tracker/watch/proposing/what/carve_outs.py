"""Who or what a restriction leaves out: the organisations, purposes and products that stay allowed. Pure."""

# ruff: noqa: E501 - a wording is read more easily on one line

import re
from collections.abc import Iterator, Sequence

from tracker.watch.proposing.known import Known
from tracker.watch.proposing.proposal import ProposedCarveOut
from tracker.watch.proposing.sentences import Sentence

_LIST = r"(?P<list>[^.;:“”\"]{3,200})"
_STAYS = (
    r"(?:exempt\w*|excluded|excepted|spared|untouched|unaffected|outside (?:the|its) (?:definition|scope|ban|rule)|left out|(?:still )?(?:allowed|permitted|free to)|not (?:affected|covered|included|touched|caught|subject|part of|changed|concerned|bound)"
    r"|cleared one at a time|carved out|out of scope|let off|unchanged|off the hook)"
)
# Where the exception is what the verb leaves out or lets on.
_OBJECTS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        (
            r"\bcontinue(?:s)? to (?:allow|let|permit|serve|sell to|supply|work with|support|offer|provide|accept|be (?:available|open|sold) (?:to|for|in))\s+(?:\w+ ){0,2}(?:like |such as |including )?(?P<list>[^.;“”\"]{3,200}?)"
            r"(?:\s+to (?:use|keep|run|access)\b(?P<purpose>[^.;“”\"]{0,200}))?(?=[.;“”\"]|$)"
        ),
        rf"\bcustomers? that (?:is|are) not {_LIST}",
        rf"(?<!without )(?<!no )\b(?:except(?:ing)?(?: (?:for|when|where|in|to|by|that))?|(?:exceptions?|exclusions?|exemptions?)(?: (?:is|are|being|cover|include|remain))?(?: (?:for|when|where|in|made for))|with the exceptions? of|apart from|other than|save for|bar(?:ring)? those|exempt(?:s|ing)|excludes|excluding|leaves? alone|spares?|sparing)\s+{_LIST}",
        rf"\bunless (?:it|they|the (?:account|customer|buyer|user|system)) (?:belongs? to|is|are|serves?|works? for)\s+{_LIST}",
        rf"\b(?:does not|do not|did not|will not|doesn[’']t|won[’']t|don[’']t) (?:apply to|cover|affect|extend to|include|touch|reach|concern|stop|bind|prevent)\s+{_LIST}",
        rf"\b(?:will (?:still )?(?:keep|continue|go on)|(?:still )?sees? room)\b[^.]{{0,80}}\b(?:such as|for|as in)\s+{_LIST}",
        rf"\b(?:remains?|stays?|will be|is) (?:available|open|reserved|on sale|possible) (?:only )?(?:to|for|in)\s+{_LIST}",
        rf"\b(?:down to (?:\w+): |only for )\s*{_LIST}",
        rf"\bmay go on (?:serving|selling to|supplying|using)\s+{_LIST}",
        rf"\b(?:as|so) (?:are|is)\s+{_LIST}",
    )
)
# Where the exception is the subject: "the airport and the port are left out".
_SUBJECT = re.compile(
    rf"\s(?:is|are|was|were|remains?|stays?|will be|will remain|will stay|would be|being)\s+(?:also |still |both |all |explicitly |expressly |never |therefore )*{_STAYS}\b",
    re.IGNORECASE,
)
_STILL = re.compile(
    r"\s(?:(?:may|can|could|will) still(?: be)?|(?:is|are) still(?= (?:allowed|permitted|available|scored|in use|used|fed|sold|open|possible|fair game))|still (?:may|can|gets?|get)|(?:may|can|will) (?:continue|keep|go on)(?: to| on)?|carry on(?= as)|carries on(?= as))\s+(?:(?:be )?(?P<verb>[a-z]+)\s*(?P<rest>[^.;]{0,160}))?",
    re.IGNORECASE,
)
_ONE_BY_ONE = re.compile(
    r"\s(?:may|can|could|will) be (?:cleared|allowed|approved|authori[sz]ed|granted|licensed|examined)\b(?:[^.;,]{0,60}(?:one at a time|case by case|individually|on a case|each|separately)|(?=\.?$))",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"^(?:(?:the|all|any) )?(?:people|officers?|users?|customers?|it|they|police|anyone|departments?|agencies|residents|company|firm|vendor|owners|everyone|we|you|he|she|members|staff|existing users|the (?:company|firm|force|department|retailer|app|sheriff))$",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r",\s*(?:and|or)\s+|,\s+|\s+(?:and|or)\s+(?=[A-Z]|for |the |an? |to |by )|\s+or\s+|\s+and\s+(?=\w+ \w+)"
)
_TRIM = re.compile(
    r"^(?:organi[sz]ations like|the use of|uses? (?:of|that serve)|those|services such as|such as|for|the|in|an?|any|only|to|by|both|some|other|as well as|where|when|if|all)\s+|\s*(?:,\s*)?\b(?:which|that|who|whose)\b.*$|\s+(?:though|but|so long as|as long as|provided|under|after|while|until|because|since|too|as well|as before|in (?:jersey|the meantime))\b.*$",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r",\s+(?:which|who|that|whose|supplied|used|made|run)\b[^,]*(?:,|$)")
_FINITE = re.compile(
    r"(?<!that )(?<!which )(?<!who )\b(?:is|are|was|were|has|have|had|said|says|may|can|will|would|must|does|do|did)\b",
    re.IGNORECASE,
)
_MARK = re.compile(
    r": |; |, but |“|[-–—] |\b(?:said|says|announced|added|wrote|confirmed|stressed|noted) that |, (?:he|she|it|they) (?:said|added), (?:and )?"
)
_LONGEST_ITEM = 11


def carve_outs_in(sentences: Sequence[Sentence], known: Known) -> list[tuple[ProposedCarveOut, Sentence]]:
    """Every exception the sentences name, each with its sentence, the same words once."""
    found: dict[str, tuple[ProposedCarveOut, Sentence]] = {}
    for sentence in sentences:
        for words, purpose in _lists(sentence.text):
            for item in _items(words, known):
                slug = _slug(item, known)
                found.setdefault(slug or item.casefold(), (ProposedCarveOut(slug, item, purpose), sentence))
    return list(found.values())


def named_in(words: str, known: Known) -> list[ProposedCarveOut]:
    """What a part of a sentence names, trimmed to its noun, as a carve-out; none where nothing is left of it."""
    item = words
    while (shorter := _TRIM.sub("", item)) != item:
        item = shorter.strip(" ,")
    if len(item) <= 2 or _GENERIC.match(item) or _NOT_AN_ITEM.match(item):
        return []
    return [ProposedCarveOut(_slug(item, known), item)]


def _lists(text: str) -> Iterator[tuple[str, str]]:
    """The lists of a sentence with their purposes, none inside another: the first pattern that reads a part keeps it."""
    read: list[tuple[int, int]] = []
    for match in _SUBJECT.finditer(text):
        start = _clause_start(text, match.start())
        read.append((start, match.end()))
        yield _RELATIVE.sub("", text[start : match.start()] + ",").strip(" ,"), ""
    for match in _ONE_BY_ONE.finditer(text):
        start = _clause_start(text, match.start())
        read.append((start, match.end()))
        yield text[start : match.start()].strip(" ,"), ""
    for pattern in _OBJECTS:
        for match in pattern.finditer(text):
            if _free(match.span("list"), read):
                read.append(match.span("list"))
                yield match.group("list"), _purpose(match)
    for match in _STILL.finditer(text):
        start = _clause_start(text, match.start())
        if _free((start, match.end()), read):
            read.append((start, match.end()))
            yield _who_or_what(text[start : match.start()].strip(" ,"), match), ""


def _free(span: tuple[int, int], read: Sequence[tuple[int, int]]) -> bool:
    return not any(span[0] < end and start < span[1] for start, end in read)


def _who_or_what(subject: str, match: re.Match[str]) -> str:
    """“A hospital may still scan” leaves out the hospital; “people may still use it to unlock a phone” the unlocking."""
    bare = _RELATIVE.sub("", subject + ",").strip(" ,")
    if not _GENERIC.match(bare):
        return bare
    rest = _RELATIVE.sub("", (match.group("rest") or "") + ",").strip(" ,")
    aim = re.match(r"(?:it |them |the \w+ )?(?:to|for|in) (?P<list>.+)$", rest)
    if aim:
        return aim.group("list")
    return (
        rest
        if match.group("verb") in ("use", "run", "search", "operate", "rely", "fly", "sell", "offer", "scan")
        else ""
    )


def _clause_start(text: str, end: int) -> int:
    """Where the subject before `end` begins: after the last clause that has a verb of its own."""
    start = max((mark.end() for mark in _MARK.finditer(text, 0, end)), default=0)
    verbs = list(_FINITE.finditer(_RELATIVE.sub(lambda one: " " * len(one.group()), text[start:end])))
    if verbs:
        cut = re.compile(r",\s+(?:and |while |though |although )?|\s+and\s+|\s+while\s+").search(
            text, start + verbs[-1].end(), end
        )
        start = cut.end() if cut else end
    return start


def _purpose(match: re.Match[str]) -> str:
    said = match.groupdict().get("purpose") or ""
    aim = re.search(r"\bto (?:help )?(?P<aim>.+)$", said)
    return aim.group("aim").strip(" ,") if aim else ""


def _items(words: str, known: Known) -> Iterator[str]:
    for piece in _whole_names(words, known):
        item = piece.strip(" ,")
        while (shorter := _TRIM.sub("", item)) != item:
            item = shorter.strip(" ,")
        if (
            len(item) > 2
            and len(item.split()) <= _LONGEST_ITEM
            and not _GENERIC.match(item)
            and not _NOT_AN_ITEM.match(item)
        ):
            yield item


_NOT_AN_ITEM = re.compile(
    r"^(?:he|she|it|they|this|these|none|nothing|most|whether|not|terms|there|its|everything|that|\w+ly)$|^(?:all other terms|other terms|fines?\b|penalt)",
    re.IGNORECASE,
)


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
