"""Cells that say nothing, in the many ways in which people write that."""

from tracker.imports.written import plain

_WORDS = """
-; --; –; —; ?; n/a; na; n.a.; #n/a; none; null; nan; nil; tbd; unknown; undefined; unspecified; 00/00/0000; 0000-00-00;
not available; not applicable; not known; not specified; not given; data unavailable
"""
_NOTHING_SAID = frozenset(word.strip() for word in _WORDS.split(";"))


def said(cell: str | None) -> str:
    """The cell's text, tidied; empty for a cell that says nothing (blank, NA, unknown)."""
    text = plain(cell or "")
    return "" if text.casefold() in _NOTHING_SAID else text
