"""Who acts in a sentence: the organisation before the verb, the speaker of a quotation, or what “the company” stands for."""

# ruff: noqa: E501 - a wording is read more easily on one line

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.watch.proposing.known import Known
from tracker.watch.proposing.sentences import Sentence
from tracker.watch.proposing.who.governments import GOVERNMENT, RULE_MAKER, legislature_in
from tracker.watch.proposing.who.names import Name, Names
from tracker.watch.proposing.who.words import COMPANY_NOUN

DESCRIBED = re.compile(
    rf"(?<!, )\b(?:the|this|its|our|one) (?:[\w’'-]+ ){{0,4}}?{COMPANY_NOUN}(?![\w-])(?! (?:chief|privacy))",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?:it|they|we(?:[’'](?:re|ve|ll))?|our|its|both|both sides|the two|she|he)\b", re.IGNORECASE)
_WE = re.compile(r"\b(?:we|our|we[’'](?:re|ve|ll))\b", re.IGNORECASE)
_SPEAKER = re.compile(
    r"[\"”],?\s+(?P<who>[^.,\"“]{2,60}?)\s+(?:wrote|said|announced|added|stated)\b|(?:according to|said|wrote)\s+(?P<other>[A-Z][^.,\"“]{2,60})|,\s+(?P<third>[A-Z][^.,\"“]{1,60}?)\s+(?:said|wrote)\b"
)
# After these words a name is no subject: "by Amazon", "with Flock", "of Meta".
_NO_SUBJECT = re.compile(
    r"\b(?:by|from|of|against|with|than|like|unlike|to|for|on|in|at|about|via|through|into|over|behind|including|and its supplier|using|use|uses|used|using the|run by|whose|known as|known until \w+ as|formerly|previously|once|now called|called)\s+(?:the\s+)?(?:\w+[- ]){0,2}$",
    re.IGNORECASE,
)
_OWNED = re.compile(
    r"(?:[’']s|[’'])\s(?!(?:chief|parent|office|founder|president|boss|ceo|board|spokes\w+|general counsel|own|lawyers?|executives|chairman|managing|head)\b)"
)
_SIDE_CLAUSE = re.compile(
    r"(?:^|[,;:(–—-] ?|\band )(?:after|since|unlike|following|while|whereas|although|though|days? after|weeks? after|months? after)\b[^,;]*$",
    re.IGNORECASE,
)
# What a company says on its own pages: the service, its customers, "you".
_FIRST_PARTY = re.compile(
    r"\b(?:service|customers?|users?|you|your|product|platform|app|feature|api|accounts?|our)\b", re.IGNORECASE
)
_FIRST_PARTY_SUBJECT = re.compile(
    r"^(?:the|our|this) (?:service|product|platform|app|feature|api)\b|^(?:customers|users|you)\b|^in addition, no\b",
    re.IGNORECASE,
)
_SPEAKS = re.compile(r" (?:has |also |now )*(?:said|says|announc|confirm|wrote|told|pledg|promis|stated|insist)")
_JOINED = re.compile(r"\s*(?:,|and|, and|&|or|as well as|, like|along with)\s*(?:the\s+)?")


@dataclass(frozen=True)
class Actor:
    """Who acts: a slug if known, the name as written, whether it is a public body, and who acts with it."""

    slug: str | None
    name: str
    government: bool = False
    others: tuple[str, ...] = ()
    written: str = ""
    guessed: bool = False

    @property
    def key(self) -> str:
        """By which two sentences are about the same actor."""
        return self.slug or self.name.casefold()


@dataclass(frozen=True)
class Reading:
    """What is known of the whole text while one of its sentences is read."""

    known: Known
    names: Names
    whole: str
    blocks: Sequence[str]
    last: Actor | None = None


def actor_of(sentence: Sentence, start: int, end: int, reading: Reading) -> Actor | None:
    """The actor of the wording at `start` to `end`; None when nobody can be named."""
    before = sentence.text[:start]
    if _WE.search(before[-70:]):
        spoken = _speaker(sentence, reading)
        return spoken or reading.last or _main_company(reading)
    subjects = [one for one in reading.names.in_text(before) if _may_act(before, one)]
    public = [match for match in GOVERNMENT.finditer(before) if _is_subject(before, match.start())]
    if subjects:
        return _together(subjects, before, reading)
    described = [match for match in DESCRIBED.finditer(before) if not _NO_SUBJECT.search(before[: match.start()])]
    speaking = [match for match in described if _SPEAKS.match(before[match.end() :])]
    if speaking or (described and (not public or public[-1].start() < described[-1].start())):
        return _company_meant(sentence, (speaking or described)[-1].end(), reading)
    if public and not _FIRST_PARTY_SUBJECT.search(before):
        return _government(sentence.text, reading)
    if _PRONOUN.search(before) and reading.last is not None:
        return reading.last
    return _nobody_before(sentence, start, end, reading)


def _nobody_before(sentence: Sentence, start: int, end: int, reading: Reading) -> Actor | None:
    """The sentence names no subject before the wording: a passive, a headline, a list of rules."""
    after = sentence.text[end:]
    by = re.search(r"\bby (?:the )?", after)
    if by:
        named = [one for one in reading.names.in_text(after) if one.start - by.end() in range(12)]
        if named:
            return _of(named[0], reading)
    if _FIRST_PARTY.search(sentence.text[:start]) and (own := _main_company(reading)):
        return own
    if RULE_MAKER.search(sentence.text):
        return _government(sentence.text, reading)
    named = reading.names.in_text(sentence.text)
    if named:
        return _of(named[0], reading)
    if reading.last is None and GOVERNMENT.search(sentence.text):
        return _government(sentence.text, reading)
    return reading.last or _main_company(reading)


def _is_subject(before: str, start: int) -> bool:
    return not re.search(
        r"\b(?:by|of|with|to|for|from|against|on|in|at|about)\s+(?:the |a |an |its |all |any )?(?:[\w-]+ ){0,1}$",
        before[:start],
        re.IGNORECASE,
    )


def _may_act(before: str, name: Name) -> bool:
    head = before[: name.start]
    return not _OWNED.match(before[name.end :]) and not _NO_SUBJECT.search(head) and not _in_a_side_clause(before, name)


def _in_a_side_clause(before: str, name: Name) -> bool:
    """“After IBM left, Amazon …”, “Unlike Borealis, Tandem …”: the clause ends at the next comma."""
    head = before[: name.start]
    return bool(_SIDE_CLAUSE.search(head)) and "," in before[name.end :]


def _together(subjects: Sequence[Name], before: str, reading: Reading) -> Actor:
    """The last one named, with all that are joined to it: “Verizon, AT&T and Sprint will …”."""
    group = [subjects[-1]]
    for name in reversed(subjects[:-1]):
        if not _JOINED.fullmatch(before[name.end : group[0].start]):
            break
        group.insert(0, name)
    main = _of(group[-1], reading)
    others = (*_listed_before(before[: group[0].start]), *(one.name for one in group[:-1]))
    return Actor(main.slug, main.name, main.government, others, main.written, main.guessed)


_LISTED = re.compile(r"(?:[A-Z][\w&.-]*(?: [A-Z][\w&.-]*)?, )*[A-Z][\w&.-]*(?: [A-Z][\w&.-]*)?,? and $")


def _listed_before(text: str) -> tuple[str, ...]:
    strangers = _LISTED.search(text)
    return tuple(name for name in re.split(r",? and |, ", strangers.group()) if name) if strangers else ()


def _of(name: Name, reading: Reading) -> Actor:
    if name.slug is None:
        return Actor(None, name.name, written=name.name, guessed=True)
    organization = reading.known.by_slug[name.slug]
    return Actor(name.slug, organization.name, organization.is_government, written=name.name)


def _company_meant(sentence: Sentence, end: int, reading: Reading) -> Actor | None:
    """Whom “the doorbell maker” means: the name right after it, who was spoken of last, or whom the text is about."""
    named = [one for one in reading.names.in_text(sentence.text) if 0 <= one.start - end <= 2]
    if named:
        return _of(named[0], reading)
    if reading.last is not None and not reading.last.government:
        return reading.last
    return _main_company(reading)


def _main_company(reading: Reading) -> Actor | None:
    return _of(reading.names.first, reading) if reading.names.first else None


def _government(sentence: str, reading: Reading) -> Actor:
    """The public body that acts, by slug where it is known; the sentence before the text."""
    for mention in reading.known.organizations_in(sentence):
        organization = reading.known.by_slug[mention.slug]
        if organization.is_government:
            return Actor(mention.slug, organization.name, government=True, written=mention.name)
    slug = legislature_in(sentence, reading.known) or legislature_in(reading.whole, reading.known)
    if slug is None:
        return Actor(None, "", government=True)
    known = reading.known.by_slug.get(slug)
    return Actor(slug, known.name if known else slug, government=True)


def spoken_of(sentence: Sentence, reading: Reading) -> Actor | None:
    """Whom “the company” in the next sentence means, if this one names a company that acts."""
    named = [one for one in reading.names.in_text(sentence.text) if _may_act(sentence.text, one)]
    return _of(named[0], reading) if named else None


def _speaker(sentence: Sentence, reading: Reading) -> Actor | None:
    for match in _SPEAKER.finditer(reading.blocks[sentence.block]):
        named = reading.names.in_text(match.group("who") or match.group("other") or match.group("third"))
        if named:
            return _of(named[0], reading)
    return None
