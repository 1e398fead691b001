"""What was weighed, in words that an editor reads. Pure."""

import re

_MASKS = {
    "ORG": "a company",
    "NAME": "a name",
    "AHEAD": "a day ahead",
    "PAST": "a past day",
    "NEAR": "a recent day",
    "LENGTH": "a length of time",
}
_SENSES = {
    "tech": "a surveillance technology",
    "is": "is",
    "to": "to",
    "has": "has",
    "self": "we",
    "they": "it or they",
    "subject_other": "another subject",
    "vote_open": "a vote to come",
    "open_end": "an open end",
    "begin_contract": "a contract begins",
    "end_contract": "a contract ends",
    "switch_off": "switches off",
    "no_comment": "no comment",
}
# The edges of a sentence among its words.
_EDGES = re.compile(r"[“ ][$^][ ”]")


def in_words(feature: str) -> str | None:
    """A feature of a sentence (announcing.features) as words; None where it has none that say anything alone."""
    if _EDGES.search(feature) or re.fullmatch(r"sentence \d", feature):
        return None
    if feature.startswith("“"):
        masked = re.sub("|".join(_MASKS), lambda mask: f"({_MASKS[mask.group()]})", feature)
        return masked.replace("NUM", "(a number)")
    where, colon, said = feature.rpartition(": ")
    return where + colon + ", then ".join(map(_sense, said.split(">")))


def _sense(sense: str) -> str:
    bare = sense.removeprefix("~")
    plain = _MASKS.get(bare) or _SENSES.get(bare) or bare.replace("_", " ")
    return f"not {plain}" if sense.startswith("~") else plain
