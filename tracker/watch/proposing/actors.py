"""Who acts in a sentence: the organisation before the verb, the speaker of a quotation, or what “the company” stands for."""

# ruff: noqa: E501 - a wording is read more easily on one line

import re
from dataclasses import dataclass

from tracker.watch.proposing.cues import GOVERNMENT
from tracker.watch.proposing.known import Known, Mention
from tracker.watch.proposing.sentences import Sentence

_PRONOUN = re.compile(
    r"\b(?:it|they|we(?:.(?:re|ve|ll))?|our|the (?:[\w-]+ ){0,3}?(?:company|firm|vendor|retailer|start-?up|corporation|giant|network|maker|chain|app|business|supplier))\b",
    re.IGNORECASE,
)
_WE = re.compile(r"\b(?:we|our|we.(?:re|ve|ll))\b", re.IGNORECASE)
_SPEAKER = re.compile(
    r"[\"”],?\s+(?P<who>[^.,\"“]{2,60}?)\s+(?:wrote|said|announced|added|stated)\b|(?:according to|said|wrote)\s+(?P<other>[A-Z][^.,\"“]{2,60})|,\s+(?P<third>[A-Z][^.,\"“]{1,60}?)\s+(?:said|wrote)\b"
)
_NAME = r"[A-Z][\w&.'-]*(?:\s(?:&\s)?[A-Z][\w&.'-]*){0,3}"
_UNKNOWN = re.compile(
    rf"(?P<name>(?:The )?{_NAME})(?:,[^,]{{3,60}},)?\s+(?:(?:has|have|had|also|now|today|all)\s+)*"
    r"(?:said|says|announc(?:ed|es)|told|is|are|will|confirm(?:ed|s)|suspend\w*|paus\w*|halt\w*|stop\w*|end\w*|pledg\w*|vow\w*|ban\w*|no longer|does|do|has|cut\w*)\b"
)
_LISTED = re.compile(r"(?:[A-Z][\w&.-]*(?: [A-Z][\w&.-]*)?, )*[A-Z][\w&.-]*(?: [A-Z][\w&.-]*)?,? and $")
_TOLD = re.compile(rf"\b(?P<name>{_NAME})\s+(?:told|tells)\b")
_NOT_NAMES = frozenset(
    [
        "the",
        "a",
        "an",
        "in",
        "on",
        "at",
        "for",
        "it",
        "its",
        "we",
        "our",
        "they",
        "this",
        "that",
        "these",
        "those",
        "when",
        "while",
        "after",
        "since",
        "until",
        "unlike",
        "under",
        "as",
        "if",
        "but",
        "and",
        "or",
        "so",
        "no",
        "not",
        "what",
        "who",
        "why",
        "how",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "mr",
        "ms",
        "mrs",
        "dr",
        "gov",
        "governor",
        "mayor",
        "senator",
        "sen",
        "rep",
        "president",
        "councilors",
        "members",
        "lawmakers",
        "officers",
        "police",
        "city",
        "state",
        "county",
        "council",
        "congress",
        "senate",
        "america",
        "american",
        "americans",
        "government",
        "company",
        "two",
        "three",
        "one",
        "critics",
        "backers",
        "reporters",
        "states",
        "there",
        "here",
        "photo",
        "image",
        "caption",
        "current",
        "effect",
    ]
)


@dataclass(frozen=True)
class Actor:
    """Who acts: a slug if known, the name as written, whether it is a public body, and where in the sentence."""

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


def actor_of(
    sentence: Sentence, cue_start: int, *, block: str, whole: str, last: Actor | None, known: Known
) -> Actor | None:
    """The actor of the cue at `cue_start`. `last` is whom the text spoke of before; None when nobody can be named."""
    before = sentence.text[:cue_start]
    quoted = _WE.search(before[-60:]) is not None
    if quoted:
        return _speaker(sentence, block, known) or last
    named = [mention for mention in known.organizations_in(before) if not _only_owned(before, mention)]
    companies = [mention for mention in named if not known.by_slug[mention.slug].is_government]
    if companies:
        return _with_partners(companies, before, known)
    pronoun = list(_PRONOUN.finditer(before))
    if pronoun and last is not None and not GOVERNMENT.search(before):
        return last
    government = [mention for mention in named if known.by_slug[mention.slug].is_government]
    if government:
        return _of(government[-1], known)
    if GOVERNMENT.search(before) or GOVERNMENT.search(sentence.text[cue_start:][:60]):
        return government_of(sentence.text, whole, known)
    if (legislature := _legislature_in(before, known)) is not None:
        return legislature
    return stranger(before + sentence.text[cue_start:][:20]) or (last if pronoun else None)


