"""Walls, gaps and failures by their words. Pure.

They are looked for only on a page that says little else: an article about bot walls is an article.
"""

# ruff: noqa: E501 - a wording is read more easily on one line

import re
from collections.abc import Sequence

# A page of more words than this says something of its own, whatever words it uses.
WALL_WORDS = 120
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


def wall(blocks: Sequence[str]) -> str | None:
    """Which wall these blocks look like, in words."""
    text = " ".join(blocks)[:4000]
    return next((f"looks like a {name}" for name, pattern in _WALLS if pattern.search(text)), None)
