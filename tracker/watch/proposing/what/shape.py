"""What an announcement is a record of: the action, the kind and the legal nature that its wording and its end give it. Pure."""

# ruff: noqa: E501 - a wording is read more easily on one line

import re
from dataclasses import dataclass

from tracker.watch.proposing.proposal import ProposedEnd
from tracker.watch.proposing.what.hits import Hit
from tracker.watch.proposing.who.names import Names

# An end after these makes a stop a pause; "will cease at the end of the year" only says when it stops.
_FOR_A_TIME = re.compile(
    r"\b(?:until|till|pending|for (?:\w+ ){1,3}(?:year|month|week|day)s?|\w+-(?:year|month|week|day)|while|through|before)\b",
    re.IGNORECASE,
)
_RULES_FOR_OTHERS = re.compile(
    r"\b(?:bill|ordinance|statute|act|law|governor|legislat\w+|supervisors|commissioner|regulator|watchdog|court|judge)\b",
    re.IGNORECASE,
)
_ERASES = re.compile(r"\b(?:delet|eras|destroy|must|appoint|obtain|require)\w*", re.IGNORECASE)
_NEVER_AGAIN = re.compile(r"\b(?:never again|for good|permanent(?:ly)?|forever|for ever)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Shape:
    """Matter, action, kind and nature, as the proposal stores them."""

    matter: str
    action: str
    kind: str
    nature: str


def shape_of(main: Hit, end: ProposedEnd, names: Names) -> Shape:
    """An end makes a ban a moratorium; what a public body decides for others is a rule; a customer that stops ends a tie."""
    cue, actor = main.cue, main.actor
    nature = "statute" if actor.government else "voluntary"
    if cue.matter != "commitment" or cue.action != "announced":
        return Shape(cue.matter, cue.action, cue.kind, nature)
    if cue.kind == "exit" and actor.government and customer_of(main, names):
        return Shape("partnership", "ended", "partnership", nature)
    kind = cue.kind
    if end.kind in ("fixed", "conditional") and kind in ("ban", "exit", "pledge") and _for_a_time(main, end):
        kind = "moratorium"
    elif kind in ("exit", "pledge") and actor.government:
        kind = "ban"
    elif (
        kind == "ban"
        and cue.name == "it is ordered to stop"
        and _ERASES.search(main.sentence.text[main.start : main.end])
    ):
        kind = "limit"
    elif (kind == "moratorium" and end.kind == "permanent") or (
        kind == "pledge" and _NEVER_AGAIN.search(main.sentence.text)
    ):
        kind = "ban"
    return Shape(cue.matter, cue.action, kind, nature)


def _for_a_time(main: Hit, end: ProposedEnd) -> bool:
    return main.cue.kind == "ban" or main.actor.government or bool(_FOR_A_TIME.search(main.sentence.text))


def customer_of(main: Hit, names: Names) -> str | None:
    """The company whose product a public body stops using, if the sentence names one and makes no rule for others."""
    text = main.sentence.text
    if _RULES_FOR_OTHERS.search(text):
        return None
    named = names.in_text(text[main.start :])
    return named[0].name if named else None
