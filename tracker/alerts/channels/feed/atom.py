"""A feed as Atom (RFC 4287), by Django's own writer, which escapes what it is given."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.feedgenerator import Atom1Feed

from tracker.alerts.channels.feed.entries import About, Entry

CONTENT_TYPE = Atom1Feed.content_type


class _Atom(Atom1Feed):
    def latest_post_date(self) -> datetime:
        """The newest entry's time; of an empty feed a given one, so that it is not a new feed at every moment."""
        latest: datetime = super().latest_post_date() if self.items else self.feed["empty_since"]
        return latest


def write(about: About, entries: Sequence[Entry]) -> str:
    """The whole document."""
    feed = _Atom(
        about.title,
        about.page,
        description=None,
        language="en",
        author_name="Watchback",
        feed_url=about.address,
        feed_guid=about.id,
        feed_copyright="CC BY 4.0",
        empty_since=about.empty_since,
    )
    for entry in entries:
        feed.add_item(
            entry.title,
            entry.page,
            entry.html,
            unique_id=entry.id,
            pubdate=entry.published,
            updateddate=entry.updated,
        )
    return str(feed.writeString("utf-8"))
