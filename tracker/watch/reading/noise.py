"""What may differ between two readings of the same page without anything having changed.

Machine strings (tokens, hashes, session ids) are masked wherever they stand: nobody announces in them. Times, counters
and the year of a copyright are masked only in short blocks that say nothing else ("Generated at 20:11:09", "12,345
visitors"): in a sentence a number or a date can be the news itself, and so can "30 days" alone in a cell.
"""

# ruff: noqa: E501 - a wording is read more easily on one line

import re
from functools import lru_cache

# Long runs of letters and digits mixed, as no word is: hashes, nonces, UUIDs, session ids, base64.
_TOKEN = re.compile(
    r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"
    r"|\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{12,}\b"
    r"|\b(?=\w*\d\w*\d)(?=\w*[a-z]\w*[a-z])\w{20,}\b={0,2}"
    r"|(?<=[?&;])(?:\w*sid|session\w*|\w*token|nonce|csrf\w*|utm_\w+|cb|ts|t|v|_)=[^\s&;]*",
    re.IGNORECASE,
)
_LONG_WORD = re.compile(r"\S{12}|=")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_WEEKDAY = r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b,?"
_DATE = (
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}(?:,?\s+\d{{4}})?|\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?"
    r"|\b\d{4}-\d{2}-\d{2}|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\b(?:19|20)\d{2}\b"
)
_CLOCK = re.compile(
    r"(?:\b|t)\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?z?\s*(?:[ap]\.?m\.?)?(?:\s*(?:utc|gmt|[ecmp][sd]?t|cest)\b)?|\b1[5-9]\d{8}(?:\d{3})?\b"
)
_WHEN = re.compile(rf"{_WEEKDAY}|{_DATE}")
_DAY_NAMED = re.compile(_WEEKDAY)
_NUMBER = re.compile(r"\d+(?:[.,\u00a0 ]\d+)*\s?(?:%|[kmb]\b)?")
_AGO = re.compile(
    r"\b(?:\d+|an?|one|a few)\s+(?:sec(?:ond)?|min(?:ute)?|hour|hr|day|week|month|year)s?\s+ago\b|\bjust now\b|\byesterday\b|\btoday\b"
    r"|\bvor \d+ \w+$|\bil y a \d+ \w+$|\bhace \d+ \w+$"
)
_COUNTED = re.compile(
    r"\b\d[\d.,\u00a0 ]*[kmb]?\+?\s*(?:visitors?|visits?|views?|readers?|users? online|online|people (?:are )?(?:reading|watching|viewing)|comments?|shares?|likes?"
    r"|followers?|claps?|stars?|reactions?|replies|min(?:ute)?s?(?: of)? read(?:ing)?|sec(?:ond)?s?|ms)\b"
)
_COPYRIGHT = re.compile(r"©|\(c\)|\bcopyright\b")
_YEARS = re.compile(r"\b(?:19|20)\d{2}(?:\s*-\s*(?:(?:19|20)?\d{2}|present))?\b")


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_STAMP_WORDS = _listed(
    """
    last updated update page generated rendered served server build version visitors visitor number of visits views
    view viewed readers online now users people are reading watching comments comment shares likes posted published
    on at by as in the this was min mins minute minutes hour hours read day days time date today ago since session
    id ref request current local utc gmt est edt pst pdt cet cest you your viewed loaded retrieved accessed from
    cache cached ms seconds sec s z t
    """
)
_SHORT = 14
_COPYRIGHT_WORDS = 40
_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " ", "ß": "ss"}
)
_WORD = re.compile(r"\w+")


# Some pages' worth: a page is compared with itself several times in a row. 100,000 blocks were up to 480 MB, and no
# faster.
@lru_cache(maxsize=5_000)
def words(block: str) -> tuple[str, ...]:
    """The words of `block` as they are compared: machine strings left out. None if it can never be news."""
    text = block.translate(_QUOTES).casefold()
    if _LONG_WORD.search(text):
        text = _TOKEN.sub(" ", text)
    spaces = text.count(" ")
    if spaces < _COPYRIGHT_WORDS and _COPYRIGHT.search(text):
        text = _YEARS.sub(" ", text)
    if spaces < _SHORT and is_stamp(text):
        return ()
    return tuple(_WORD.findall(text))


def is_stamp(text: str) -> bool:
    """Whether a short block, in small letters, only says what time it is or how many looked."""
    if not (_CLOCK.search(text) or _AGO.search(text) or _COUNTED.search(text) or _DAY_NAMED.search(text)):
        return _NUMBER.fullmatch(text.strip()) is not None
    rest = _AGO.sub(" ", _CLOCK.sub(" ", _WHEN.sub(" ", text)))
    return all(word in _STAMP_WORDS or word.isdigit() for word in _WORD.findall(_NUMBER.sub(" ", rest)))
