"""robots.txt (RFC 9309), read through protego and kept for at most a day."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from urllib.parse import urlsplit

from django.core.cache import cache
from protego import Protego
from redis.exceptions import RedisError

KEPT_SECONDS = 24 * 3600
UNREACHABLE_KEPT_SECONDS = 10 * 60
# RFC 9309, 2.5: at least 500 kibibytes must be parsed; what comes after may be ignored.
PARSED_BYTES = 500 * 1024
LONGEST_CRAWL_DELAY = 60.0
# Read rules are kept in memory for as long as a round of checks lasts, and of so many sites.
_AT_HAND_SECONDS = 10 * 60
_AT_HAND = 1_000

Read = Callable[[str], tuple[int, bytes]]
_UNREACHABLE = "unreachable: "


@dataclass(frozen=True)
class Rules:
    """What one site's robots.txt says to us about one address."""

    allowed: bool
    delay: float | None = None


class RulesUnreachable(Exception):
    """The site cannot say what it allows, so nothing is allowed until it can (RFC 9309, 2.3.1.4). `why` it cannot."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def address_of(url: str) -> str:
    """Where the robots.txt that governs `url` is."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"


class RuleBook:
    """The rules of the sites that one worker is asking; shared with the other workers through Redis."""

    def __init__(self) -> None:
        self._at_hand: dict[str, tuple[float, Protego | None]] = {}

    def rules_for(self, url: str, *, agent: str, read: Read) -> Rules:
        """The rules for `url`. `read` fetches a robots.txt: its status and body; it raises RulesUnreachable.

        Raises RulesUnreachable when the site is unreachable, too slow, or answers with a server error.
        """
        rules = self._of(address_of(url), read)
        if rules is None:
            return Rules(allowed=True)
        delay = rules.crawl_delay(agent)
        return Rules(rules.can_fetch(url, agent), None if delay is None else min(float(delay), LONGEST_CRAWL_DELAY))

    def _of(self, place: str, read: Read) -> Protego | None:
        until, rules = self._at_hand.get(place, (0.0, None))
        if monotonic() < until:
            return rules
        text = _kept(place)
        if text is None:
            text = _fresh(place, read)
        rules = Protego.parse(text) if text else None
        if len(self._at_hand) >= _AT_HAND:
            self._at_hand.clear()
        self._at_hand[place] = (monotonic() + _AT_HAND_SECONDS, rules)
        return rules


def _kept(place: str) -> str | None:
    try:
        kept = cache.get(f"robots:{place}")
    except RedisError:
        return None
    if not isinstance(kept, str):
        return None
    if kept.startswith(_UNREACHABLE):
        raise RulesUnreachable(kept.removeprefix(_UNREACHABLE))
    return kept[1:]


def _fresh(place: str, read: Read) -> str:
    try:
        status, body = read(place)
        if status >= 500 or status == 429:
            raise RulesUnreachable(f"the site answers {status}")
    except RulesUnreachable as unreachable:
        _keep(place, _UNREACHABLE + unreachable.why, UNREACHABLE_KEPT_SECONDS)
        raise
    text = body[:PARSED_BYTES].decode("utf-8", "replace").lstrip("\ufeff") if status < 300 else ""
    _keep(place, "=" + text, KEPT_SECONDS)
    return text


def _keep(place: str, text: str, seconds: int) -> None:
    try:
        cache.set(f"robots:{place}", text, seconds)
    except RedisError:
        # Without the cache the file is read again next time; the answer stays the same.
        return
