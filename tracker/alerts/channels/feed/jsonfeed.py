"""A feed as JSON Feed 1.1 (https://jsonfeed.org/version/1.1)."""

import json
from collections.abc import Sequence

from tracker.alerts.channels.feed.entries import About, Entry

CONTENT_TYPE = "application/feed+json; charset=utf-8"


def write(about: About, entries: Sequence[Entry]) -> str:
    """The whole document."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": about.title,
        "home_page_url": about.page,
        "feed_url": about.address,
        "language": "en",
        "authors": [{"name": "Watchback"}],
        "items": [
            {
                "id": entry.id,
                "url": entry.page,
                "title": entry.title,
                "content_html": entry.html,
                "date_published": entry.published.isoformat(),
                "date_modified": entry.updated.isoformat(),
            }
            for entry in entries
        ],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1)
