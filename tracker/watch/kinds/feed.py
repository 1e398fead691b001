"""Feeds: RSS and Atom through feedparser, JSON Feed."""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Any

import feedparser

from tracker.watch.kinds import json_feed
from tracker.watch.kinds.days import day_in
from tracker.watch.kinds.entries import MOST_ENTRIES, Entry, Unreadable, refuse_too_large
from tracker.watch.kinds.identities import distinct
from tracker.watch.kinds.links import followable, key_of
from tracker.watch.kinds.text import Shape, decoded, text_of, title_of

# feedparser reads broken XML with regular expressions, which take their time.
_MOST_BROKEN_BYTES = 600_000
_ROOTS = frozenset({"rss", "feed", "rdf", "channel"})
_OTHERS = {"html": "a web page", "urlset": "a sitemap", "sitemapindex": "a sitemap", "opml": "a list of feeds (OPML)"}


def entries(
    body: bytes, *, content_type: str, charset: str, url: str, selectors: Sequence[str] = ()
) -> tuple[Entry, ...]:
    """What the feed at `url` names, in its order, at most MOST_ENTRIES. Raises Unreadable. `selectors` mean nothing."""
    refuse_too_large(body)
    text = decoded(body, charset)
    if text.lstrip()[:1] in ("{", "["):
        return json_feed.entries(text, url=url)
    data = text.encode()
    shape = Shape(data, counted=frozenset({"item", "entry"}), most=MOST_ENTRIES)
    _refuse_what_is_no_feed(text, shape)
    # Bytes would be taken for the name of a file to open; a stream is only read.
    parsed = feedparser.parse(  # type: ignore[attr-defined, no-untyped-call]
        io.BytesIO(shape.cut or data),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
        resolve_relative_uris=False,
        sanitize_html=False,  # what it would clean, `blocks_of` reads
    )
    if not parsed.entries and (shape.broken or not parsed.version):
        raise Unreadable(shape.broken or "not a feed")
    return distinct(_entry(found, url) for found in parsed.entries[:MOST_ENTRIES])


def _refuse_what_is_no_feed(text: str, shape: Shape) -> None:
    root = shape.root.rpartition(":")[2].lower()
    start = text.lstrip()[:200].lower()
    if root in _OTHERS or start.startswith(("<!doctype html", "<html")):
        raise Unreadable(f"not a feed but {_OTHERS.get(root, 'a web page')}")
    if not start.startswith("<"):
        raise Unreadable("not a feed: neither XML nor JSON")
    if root not in _ROOTS:
        raise Unreadable(shape.broken or f"not a feed but XML that begins with <{root[:40]}>")
    if shape.broken and len(text) > _MOST_BROKEN_BYTES:
        raise Unreadable(f"{shape.broken}; too large to be read all the same")


def _entry(found: Mapping[str, Any], url: str) -> Entry:
    link = followable(_word(found, "link"), url)
    title = title_of(_word(found, "title"))
    content = found.get("content") or ()
    value = max((str(part.get("value", "")) for part in content), key=len, default="") or _word(found, "summary")
    return Entry(
        key=key_of(_word(found, "id"), link, title),
        link=link,
        title=title,
        text=text_of(value),
        published=_day(found, "published") or _day(found, "updated"),
    )


def _word(found: Mapping[str, Any], name: str) -> str:
    value = found.get(name)
    return value if isinstance(value, str) else ""


def _day(found: Mapping[str, Any], name: str) -> date | None:
    """The day as the publisher wrote it: the evening of the 9th in Seattle is not yet the 10th."""
    written = _word(found, name)
    if (day := day_in(written)) is not None:
        return day
    try:
        return parsedate_to_datetime(written).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    parsed = found.get(f"{name}_parsed")
    return date(*parsed[:3]) if parsed and 1990 <= parsed[0] <= 2100 else None
