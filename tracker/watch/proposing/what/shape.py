"""What an announcement is a record of: the matter, action, kind and legal nature of each action."""

import re
from dataclasses import dataclass

# Every action that texts are judged by, as the labelled ones call it.
SHAPES = {
    "new_moratorium": ("commitment", "announced", "moratorium"),
    "extension": ("commitment", "extended", "moratorium"),
    "made_indefinite": ("commitment", "made_indefinite", "moratorium"),
    "permanent_ban": ("commitment", "announced", "ban"),
    "product_exit": ("commitment", "announced", "exit"),
    "lapse": ("lapse", "lapsed", "moratorium"),
    "rescinded": ("commitment", "reversed", "moratorium"),
    "partial_limits": ("commitment", "announced", "limit"),
    "partnership_started": ("partnership", "started", "partnership"),
    "partnership_ended": ("partnership", "ended", "partnership"),
    "denial": ("denial", "denied", "denial"),
}
_PERMANENT = re.compile(
    r"\b(?:ma(?:de|kes?|king) permanent|permanently extend\w*|permanent (?:now|ban))\b", re.IGNORECASE
)
_PLEDGE = re.compile(r"\b(?:pledg\w+|promis\w+|vow\w*|commit(?:s|ted|ment)?)\b", re.IGNORECASE)
_QUIETLY = re.compile(
    r"\b(?:no longer (?:on|lists?|says?|mentions?)|gone|removed|deleted|dropped|missing)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Shape:
    """Matter, action, kind and nature, as the proposal stores them."""

    matter: str
    action: str
    kind: str
    nature: str


def shape_of(action: str, sentence: str, *, government: bool, ends: bool) -> Shape:
    """The shape of an action, as the sentence that announces it says it. A public body's act is a rule."""
    matter, told, kind = SHAPES[action]
    if action == "permanent_ban" and _PERMANENT.search(sentence):
        told = "made_permanent"
    if action == "partial_limits" and _PLEDGE.search(sentence) and not government:
        kind = "pledge"
    if action == "rescinded" and _QUIETLY.search(sentence) and not government:
        told = "withdrawn"
    if kind == "ban" and ends:
        # A ban with an end is a moratorium.
        kind = "moratorium"
    return Shape(matter, told, kind, "statute" if government else "voluntary")
