"""Which companies a proposal binds: those who act, those a rule names, both sides of a partnership. Pure."""

import re
from collections.abc import Iterable, Sequence

from tracker.watch.proposing.sentences import Sentence
from tracker.watch.proposing.what.hits import Hit
from tracker.watch.proposing.what.nouns import CONTRACT
from tracker.watch.proposing.who.names import Name, Names

# A rule is about one company when that company is what it forbids or orders: "ordered X to", "bars X from".
_BOUND = re.compile(
    r"\b(?:order(?:s|ed|ing)?|told|instruct\w*|direct\w*|requir\w+|bar(?:s|red|ring)?|ban(?:s|ned|ning)?|forb\w+|prohibit\w*"
    r"|block(?:s|ed|ing)?|stop(?:s|ped|ping)?|suspend\w*|allow\w*|clear(?:s|ed)?|uses?|using|by|with|of|from|on)\s+"
    r"(?:the )?(?:[\w-]+ ){0,3}$",
    re.IGNORECASE,
)
_A_LAW = re.compile(
    r"\b(?:act|bill|ordinance|statute|law|code|council|legislat\w+|governor|supervisors|moratorium)\b", re.IGNORECASE
)


def companies_bound(main: Hit, near: Sequence[Sentence], names: Names, *, matter: str) -> tuple[str, ...]:
    """The companies it binds, as written, each once."""
    text = main.sentence.text
    if matter == "partnership":
        return _both_sides(main, near, names)
    if not main.actor.government:
        return _once((*main.actor.others, main.actor.written or main.actor.name))
    if main.cue.matter == "denial":
        return _once(one.name for one in names.in_text(text)[:1]) or _first(names)
    bound = [one.name for one in names.in_text(text) if not _aside(text, one) and _is_bound(main, one)]
    if not bound and main.cue.name == "it is ordered to stop":
        bound = [one.name for sentence in near[:3] for one in names.in_text(sentence.text)][:1]
    return _once(bound[:1])


def _is_bound(main: Hit, name: Name) -> bool:
    text = main.sentence.text
    before = text[: name.start]
    if main.cue.action in ("reversed", "lapsed"):
        return not _A_LAW.search(text)
    return name.end <= main.start or (bool(_BOUND.search(before)) and not _A_LAW.search(text))


def _both_sides(main: Hit, near: Sequence[Sentence], names: Names) -> tuple[str, ...]:
    """Whoever the sentence names beside the contract; if it names nobody, the company the text is about."""
    text = main.sentence.text
    acting = () if main.actor.government else (*main.actor.others, main.actor.written or main.actor.name)
    named = [one.name for one in names.in_text(text) if not _aside(text, one)]
    found = _once((*acting, *named))
    if found:
        return found
    for sentence in near[:4]:
        if CONTRACT and (there := names.in_text(sentence.text)):
            return _once(one.name for one in there[:1])
    return _first(names)


def _aside(text: str, name: Name) -> bool:
    """Named only in passing: in a clause of its own, as an owner, or as the parent."""
    clause = re.split(r"[,;(–—]", text[: name.start])[-1]
    after = text[name.end : name.end + 12]
    return (
        (
            bool(
                re.match(
                    r"\s*(?:after|since|unlike|following|while|whereas|although|rivals?|an?|the|part of|which)\b",
                    clause,
                )
            )
            and "," in text[: name.start]
        )
        or bool(re.match(r"[- ](?:owned|backed)\b", after))
        or bool(
            re.search(
                r"\b(?:owned by|belongs to|part of|subsidiary of|unit of|told|parent(?: company)?)\s+(?:the )?$",
                text[: name.start],
            )
        )
    )


def _first(names: Names) -> tuple[str, ...]:
    return (names.first.name,) if names.first else ()


def _once(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in found if name))
