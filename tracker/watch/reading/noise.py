"""What may differ between two readings of the same page without anything having changed.

Two kinds of masks. Machine strings (tokens, hashes, session ids) are masked wherever they stand: nobody announces in
them. Dates, times and numbers are masked only in short blocks that say little else ("Last updated 3 June 2021",
"12,345 visitors"): in a sentence a date can be the news itself.
"""

# ruff: noqa: E501 - a wording is read more easily on one line

import re

# Long runs of letters and digits mixed, as no word is: hashes, nonces, UUIDs, session ids, base64.
_TOKEN = re.compile(
    r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"
    r"|\b(?=[\w+/=-]*\d)(?=[\w+/=-]*[a-z])[\w+/=-]{16,}"
    r"|\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{10,}\b",
    re.IGNORECASE,
)
_URL = re.compile(r"(https?://[^\s?#]+)[?#]\S*", re.IGNORECASE)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_WHEN = re.compile(
    rf"\b{_WEEKDAY}\b,?|\b\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}(?:,?\s+\d{{4}})?|\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?"
    r"|\b\d{4}-\d{2}-\d{2}(?:[t ]\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?z?)?|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}"
    r"|\b\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?\s*(?:[ap]\.?m\.?)?(?:\s*(?:utc|gmt|[ecmp][sd]?t)\b)?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*\s?(?:%|[kmb]\b)?", re.IGNORECASE)
_AGO = re.compile(
    r"\b(?:#|an?|a few)\s+(?:seconds?|minutes?|hours?|days?|weeks?|months?)\s+ago\b|\bjust now\b|\byesterday\b|\btoday\b"
)
_STAMP_WORDS = frozenset(
    [
        "last",
        "updated",
        "update",
        "page",
        "generated",
        "rendered",
        "served",
        "server",
        "build",
        "version",
        "visitors",
        "visitor",
        "visits",
        "views",
        "viewed",
        "readers",
        "online",
        "now",
        "users",
        "people",
        "reading",
        "watching",
        "comments",
        "comment",
        "shares",
        "likes",
        "copyright",
        "all",
        "rights",
        "reserved",
        "posted",
        "published",
        "on",
        "at",
        "by",
        "min",
        "mins",
        "minute",
        "minutes",
        "hour",
        "hours",
        "read",
        "day",
        "days",
        "time",
        "date",
        "today",
        "#",
        "ago",
        "copyright",
        "©",
        "inc",
        "since",
        "session",
        "id",
        "ref",
        "request",
        "nonce",
        "token",
        "current",
        "local",
        "utc",
        "gmt",
        "est",
        "edt",
        "pst",
        "pdt",
        "cet",
    ]
)
_SHORT = 12
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " "})


def normalised(block: str) -> str:
    """`block` as it is compared: machine strings masked, and stamps masked whole. Empty if it can never be news."""
    text = _TOKEN.sub("#", _URL.sub(r"\1", block.translate(_QUOTES))).casefold()
    if text.count(" ") < _SHORT:
        masked = _AGO.sub(" # ", " ".join(_NUMBER.sub(" # ", _WHEN.sub(" # ", text)).split()))
        if "#" in masked and _is_stamp(masked):
            return ""
    return " ".join(text.split())


def _is_stamp(masked: str) -> bool:
    words = re.findall(r"[\w#©]+", masked)
    said = [word for word in words if word not in _STAMP_WORDS]
    # "© 2026 Acme Corp" says two words besides; a headline with a number in it says more.
    return len(said) <= (2 if "©" in masked or "copyright" in masked else 0)
