"""The words of a sentence by their stems, with names, days and lengths replaced by what they are. Pure."""

import re
from collections.abc import Sequence
from functools import lru_cache

from snowballstemmer import stemmer

from tracker.watch.proposing.who.words import listed

_STEMMER = stemmer("english")
_WORD = re.compile(r"[A-Za-z]+(?:[’'][a-z]+)?|\d+|[?!:;“”\"%$£€]")

# Written with a capital, and still a word of its own.
_OFFICES = listed(
    """
    congress senate house council city county police department state governor mayor court judge act bill law
    parliament commission board assembly committee order ordinance section attorney general sheriff ice fbi
    immigration customs border editorial opinion letter no not we it the a an in on for under until after by as this
    that these if when all any none nobody our its their he she they but and or so yet
    """
)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of one word, in lower case: "suspended" and "suspends" are "suspend"."""
    return str(_STEMMER.stemWord(word.lower().replace("’", "'")))


def stems(text: str) -> list[str]:
    """Every word of `text` by its stem; a number is NUM."""
    return ["NUM" if word[0].isdigit() else stem(word) for word in _WORD.findall(text)]


def masked(text: str, spans: Sequence[tuple[int, int, str]]) -> list[str]:
    """The stems of `text`; each span (start, end, word) stands as its one word, and other names as NAME."""
    found: list[str] = []
    at = 0
    for start, end, word in sorted(spans):
        if start < at:
            continue
        _plain(text[at:start], found, begins=at == 0)
        found.append(word)
        at = end
    _plain(text[at:], found, begins=at == 0)
    return found


def _plain(text: str, found: list[str], *, begins: bool) -> None:
    for word in _WORD.findall(text):
        if word[0].isdigit():
            found.append("NUM")
        elif word[0].isupper() and word != "I" and not (begins and not found) and word.lower() not in _OFFICES:
            if not found or found[-1] != "NAME":
                found.append("NAME")
        else:
            found.append(stem(word))
