"""What a feed, a sitemap or a listing names, and why one could not be read."""

from dataclasses import dataclass
from datetime import date

# Beyond these nothing is read. The door allows larger answers, for pages.
MOST_BYTES = 12_000_000
MOST_ENTRIES = 500
LONGEST_TITLE = 400
LONGEST_TEXT = 100_000


class Unreadable(Exception):
    """The answer is not what it should be. `reason` says why, in words for an editor."""

    def __init__(self, reason: str) -> None:
        # What a hostile answer puts into its reason must not keep the reason from being stored.
        self.reason = reason.replace("\0", "").encode(errors="replace").decode()[:300]
        super().__init__(self.reason)


@dataclass(frozen=True)
class Entry:
    """One thing that is named: an item of a feed, an address of a sitemap, a headline of a listing.

    `key` is its stable identity, `link` an absolute http(s) address or empty, `text` plain paragraphs with an empty
    line between them. `edited` is set by `news` alone: the entry is known, its words are new.
    """

    key: str
    link: str
    title: str
    text: str
    published: date | None
    edited: bool = False


def refuse_too_large(body: bytes, most: int = MOST_BYTES) -> None:
    """Raise Unreadable for more bytes than are read."""
    if len(body) > most:
        raise Unreadable(f"too large: {len(body):,} bytes, of which at most {most:,} are read")
    if not body.strip():
        raise Unreadable("an empty answer")
