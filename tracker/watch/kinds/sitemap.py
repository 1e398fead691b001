"""Sitemaps: lists of addresses, indexes of such lists, plain-text ones, packed with gzip or not."""

import io
import zlib
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from lxml import etree

from tracker.watch.kinds.days import day_in
from tracker.watch.kinds.entries import Entry, Unreadable, refuse_too_large
from tracker.watch.kinds.identities import distinct
from tracker.watch.kinds.links import followable, identity
from tracker.watch.kinds.text import Shape, decoded, title_of

# The protocol's own limits are 50,000 addresses and 50 MB.
MOST_ADDRESSES = 50_000
_MOST_BYTES = 30_000_000
_GZIP = b"\x1f\x8b"
_NAMED = frozenset({"url", "sitemap"})


def entries(
    body: bytes, *, content_type: str, charset: str, url: str, selectors: Sequence[str] = ()
) -> tuple[Entry, ...]:
    """The addresses that a sitemap lists, or the sitemaps that an index lists, in its order. Raises Unreadable.

    A selector of a sitemap is how the path of what is wanted begins: "/newsroom/".
    """
    text = _text(body, charset)
    found = _in_xml(text, url) if text.lstrip().startswith("<") else _in_lines(text, url)
    wanted = tuple(selector for selector in selectors if selector.startswith("/"))
    return distinct(entry for entry in found if not wanted or urlsplit(entry.link).path.startswith(wanted))


def is_index(body: bytes, *, charset: str = "utf-8") -> bool:
    """Whether what is listed are sitemaps, to be read in their turn. Raises Unreadable."""
    text = _text(body, charset)
    # Its first entry ends the look: only what is around the entries is asked for.
    return text.lstrip().startswith("<") and _root(_shape(text, most=0)) == "sitemapindex"


def _text(body: bytes, charset: str) -> str:
    if body.startswith(_GZIP):
        body = _unpacked(body)
    refuse_too_large(body, _MOST_BYTES)
    return decoded(body, charset)


def _unpacked(body: bytes) -> bytes:
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        unpacked = inflate.decompress(body, _MOST_BYTES)
    except zlib.error as error:
        raise Unreadable(f"its gzip is broken: {error}") from error
    if inflate.unconsumed_tail:
        raise Unreadable(f"too large: more than {_MOST_BYTES:,} bytes after unpacking")
    return unpacked


def _shape(text: str, *, most: int = MOST_ADDRESSES) -> Shape:
    return Shape(text.encode(), counted=_NAMED, most=most)


def _root(shape: Shape) -> str:
    return shape.root.rpartition(":")[2].lower()


def _in_xml(text: str, url: str) -> Iterator[Entry]:
    shape = _shape(text)
    root = _root(shape)
    if root not in ("urlset", "sitemapindex"):
        others = {"html": "a web page", "rss": "a feed", "feed": "a feed"}
        what = others.get(root) or ("a web page" if text.lstrip()[:14].lower().startswith("<!doctype html") else "")
        raise Unreadable(f"not a sitemap but {what}" if what else shape.broken or f"not a sitemap but <{root[:40]}>")
    if shape.broken:
        raise Unreadable(shape.broken)
    data = shape.cut or text.encode()
    # huge_tree stays off: libxml2's own limits of depth and size hold.
    parsed = etree.iterparse(io.BytesIO(data), events=("end",), resolve_entities=False, no_network=True, load_dtd=False)
    try:
        for _, element in parsed:
            if etree.QName(element).localname in _NAMED:
                if (entry := _entry(element, url)) is not None:
                    yield entry
                element.clear()
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"broken XML: {error.msg}") from error


def _entry(element: etree._Element, url: str) -> Entry | None:
    said: dict[str, str] = {}
    for part in element.iter("*"):
        if part.text and part.text.strip():
            said.setdefault(etree.QName(part).localname, part.text.strip())
    link = followable(said.get("loc", ""), url)
    if not link:
        return None
    day = day_in(said.get("publication_date", "")) or day_in(said.get("lastmod", ""))
    return Entry(identity(link) or link, link, title_of(said.get("title", "")), "", day)


def _in_lines(text: str, url: str) -> Iterator[Entry]:
    lines = [line.strip() for line in text.splitlines()[:MOST_ADDRESSES] if line.strip()]
    links = [followable(line, url) if line.startswith("http") else "" for line in lines]
    if not all(links):
        raise Unreadable("not a sitemap: neither XML nor one address on each line")
    yield from (Entry(identity(link) or link, link, "", "", None) for link in links)
