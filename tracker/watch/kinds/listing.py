"""A page that lists press releases or posts: its entries, found by how it is built, without selectors.

Entries are links that repeat in one shape and read like headlines, on the site itself or at a press wire, with days
beside them where there are any. Menus, footers, tags, page numbers and share buttons are none.
"""

from collections.abc import Sequence

from lxml import etree

from tracker.watch.kinds.anchors import anchors
from tracker.watch.kinds.days import without_day
from tracker.watch.kinds.entries import MOST_ENTRIES, Entry, Unreadable, refuse_too_large
from tracker.watch.kinds.groups import listed
from tracker.watch.kinds.identities import distinct
from tracker.watch.kinds.links import identity
from tracker.watch.kinds.surroundings import Surroundings
from tracker.watch.kinds.teasers import teaser
from tracker.watch.kinds.text import decoded

_PAGES = frozenset({"", "text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml"})
_MOST_BYTES = 8_000_000


def entries(
    body: bytes, *, content_type: str, charset: str, url: str, selectors: Sequence[str] = ()
) -> tuple[Entry, ...]:
    """The entries that the page at `url` lists, in its order. None, if it looks like no listing. Raises Unreadable.

    With `selectors` only what they choose is read, and every headline in it is an entry.
    """
    refuse_too_large(body, _MOST_BYTES)
    if content_type not in _PAGES:
        raise Unreadable(f"not a page of text but {content_type[:60]}")
    root = _parsed(body, charset)
    roots = _chosen(root, selectors) if selectors else [root]
    found = [one for part in roots for one in anchors(part, url)]
    american = (root.get("lang") or "en").lower() in ("en", "en-us", "en_us")
    groups = listed(found, here=identity(url), month_first=american, sure=bool(selectors))
    chosen = {
        one.key: (one, day) for group in reversed(groups) for one, day in zip(group.anchors, group.days, strict=True)
    }
    near = Surroundings({key: one.element for key, (one, _) in chosen.items()}, month_first=american)
    order = {one.key: place for place, one in reversed(list(enumerate(found)))}
    ordered = sorted(chosen.values(), key=lambda pair: order[pair[0].key])[:MOST_ENTRIES]
    return distinct(
        Entry(one.key, one.link, without_day(one.title)[1], teaser(near.box_of(one), one), day or near.day_of(one))
        for one, day in ordered
    )


def _parsed(body: bytes, charset: str) -> etree._Element:
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(decoded(body, charset).encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("nothing in it that could be called a page") from error
    if root is None:
        raise Unreadable("nothing in it that could be called a page")
    return root


def _chosen(root: etree._Element, selectors: Sequence[str]) -> list[etree._Element]:
    """The parts of the page that an editor's selectors choose."""
    from bs4 import BeautifulSoup
    from soupsieve import SelectorSyntaxError

    page = BeautifulSoup(etree.tostring(root, encoding="unicode", method="html"), "lxml")
    try:
        parts = [str(part) for selector in selectors for part in page.select(selector)]
    except SelectorSyntaxError as error:
        raise Unreadable(f"a selector that cannot be read: {str(error).splitlines()[0]}") from error
    return [_parsed(part.encode(), "utf-8") for part in parts]
