"""The links of a page, each with its words, its place in the structure, and whether it reads like a headline."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree

from tracker.watch.kinds.furniture import is_furniture
from tracker.watch.kinds.headlines import is_headline, is_more, leads_aside, words_of
from tracker.watch.kinds.links import followable, identity, site_of

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# Where companies publish what their own site only lists.
_WIRES = frozenset(
    {"businesswire.com", "prnewswire.com", "prnewswire.co.uk", "globenewswire.com", "newswire.ca", "accesswire.com"}
)
_TITLED = re.compile(r"(?:^|[\s_-])(?:title|headline|heading|hed|name|subject)(?:$|[\s_-])", re.IGNORECASE)
_NUMBERS = re.compile(r"\d+")
_MOST_LINKS = 20_000
_DEEP = 24
_SHORTEST = 4


@dataclass(frozen=True)
class Anchor:
    """A link that may name an entry. `marked`: its words stand in a heading. `shape`: what its like have in common."""

    element: etree._Element
    link: str
    key: str
    title: str
    marked: bool
    shape: str

    @property
    def folder(self) -> str:
        """The address without its last part, numbers left out: what the entries of one listing share."""
        parts = urlsplit(self.key)
        return parts.netloc + _NUMBERS.sub("#", parts.path.rpartition("/")[0])


def anchors(root: etree._Element, url: str) -> list[Anchor]:
    """The links below `root` that could be entries of a listing found at `url`, in the page's order."""
    here = identity(url)
    ours = {site_of(url), *(site_of(link) for link in _own_addresses(root, url))} | _WIRES
    base = next((followable(e.get("href") or "", url) for e in root.iter("base")), "") or url
    found = (_anchor(element, base) for element in islice(_links(root), _MOST_LINKS))
    return [
        one
        for one in found
        if one is not None
        and site_of(one.link) in ours
        and one.key != here
        and not leads_aside(urlsplit(one.link).path)
    ]


def _own_addresses(root: etree._Element, url: str) -> Iterator[str]:
    """Other addresses that the page calls its own."""
    for element in root.iter("link", "meta"):
        canonical = element.tag == "link" and element.get("rel") in ("canonical", "alternate")
        if canonical or element.get("property") == "og:url":
            yield followable(element.get("href") or element.get("content") or "", url) or url


def _links(root: etree._Element) -> Iterator[etree._Element]:
    walker = etree.iterwalk(root, events=("start",))
    for _, element in walker:
        if element is not root and is_furniture(element):
            walker.skip_subtree()
        elif element.tag == "a" and element.get("href"):
            yield element


def _anchor(element: etree._Element, base: str) -> Anchor | None:
    href = element.get("href") or ""
    if href.startswith("#") or element.get("rel") in ("next", "prev", "tag", "author", "category tag"):
        return None
    link = followable(href, base)
    key = identity(link)
    if not key:
        return None
    title, marked = _title(element)
    return Anchor(element, link, key, title, marked, _shape(element)) if title else None


def _title(element: etree._Element) -> tuple[str, bool]:
    """The headline that a link carries, or leads on from ("Read more" below a heading), and whether it is a heading."""
    heading = next(element.iter(*HEADINGS), None)
    if heading is not None:
        text = words_in(heading)
        return (text, True) if is_headline(text, marked=True) else ("", False)
    text = words_in(element)
    if any(parent.tag in HEADINGS for parent in islice(element.iterancestors(), 3)):
        return (text, True) if is_headline(text, marked=True) else ("", False)
    if (named := _named(element)) is not None and is_headline(words_in(named), marked=True):
        return words_in(named), True
    if len(element) and (part := _first_part(element)):
        return part, False
    if is_headline(text):
        return text, False
    label = " ".join((element.get("aria-label") or element.get("title") or "").split())
    if is_more(text) or not text:
        beside = _beside(element)
        if beside is not None:
            return beside
        if is_headline(label):
            return label, False
    # A short one may be a headline beside others of its kind.
    short = words_of(text) > 0 and len(text) >= _SHORTEST and is_headline(f"{text} {text}", marked=True)
    return (text, False) if short else ("", False)


def _named(element: etree._Element) -> etree._Element | None:
    """The part of a link that its class calls the title, or the link itself."""
    inside = (part for part in element.iter() if part is not element)
    named = (part for part in (*inside, element) if _TITLED.search(str(part.get("class") or "")))
    return next(named, None)


def _first_part(element: etree._Element) -> str:
    """In a card that is one link, the first part that reads like a headline."""
    if not any(
        child.tag in ("div", "p", "span", "time", "section", "strong", "b")
        for child in element.iter()
        if child is not element
    ):
        return ""
    parts = (" ".join((e.text or "").split()) for e in element.iter() if isinstance(e.tag, str))
    return next((part for part in parts if is_headline(part)), "")


def _beside(element: etree._Element) -> tuple[str, bool] | None:
    """The headline in the box that a "Read more" stands in, if no other such link of that box leads elsewhere."""
    href = element.get("href")
    box = element
    for parent in islice(element.iterancestors(), 5):
        if {a.get("href") for a in islice(parent.iter("a"), 30) if is_more(words_in(a))} - {href}:
            break
        headings = list(islice(parent.iter(*HEADINGS), 2))
        if headings:
            text = words_in(headings[0])
            return (text, True) if len(headings) == 1 and is_headline(text, marked=True) else None
        box = parent
    parts = (" ".join(text.split()) for text in islice(map(str, box.itertext()), 40))
    return (
        next(((part, False) for part in parts if is_headline(part) and not part.endswith(".")), None)
        if box is not element
        else None
    )


def words_in(element: etree._Element) -> str:
    """The visible text of an element, on one line."""
    return " ".join("".join(map(str, element.itertext())).split())[:1000]


def _shape(element: etree._Element) -> str:
    own = _stem(element.get("class"))
    above = list(islice(element.iterancestors(), _DEEP))
    beside = _stem(above[0].get("class")) if above else ""
    return "/".join(
        [f"a.{own}", f"{above[0].tag if above else ''}.{beside}", *(str(parent.tag) for parent in above[1:])]
    )


def _stem(classes: str | None) -> str:
    first = (classes or "").split()
    return _NUMBERS.sub("", first[0]) if first else ""
