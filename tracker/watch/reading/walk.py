"""From bytes to blocks: one walk over the tree of a page, which gathers its visible text and where each piece stands.

The tree is walked in one flat loop, never by recursion, so that a page of ten million nested tags costs time in
proportion to its size and nothing else. Nothing is judged here but what can never be seen; what is content and what is
furniture is for `places` to say, when the whole page is known.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

_NEVER_READ_TAGS = (
    "script style noscript template svg math canvas iframe object embed audio video map title "
    "select option input textarea datalist button progress meter"
)
_NEVER_READ = frozenset(_NEVER_READ_TAGS.split())
_INLINE_TAGS = (
    "a abbr acronym b bdi bdo big cite code data dfn em font i ins kbd label mark q rp rt ruby s samp small "
    "span strike strong sub sup time tt u var wbr img picture source del nobr"
)
_INLINE = frozenset(_INLINE_TAGS.split())
_CELLS = frozenset({"td", "th"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SPACE = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_SAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ROLES = {
    "navigation": "menu",
    "menu": "menu",
    "menubar": "menu",
    "toolbar": "menu",
    "search": "menu",
    "contentinfo": "footer",
    "banner": "header",
    "dialog": "dialog",
    "alertdialog": "dialog",
    "complementary": "aside",
}
_TAGS = {
    "nav": "menu",
    "menu": "menu",
    "footer": "footer",
    "dialog": "dialog",
    "aside": "aside",
    "header": "header",
    "form": "form",
}
# Products that put a consent question on top of other people's pages: no page names its own text like them.
_CONSENT = re.compile(
    r"onetrust|optanon|cookiebot|cybotcookie|didomi|usercentrics|trustarc|truste_|iubenda-cs|osano-cm|cky-|cmplz|klaro|qc-cmp|"
    r"sp_message|tarteaucitron|termly|axeptio|cc-window|cookie-?(?:bar|banner|consent|notice|modal|popup|overlay|law|alert|dialog|message)|"
    r"(?:consent|gdpr|ccpa)-?(?:bar|banner|notice|modal|popup|manager|overlay|dialog)",
    re.IGNORECASE,
)
# Names of what is put around or between what a page says, and changes with every day or every reader.
_PASSING = (
    "share|sharing|social|related|recirc|recommend(?:ed|ations)?|newsletter|subscribe|promos?|promotions?|adverts?|"
    "advertisement|ads?|sponsor|sponsored|trending|popular|read-?more|read-?next|up-?next|"
    "(?:more|latest|recent|other)-?(?:news|posts|stories|articles)|announcement-?bar|teasers?|modals?|popups?|lightbox|toasts?|snackbar|cards?|taboola|outbrain"
)
# Names that are furniture on most pages, and on some a part of what they say.
_MILD = (
    "nav|navbar|navigation|topnav|subnav|sidenav|megamenu|menu|menubar|breadcrumbs?|pagination|pager|skip-?link|"
    "language-?(?:picker|switcher|selector)|lang-?(?:switcher|selector|picker|menu)|toc|footer|site-?info|colophon|"
    "masthead|site-?header|topbar|sidebar|widgets?|cta|cookies?|consent|gdpr|overlay|alert|"
    "notification|sr-only|visually-?hidden|screen-?reader(?:-text)?|d-none|hidden"
)
_NAMES = re.compile(rf"(?:^|[\s_-])(?:(?P<passing>{_PASSING})|(?P<mild>{_MILD}))(?:$|[\s_-])", re.IGNORECASE)
_UNSEEN = frozenset({"sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "d-none"})


class Said(NamedTuple):
    """What an element says of itself: what it is, and how much its word weighs."""

    name: str = ""
    weight: str = ""


NOTHING = Said()
_UNSHOWN = Said("hidden", "mild")


@dataclass(slots=True)
class Node:
    """An element that holds blocks: the one around it, and what its tag, role and names say of it."""

    parent: int
    tag: str
    said: Said = NOTHING


@dataclass(slots=True)
class Piece:
    """A run of visible text between two block-level borders."""

    text: str
    node: int
    linked: int
    heading: int  # its level, 0 for none


@dataclass(slots=True)
class Tree:
    """What one walk found: the elements that hold blocks in the page's order, and the pieces of text in them."""

    nodes: list[Node] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    title: str = ""
    language: str = ""


def clean(text: str) -> str:
    """`text` with its spaces made one each, and without characters nobody sees."""
    return _SPACE.sub(" ", _INVISIBLE.sub("", text)).strip()


