"""What an answer is before it is compared: a page, or a wall, a gap, a failure. Pure.

A wall is recognised by its words only on a page that says little else: an article about bot walls is an article.
"""

# ruff: noqa: E501 - a wording is read more easily on one line

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.watch.reading.text import Blocks


class Verdict(StrEnum):
    """What was answered."""

    PAGE = "page"
    BLOCKED = "blocked"
    GONE = "gone"
    ERROR = "error"


@dataclass(frozen=True)
class Judged:
    """A verdict and its reason in words for an editor."""

    verdict: Verdict
    reason: str = ""


# A page of more words than this says something of its own, whatever words it uses.
WALL_WORDS = 120
EMPTY_WORDS = 5
TEXTUAL = frozenset(
    {"", "text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/xml", "text/xml"}
)

_WALLS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        (
            "bot wall",
            (
                r"checking (?:if the site connection|your browser)|just a moment|verify(?:ing)? (?:that )?you are (?:a )?human|are you (?:a )?(?:human|robot)"
                r"|unusual traffic|attention required|captcha|access (?:to this page has been )?denied|pardon our interruption|request (?:was )?blocked"
                r"|you have been blocked|ddos protection|security check|incapsula|enable cookies and reload|reference #\d"
            ),
        ),
        (
            "login wall",
            r"(?:log|sign) ?in to (?:continue|view|read|your account)|you must be logged in|please (?:log|sign) in|subscribers? only",
        ),
        (
            "consent wall",
            r"before you continue|we value your privacy|accept (?:all )?cookies to continue|your privacy choices",
        ),
        (
            "maintenance page",
            r"(?:under|down for|scheduled) maintenance|be back (?:soon|shortly)|temporarily (?:unavailable|down)|service unavailable|bad gateway",
        ),
        (
            "page that needs JavaScript",
            r"(?:enable|requires?|needs?|turn on) javascript|javascript (?:is|must be) (?:disabled|enabled|required)",
        ),
        ("parked domain", r"domain (?:name )?(?:is|may be) for sale|this domain (?:is parked|has expired)"),
    )
)
MISSING = re.compile(
    r"^(?:error )?404\b|page (?:not found|cannot be found|could not be found|doesn.t exist)|no longer (?:available|exists)",
    re.IGNORECASE,
)


def judge(*, status: int, content_type: str, blocks: Blocks, body_size: int) -> Judged:
    """What an answer is, from its status, its type and the text that is left of it."""
    if status in (404, 410):
        return Judged(Verdict.GONE, f"the site answers {status}")
    if status in (401, 402, 403, 407, 429, 451, 503):
        return Judged(Verdict.BLOCKED, wall(blocks) or f"the site answers {status}")
    if status != 200 and status != 203:
        return Judged(Verdict.ERROR, f"the site answers {status}")
    if content_type not in TEXTUAL:
        return Judged(Verdict.ERROR, f"not a page of text but {content_type[:60]}")
    words = sum(block.count(" ") + 1 for block in blocks)
    if words < EMPTY_WORDS:
        return Judged(Verdict.BLOCKED, "a shell without text" if body_size else "an empty answer")
    if words <= WALL_WORDS:
        if (name := wall(blocks)) is not None:
            return Judged(Verdict.BLOCKED, name)
        if any(MISSING.search(block) for block in blocks[:4]):
            return Judged(Verdict.BLOCKED, "an error page with status 200")
    return Judged(Verdict.PAGE)


def wall(blocks: Sequence[str]) -> str | None:
    text = " ".join(blocks)[:4000]
    return next((f"looks like a {name}" for name, pattern in _WALLS if pattern.search(text)), None)