def government_of(sentence: str, whole: str, known: Known) -> Actor:
    """The public body that a rule comes from: by a bill's number, or a legislature by its place; the sentence before the text."""
    return _legislature_in(sentence, known) or _legislature_in(whole, known) or Actor(None, "", government=True)


def _legislature_in(text: str, known: Known) -> Actor | None:
    for commitment in known.commitments:
        number = re.search(r"\b([A-Z]{1,3})\s?\.?(\d{2,5})\b", commitment.title)
        if number and re.search(rf"\b(?:{_spelled(number.group(1))})\s?{number.group(2)}\b", text, re.IGNORECASE):
            return _by_slug(commitment.actor, known)
    for organization in known.organizations:
        if (
            organization.kind == "legislature"
            and organization.place
            and re.search(rf"\b{re.escape(organization.place)}\b", text)
        ):
            return _by_slug(organization.slug, known)
    return None


def _spelled(letters: str) -> str:
    forms = {"AB": "Assembly Bill", "SB": "Senate Bill", "HB": "House Bill"}
    dotted = r"\.?\s?".join(letters) + r"\.?"
    return f"{dotted}|{forms[letters]}" if letters in forms else dotted


def _by_slug(slug: str, known: Known) -> Actor:
    organization = known.by_slug.get(slug)
    return Actor(
        slug,
        organization.name if organization else slug,
        government=organization is None or organization.is_government,
    )


def _of(mention: Mention, known: Known) -> Actor:
    organization = known.by_slug[mention.slug]
    return Actor(mention.slug, organization.name, organization.is_government, written=mention.name)


def _only_owned(text: str, mention: Mention) -> bool:
    """“Amazon’s product”, “by Amazon”, “from Amazon”: named, but not the one who acts."""
    return bool(re.match(r"[’']s (?!(?:chief|parent|Ring))", text[mention.end :])) or bool(
        re.search(r"\b(?:by|from|of|against|with|than|like|to)\s+$", text[: mention.start])
    )


def _with_partners(mentions: list[Mention], before: str, known: Known) -> Actor:
    """The last one named, with all that are joined to it: “Verizon, AT&T and Sprint will …”."""
    group = [mentions[-1]]
    for mention in reversed(mentions[:-1]):
        if not re.fullmatch(r"\s*(?:,|and|, and|&|or)\s*", before[mention.end : group[0].start]):
            break
        group.insert(0, mention)
    main = _of(group[-1], known)
    others = (*_listed_before(before[: group[0].start]), *(one.name for one in group[:-1]))
    return Actor(main.slug, main.name, main.government, others, written=main.written)


def _listed_before(text: str) -> tuple[str, ...]:
    """The names in “Verizon, AT&T, Sprint and ” that stand right before another."""
    strangers = _LISTED.search(text)
    return (
        tuple(name for name in re.split(r",? and |, ", strangers.group()) if name.casefold() not in {"", *_NOT_NAMES})
        if strangers
        else ()
    )


def _speaker(sentence: Sentence, block: str, known: Known) -> Actor | None:
    for match in _SPEAKER.finditer(block):
        mentions = known.organizations_in(match.group("who") or match.group("other") or match.group("third"))
        if mentions:
            return _of(mentions[0], known)
    return None


def stranger(text: str) -> Actor | None:
    """A company by its looks: a name in capitals that says or does something."""
    for pattern in (_TOLD, _UNKNOWN):
        for match in pattern.finditer(text):
            words = match.group("name").split()
            while words and words[0].casefold().strip(".") in _NOT_NAMES and words[0] != "The":
                words = words[1:]
            name = " ".join(words).rstrip(".,")
            if (
                name
                and name.casefold().removeprefix("the ") not in _NOT_NAMES
                and not GOVERNMENT.search(name)
                and len(name) > 2
            ):
                return Actor(None, name, others=_listed_before(text[: match.start("name")]), guessed=True)
    return None