def parse(text: str) -> etree._Element | None:
    """The tree of an HTML page, or None if there is nothing in it that could be called a document."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    try:
        return etree.fromstring(_SAFE.sub(" ", text).encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def walk(root: etree._Element, *, url: str = "") -> Tree:
    """All visible text below `root`, in the page's order. `url` says which links stay on the page."""
    walker = _Walker(url.partition("#")[0].rstrip("/"))
    title = root.find("head/title")
    walker.tree.title = clean("".join(map(str, title.itertext()))) if title is not None else ""
    walker.tree.language = (root.get("lang") or "").partition("-")[0].casefold()
    walking = etree.iterwalk(root, events=("start", "end"))
    skipped = False
    for event, element in walking:
        if event == "start":
            skipped = element.tag in _NEVER_READ or not walker.enters(element)
            if skipped:
                walking.skip_subtree()  # its end comes next
        else:
            if not skipped:
                walker.leaves(element.tag)
            skipped = False
            if element.tail:
                walker.adds(element.tail)
    walker.ends_piece()
    return walker.tree


class _Walker:
    """The text gathered since the last border, how much of it is inside links, and the elements around it."""

    def __init__(self, page: str) -> None:
        self.page = page
        self.tree = Tree()
        self.around: list[int] = [-1]
        self.parts: list[str] = []
        self.linked = 0
        self.links: list[bool] = []
        self.heading = 0

    def enters(self, element: etree._Element) -> bool:
        """An element begins. False if nothing in it is to be read."""
        tag, attributes = element.tag, element.attrib
        said = _said(tag, attributes) if attributes or tag in _TAGS else NOTHING
        if tag in _INLINE:
            if said.name == "hidden":
                return False
            if "data-cfemail" in attributes:
                self.adds(_address(str(attributes["data-cfemail"])))
                return False
            if tag == "a":
                self.links.append(_leads_on(str(attributes.get("href", "")), self.page))
        else:
            self._enters_block(tag, Node(self.around[-1], tag, said))
        if element.text:
            self.adds(element.text)
        return True

    def _enters_block(self, tag: str, node: Node) -> None:
        if tag not in _CELLS:
            self.ends_piece()
        elif self.parts:
            self.parts.append(" | ")
        self.heading = int(tag[1]) if tag in _HEADINGS else self.heading
        if tag != "br":
            self.tree.nodes.append(node)
            self.around.append(len(self.tree.nodes) - 1)

    def leaves(self, tag: str) -> None:
        """An element ends that was read."""
        if tag in _INLINE:
            if tag == "a":
                self.links.pop()
            return
        if tag not in _CELLS:
            self.ends_piece()
        self.heading = 0 if tag in _HEADINGS else self.heading
        if tag != "br":
            self.around.pop()

    def adds(self, text: str) -> None:
        """Text, inside a link or not."""
        self.parts.append(text)
        if self.links and self.links[-1]:
            self.linked += len(text.strip())

    def ends_piece(self) -> None:
        """A border: what was gathered is a piece, if it says anything."""
        if not self.parts:
            return
        text = clean("".join(self.parts))
        if text.strip(" |"):
            self.tree.pieces.append(Piece(text.strip(" |"), self.around[-1], self.linked, self.heading))
        self.parts = []
        self.linked = 0


def _leads_on(href: str, page: str) -> bool:
    """Whether a link leads to another page: one to a place on this page or to an address to write to is text."""
    before, mark, _ = href.strip().partition("#")
    if mark and before.rstrip("/") in ("", page):
        return len(href) == 1
    return not before.startswith(("mailto:", "tel:"))


def _said(tag: str, attributes: "etree._Attrib") -> Said:
    """What an element says of itself: by its style, its role, its tag, its names."""
    if attributes.get("hidden", "until-found") != "until-found" or attributes.get("aria-hidden") == "true":
        return _UNSHOWN
    style = attributes.get("style")
    if style is not None and _HIDDEN.search(style):
        return _UNSHOWN
    role = attributes.get("role")
    if role in _ROLES:
        return Said(_ROLES[role], "firm")
    if tag in _TAGS:
        return Said(_TAGS[tag], "firm")
    if tag in ("html", "body", "main", "article"):
        return NOTHING
    named = attributes.get("class", "") + " " + attributes.get("id", "")
    return _named(named) if len(named) > 1 else NOTHING


@lru_cache(maxsize=20_000)
def _named(named: str) -> Said:
    if len(named) > 500:
        return NOTHING
    if _CONSENT.search(named):
        return Said("consent", "consent")
    found = _NAMES.search(named)
    if found is None:
        return NOTHING
    name = found.group(found.lastgroup or 0).casefold()
    return Said("hidden" if name in _UNSEEN else name, found.lastgroup or "")


def _address(protected: str) -> str:
    """An e-mail address that Cloudflare wrote as numbers, the first of which is the key."""
    try:
        key, *letters = bytes.fromhex(protected)
    except ValueError:
        return ""
    return bytes(letter ^ key for letter in letters).decode("utf-8", "replace")
