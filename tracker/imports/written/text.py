"""Text without what a reader cannot see: two spellings that look the same become the same."""

import re
import unicodedata

_HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2212\ufe63\uff0d", "-"))
"""Hyphens, the figure dash and the minus. The longer dashes (– —) can be told apart and stay."""

_ALIKE = str.maketrans(
    # Cyrillic and Greek letters that are drawn as Latin ones.
    "АВЕКМНОРСТУХІЈЅаеорсухіјѕԁһԛԝӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "ABEKMHOPCTYXIJSaeopcyxijsdhqwlABEZHIKMNOPTYXo",
)
_WORD = re.compile(r"[^\W\d_]+")


def visible(text: str) -> str:
    """The text without what cannot be seen (zero-width characters, marks of direction) and with single spaces."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    seen = "".join(each for each in unicodedata.normalize("NFC", text) if unicodedata.category(each) != "Cf")
    return " ".join("".join(" " if unicodedata.category(each) == "Cc" else each for each in seen).split())


def plain(text: str) -> str:
    """What is visible of the text, in which hyphens of every kind are one.

    A Cyrillic or Greek letter in a Latin word is the Latin one it looks like.
    """
    seen = visible(text)
    return seen if seen.isascii() else _WORD.sub(_latin, seen.translate(_HYPHENS))


def _latin(word: re.Match[str]) -> str:
    """A word in Latin letters throughout, if it has one already and the others only look like some."""
    written = word[0]
    if written.isascii() or not any(letter.isascii() for letter in written):
        return written
    drawn = written.translate(_ALIKE)
    return drawn if all(unicodedata.name(letter, "").startswith("LATIN") for letter in drawn) else written
