"""What reads like a headline and what is a button, a category or a page number. Words only."""

# ruff: noqa: E501 - a wording is read more easily on one line

import re

_BUTTONS = re.compile(
    r"(?:[+»›→>\s]*)(?:read|learn|see|view|show|load|find|discover|get|download|watch|listen|explore|browse|continue|click|more|all|full"
    r"|weiter|mehr|alle|lire|voir|en savoir|leer|ver|saber|leggi|scopri|lees)\b.{0,45}",
    re.IGNORECASE,
)
# Beginnings that a button and a headline share are a button only when little follows.
_BUTTON_WORDS = 5
_MORE = re.compile(
    r"(?:[+»›→>\s]*)(?:(?:read|learn|see|view|find out|continue|show)\s*(?:more|reading|now|on|article|release|post|story|statement"
    r"|the (?:full )?(?:article|release|post|story|statement)|full (?:article|release|story))?\b.{0,40}"
    r"|more(?: info(?:rmation)?| details)?|details|full (?:story|release|article|text)|pdf|download(?: pdf)?"
    r"|mehr(?: erfahren| lesen)?|weiterlesen|lire (?:la suite|plus)|en savoir plus|leer más|saber más|leggi (?:tutto|di più)|lees (?:meer|verder))"
    r"[\s.…»›→>]*",
    re.IGNORECASE,
)
_NEVER = re.compile(
    r"(?:skip to|back to|return to|go to|sign (?:in|up)|log ?in|subscribe|register|contact|follow us|share (?:on|this|via)|tweet this|print this"
    r"|e-?mail (?:this|alerts)|cookie|privacy (?:policy|notice)$|terms (?:of|and)|all rights reserved|©|copyright|older (?:posts|news|entries)"
    r"|newer (?:posts|news|entries)|(?:next|previous)(?: page| posts?)?$|page \d+|first page|last page|load more|show all|view all|see all"
    r"|rss(?: feed)?$|atom feed|media (?:contact|kit)|press kit|posted (?:in|by)|by [A-Z]|filed under|tagged|\d+ comments?)",
    re.IGNORECASE,
)
_SIDE_SEGMENT = re.compile(
    r"/(?:tags?|categor(?:y|ies|ie)|topics?|authors?|people|profile|users?|label|archives?|search|subscribe|login|signin|share|page)(?:/|$)"
    r"|/(?:19|20)\d\d(?:/\d{1,2})?/?$",
    re.IGNORECASE,
)
_OTHER_SCRIPTS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_FEWEST_WORDS, _FEWEST_LETTERS = 4, 18
_MOST_WORDS = 60


def words_of(text: str) -> int:
    """How many words `text` has; scripts without spaces count two signs as one."""
    signs = len(_OTHER_SCRIPTS.findall(text))
    return signs // 2 if signs > 6 else len(_WORD.findall(text))


def is_headline(text: str, *, marked: bool = False) -> bool:
    """Whether `text` could be a headline. `marked`: it stands in a heading, where two words are enough."""
    words = words_of(text)
    if words > _MOST_WORDS or _NEVER.match(text) or is_button(text):
        return False
    if marked:
        return words >= 2
    return words >= _FEWEST_WORDS and len(text) >= (8 if _OTHER_SCRIPTS.search(text) else _FEWEST_LETTERS)


def is_button(text: str) -> bool:
    """Whether `text` asks to be pressed: "Read more", "View all releases"."""
    return (_BUTTONS.fullmatch(text) is not None and words_of(text) <= _BUTTON_WORDS) or is_more(text)


def is_more(text: str) -> bool:
    """Whether `text` leads to what a headline beside it names."""
    return _MORE.fullmatch(text) is not None and words_of(text) <= 7


def leads_aside(path: str) -> bool:
    """Whether an address is one of a tag, an author, an archive or a further page."""
    return _SIDE_SEGMENT.search(path) is not None
