"""From bytes to the blocks of visible text that a reader of the page sees. Never executes or trusts the page.

The tree is walked in one flat loop, never by recursion, so that a page of ten million nested tags costs time
in proportion to its size and nothing else. What counts as furniture (menus, footers, forms, share buttons)
is decided by structure only; what a single page keeps changing is for `compare` to know.
"""

import re
from collections.abc import Iterator

from lxml import etree

# Raise it whenever the same bytes would give other blocks: old snapshots are then read again without news.
EXTRACTOR = "blocks-1"

Blocks = tuple[str, ...]

_SKIPPED_TAGS = (
    "script style noscript template svg math canvas iframe object embed audio video map title nav "
    "footer form button select option input textarea label datalist dialog menu"
)
_SKIPPED = frozenset(_SKIPPED_TAGS.split())
# A form may hold a whole page (ASP.NET does that), so only its controls are dropped, not the form itself.
_SKIPPED -= {"form", "label"}
_INLINE_TAGS = (
    "a abbr acronym b bdi bdo big cite code data dfn em font i ins kbd mark q rp rt ruby s samp small "
    "span strike strong sub sup time tt u var wbr img picture source del nobr"
)
_INLINE = frozenset(_INLINE_TAGS.split())
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SKIPPED_ROLES = frozenset(
    {"navigation", "contentinfo", "search", "banner", "menu", "menubar", "dialog", "alertdialog", "toolbar"}
)
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|breadcrumbs?|cookies?|consent|gdpr|share|sharing|social|related|recirc|newsletter|"
    r"subscribe|promo|advert(?:isement)?|ads?|sponsor(?:ed)?|skip-?link|sr-only|visually-hidden|pagination|language-(?:picker|switcher))"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
# A block that is nearly all link and shorter than a headline is a menu entry, not a statement.
_LINK_SHARE = 0.8
_LINK_WORDS = 7
_SAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def blocks_of(text: str, content_type: str = "text/html") -> Blocks:
    """The blocks of a page: paragraphs, headings, list entries and table rows, in the page's order."""
    if content_type in ("text/plain", "text/markdown"):
        return tuple(_paragraphs(text.replace("\0", " ")))  # no database keeps a NUL
    return tuple(_html_blocks(text))


def _clean(text: str) -> str:
    return _SPACE.sub(" ", _INVISIBLE.sub("", text)).strip()


def _paragraphs(text: str) -> Iterator[str]:
    """Paragraphs of plain text; the lines of a wrapped paragraph are joined, list entries stay apart."""
    for paragraph in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        block = ""
        for line in paragraph.split("\n"):
            line = _clean(line)
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


def _html_blocks(text: str) -> Iterator[str]:
    root = _parse(text)
    if root is None:
        return
    block = _Block()
    skipped: etree._Element | None = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start" and skipped is None:
            if not _is_furniture(element):
                yield from block.opens(element)
                continue
            skipped = element
        elif event == "end" and (skipped is None or element is skipped):
            yield from block.closes(element, read=skipped is None)
            skipped = None
    yield from block.taken()


def _parse(text: str) -> etree._Element | None:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    try:
        return etree.fromstring(_SAFE.sub(" ", text).encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        # Nothing in it that could be called a document.
        return None


def _is_furniture(element: etree._Element) -> bool:
    tag = element.tag
    if tag in _SKIPPED:
        return True
    attributes = element.attrib
    if not attributes or tag in ("html", "body", "main", "article"):
        return False
    if "hidden" in attributes or attributes.get("aria-hidden") == "true" or attributes.get("role") in _SKIPPED_ROLES:
        return True
    style = attributes.get("style")
    if style is not None and _HIDDEN.search(style):
        return True
    named = attributes.get("class", "") + " " + attributes.get("id", "")
    return len(named) > 1 and _FURNITURE.search(named) is not None


class _Block:
    """The text gathered since the last block ended, and how much of it is inside links."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.linked = 0
        self.links = 0
        self.heading = False

    def opens(self, element: etree._Element) -> Iterator[str]:
        """An element begins: the block before it, if the element starts a new one."""
        if element.tag not in _INLINE:
            yield from self.taken()
        self.links += element.tag == "a"
        self.heading = self.heading or element.tag in _HEADINGS
        self.add(element.text)

    def closes(self, element: etree._Element, *, read: bool) -> Iterator[str]:
        """An element ends: the block it held, if it held one. `read` is False for what was skipped."""
        if element.tag not in _INLINE:
            yield from self.taken()
        if read:
            self.links -= element.tag == "a"
        self.add(element.tail)

    def add(self, text: str | None) -> None:
        if text:
            self.parts.append(text)
            if self.links > 0:
                self.linked += len(text.strip())

    def taken(self) -> Iterator[str]:
        """The finished block, if it says something, and start anew."""
        if self.parts:
            text = _clean("".join(self.parts))
            menu = not self.heading and self.linked > _LINK_SHARE * len(text) and text.count(" ") < _LINK_WORDS - 1
            if text and not menu:
                yield text
        self.parts = []
        self.linked = 0
        self.heading = False
