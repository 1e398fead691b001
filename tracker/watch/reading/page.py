"""One reading of one page: its blocks of visible text and what the comparison needs of their place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from lxml import etree
from lxml.cssselect import CSSSelector

from tracker.watch.reading.places import CONTENT, zones
from tracker.watch.reading.walk import Tree, clean, parse, walk

# Raise it whenever the same bytes would give other blocks: old snapshots are then read again without news.
EXTRACTOR = "blocks-2"
PLAIN = frozenset({"text/plain", "text/markdown"})


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading, a list entry or a row; `zone` is empty for what the page has to say."""

    text: str
    zone: str = CONTENT
    heading: bool = False


@dataclass(frozen=True)
class Page:
    """What was read of one body."""

    blocks: tuple[Block, ...]
    title: str = ""
    language: str = ""
    body_size: int = 0
    # The selectors of the watch that no element of the page answers to.
    unanswered: tuple[str, ...] = ()

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The text of every block worth quoting, in the page's order."""
        return tuple(block.text for block in self.blocks if block.zone == CONTENT)

    @property
    def words(self) -> int:
        """How many words the page has to say."""
        return sum(text.count(" ") + 1 for text in self.texts)


def read(text: str, content_type: str, *, url: str = "", selectors: Sequence[str] = ()) -> Page:
    """The page in `text`. With `selectors` only what they choose is its content.

    Raises ValueError for a selector that is none.
    """
    if content_type in PLAIN:
        return Page(tuple(Block(block) for block in paragraphs(text.replace("\0", " "))), body_size=len(text))
    root = parse(text)
    if root is None:
        return Page((), body_size=len(text))
    if selectors:
        return _selected(root, selectors, len(text))
    tree = walk(root, url=url)
    return Page(_blocks(tree, zones(tree)), tree.title, tree.language, len(text))


def _blocks(tree: Tree, zoned: Sequence[str]) -> tuple[Block, ...]:
    return tuple(Block(piece.text, zone, piece.heading > 0) for piece, zone in zip(tree.pieces, zoned, strict=True))


def _selected(root: etree._Element, selectors: Sequence[str], size: int) -> Page:
    blocks: list[Block] = []
    unanswered = []
    seen: set[etree._Element] = set()
    for selector in selectors:
        chosen = _choose(root, selector)
        if not chosen:
            unanswered.append(selector)
        for element in chosen:
            if element not in seen and not any(above in seen for above in element.iterancestors()):
                tree = walk(element)
                blocks += [Block(piece.text, CONTENT, piece.heading > 0) for piece in tree.pieces]
            seen.add(element)
    whole = walk(root)
    return Page(tuple(blocks), whole.title, whole.language, size, tuple(unanswered))


def _choose(root: etree._Element, selector: str) -> list[etree._Element]:
    try:
        found = CSSSelector(selector, translator="html")(root)
        return [one for one in found if isinstance(one, etree._Element)] if isinstance(found, list) else []
    except SyntaxError as wrong:  # cssselect's own errors are of this kind
        raise ValueError(f"“{selector}” is not a CSS selector: {wrong}") from wrong


def paragraphs(text: str) -> Iterator[str]:
    """Paragraphs of plain text; the lines of a wrapped paragraph are joined, list entries stay apart."""
    for paragraph in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        block = ""
        for line in map(clean, paragraph.split("\n")):
            if block and not _continues(block, line):
                yield block
                block = line
            else:
                block = f"{block} {line}".strip()
        if block:
            yield block


def _continues(before: str, line: str) -> bool:
    if re.match(r"(?:[-*•–#>]|\d+[.)])\s", line):
        return False
    return line[:1].islower() or (len(before) > 50 and before[-1] not in '.?!:;”"')
