"""JSON Feed 1 and 1.1, which feedparser does not read."""

import json
from collections.abc import Mapping
from typing import Any

from tracker.watch.kinds.days import day_in
from tracker.watch.kinds.entries import LONGEST_TEXT, MOST_ENTRIES, Entry, Unreadable
from tracker.watch.kinds.identities import distinct
from tracker.watch.kinds.links import followable, key_of
from tracker.watch.kinds.text import text_of, title_of


def entries(text: str, *, url: str) -> tuple[Entry, ...]:
    """What the JSON Feed at `url` names, in its order. Raises Unreadable."""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable("broken JSON") from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or "jsonfeed.org" not in str(feed.get("version", "")):
        raise Unreadable("JSON, but not a JSON Feed")
    return distinct(_entry(item, url) for item in items[:MOST_ENTRIES] if isinstance(item, dict))


def _entry(item: Mapping[str, Any], url: str) -> Entry:
    link = followable(_word(item, "url") or _word(item, "external_url"), url)
    title = title_of(_word(item, "title"))
    plain = _word(item, "content_text")
    rich = _word(item, "content_html") or ("" if plain else _word(item, "summary"))
    return Entry(
        key=key_of(str(item.get("id") or ""), link, title),
        link=link,
        title=title,
        text=text_of(rich) if rich else "\n\n".join(part.strip() for part in plain.split("\n\n"))[:LONGEST_TEXT],
        published=day_in(_word(item, "date_published")) or day_in(_word(item, "date_modified")),
    )


def _word(item: Mapping[str, Any], name: str) -> str:
    value = item.get(name)
    return value.encode("utf-8", "replace").decode().replace("\0", " ") if isinstance(value, str) else ""
