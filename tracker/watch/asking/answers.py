"""What one fetch may cost, and what came of it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import Any

from tracker.watch.asking import charset as charsets


@dataclass(frozen=True)
class Limits:
    """How much one fetch may cost, redirects and robots.txt included."""

    seconds: float = 30.0
    compressed_bytes: int = 10_000_000
    bytes: int = 20_000_000
    header_bytes: int = 64_000
    redirects: int = 5
    # How long to stand in line for a host before giving the turn back (Wait).
    patience: float = 5.0


USUAL = Limits()
ONE_SHOT = Limits(seconds=15, redirects=0)


@dataclass(frozen=True)
class Hop:
    """A redirect on the way: the address that was asked, and its answer without the body."""

    url: str
    status: int
    headers: Mapping[str, str]

    @property
    def is_for_good(self) -> bool:
        """Whether the server says that the page has moved, not only that it is elsewhere just now (RFC 9110)."""
        return self.status in (301, 308)


@dataclass(frozen=True)
class Fetched:
    """An answer, complete, with what is needed to ask again politely. `etag` and `last_modified` are
    verbatim.
    """

    url: str
    final_url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    fetched_at: datetime
    etag: str = ""
    last_modified: str = ""
    content_type: str = ""
    charset: str = "utf-8"
    hops: tuple[Hop, ...] = ()
    seconds: float = 0.0

    @property
    def not_modified(self) -> bool:
        """Whether the server says that what we have is still what it has."""
        return self.status == 304

    @cached_property
    def body_sha256(self) -> str:
        """The hash of the body, by which it is stored."""
        return hashlib.sha256(self.body).hexdigest()

    @property
    def text(self) -> str:
        """The body as text."""
        return charsets.decode(self.body, self.charset)

    @property
    def moved_to(self) -> str:
        """The new address, when every redirect on the way says that the move is for good; else empty."""
        return self.final_url if self.hops and all(hop.is_for_good for hop in self.hops) else ""

    def hops_as_json(self) -> list[dict[str, Any]]:
        """The redirects on the way, as a snapshot keeps them."""
        return [{"url": hop.url, "status": hop.status, "headers": dict(hop.headers)} for hop in self.hops]

    @property
    def retry_after(self) -> float | None:
        """Seconds for which it asks to be left alone (RFC 9110, 10.2.3: seconds or a date), if it does."""
        said = self.headers.get("retry-after", "").strip()
        if said.isascii() and said.isdigit():
            return float(said[:9])
        try:
            when = parsedate_to_datetime(said)
        except ValueError:
            return None
        wait = ((when if when.tzinfo else when.replace(tzinfo=UTC)) - self.fetched_at).total_seconds()
        return wait if wait > 0 else None
