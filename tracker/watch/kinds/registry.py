"""Which reader reads which kind of watch."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from tracker.watch.kinds import feed, listing, sitemap
from tracker.watch.kinds.entries import Entry


class Reader(Protocol):
    """Reads the entries out of an answer. Raises Unreadable."""

    def __call__(
        self, body: bytes, *, content_type: str, charset: str, url: str, selectors: Sequence[str] = ()
    ) -> tuple[Entry, ...]: ...


# By the words of Watch.kind. A page and a PDF are text of their own and name no entries.
READERS: Mapping[str, Reader] = {"feed": feed.entries, "sitemap": sitemap.entries, "listing": listing.entries}
