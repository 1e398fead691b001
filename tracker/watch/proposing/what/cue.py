"""A wording by which an announcement is recognised. Its name in words is what an editor reads beside the lead."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Cue:
    """A wording that announces something: what it would be, and how sure it is by itself."""

    name: str
    pattern: re.Pattern[str]
    matter: str
    action: str
    kind: str
    weight: float


def cue(name: str, pattern: str, action: str, kind: str, weight: float = 0.5, matter: str = "commitment") -> Cue:
    """A cue about a commitment, unless `matter` says otherwise; upper and lower case are the same to it."""
    return Cue(name, re.compile(pattern, re.IGNORECASE), matter, action, kind, weight)


# Words may stand between the parts of a wording, but not another clause.
def within(length: int) -> str:
    """Any words of one clause, at most `length` characters."""
    return rf"[^;:?!]{{0,{length}}}?"
