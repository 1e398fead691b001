"""From the lines of a PDF's pages to paragraphs: what ran across a page or a line's end is one again. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple


class Line(NamedTuple):
    """One line: how high it stands on its page, how large its letters are, what it says."""

    height: float
    size: float
    text: str


_SPACE = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_NUMBER = re.compile(r"(?:page\s*)?[-–—|\s]*(?:\d{1,4}|[ivxlc]{1,7})[-–—|\s]*(?:(?:of|/)\s*\d{1,4})?\.?", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_ITEM = re.compile(r"(?:[•◦▪‣·*–—-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+\S", re.IGNORECASE)
_HYPHENATED = re.compile(r"[a-zà-ÿ]{2}[-\u2010]$")
_ENDS = (".", "!", "?", ":", ";", "”", '"', ".)", "’")
# So many lines at the top and at the foot of a page may be a running head or foot.
_EDGE = 3
# With fewer lines, what is usual in the whole document says more than the page.
_ENOUGH_STEPS = 12


def paragraphs(pages: Sequence[Sequence[Line]]) -> tuple[str, ...]:
    """The paragraphs of all pages, in order."""
    pages = [[_cleaned(line) for line in page] for page in pages]
    running = _running(pages)
    blocks: list[str] = []
    said = [[line for line in page if not _is_furniture(line, page, running)] for page in pages]
    usual = _usual_step([step for page in said for step in _steps(page)])
    for page in said:
        for number, block in enumerate(_of_page(page, usual=usual)):
            if not number and blocks and _runs_on(blocks[-1], block):
                blocks[-1] = _joined(blocks[-1], block)
            else:
                blocks.append(block)
    return tuple(block for block in blocks if block)


def _cleaned(line: Line) -> Line:
    text = _SPACE.sub(" ", _INVISIBLE.sub("", line.text.translate(_LIGATURES))).strip()
    return line._replace(text=text.encode("utf-8", "replace").decode())


def _edges(page: Sequence[Line]) -> set[Line]:
    ordered = sorted(page, key=lambda line: line.height)
    return {*ordered[:_EDGE], *ordered[-_EDGE:]}


def _running(pages: Sequence[Sequence[Line]]) -> frozenset[str]:
    """What stands at the edge of at least half of the pages, and of two: heads and feet, whatever number is in them."""
    found = Counter(text for page in pages for text in {_numberless(line.text) for line in _edges(page)})
    return frozenset(text for text, times in found.items() if times >= max(2, len(pages) / 2))


def _numberless(text: str) -> str:
    return _DIGITS.sub("#", text).casefold()


def _is_furniture(line: Line, page: Sequence[Line], running: frozenset[str]) -> bool:
    if line not in _edges(page):
        return False
    return _NUMBER.fullmatch(line.text) is not None or _numberless(line.text) in running


def _steps(lines: Sequence[Line]) -> list[float]:
    steps = (above.height - below.height for above, below in pairwise(lines))
    return [step for step in steps if 0 < step < 60]


def _usual_step(steps: Sequence[float]) -> float:
    """Between two lines of a paragraph; where many lines are paragraphs, more than half of the steps are larger."""
    return sorted(steps)[len(steps) // 3] if steps else 0.0


def _of_page(lines: Sequence[Line], *, usual: float) -> Iterator[str]:
    own = _steps(lines)
    if len(own) >= _ENOUGH_STEPS:
        usual = _usual_step(own)
    widest = max((len(line.text) for line in lines), default=0)
    block = ""
    for number, line in enumerate(lines):
        if block and _begins(lines[number - 1], line, usual=usual, widest=widest):
            yield block
            block = line.text
        else:
            block = _joined(block, line.text)
    if block:
        yield block


def _begins(before: Line, line: Line, *, usual: float, widest: int) -> bool:
    """Whether `line` begins another paragraph than the line before it."""
    step = before.height - line.height
    if _ITEM.match(line.text):
        return True
    if abs(before.size - line.size) > max(1.0, 0.12 * before.size):
        return True
    if step < 0:  # another column: it goes on where the last one broke off
        return not _runs_on(before.text, line.text)
    if usual and step > 1.25 * usual:
        return True
    return before.text.endswith(_ENDS) and len(before.text) < 0.7 * widest


def _runs_on(before: str, after: str) -> bool:
    """Whether a paragraph that a page's end cut goes on on the next page."""
    return (
        not before.endswith(_ENDS)
        and len(before) > 30
        and (after[:1].islower() or _HYPHENATED.search(before) is not None)
    )


def _joined(before: str, after: str) -> str:
    if not before:
        return after
    if _HYPHENATED.search(before) and after[:1].islower():
        return before[:-1] + after
    return f"{before} {after}"
