"""Which addresses (URLs) we would ask at all. Pure."""

import re
from functools import lru_cache
from urllib.parse import urlsplit, urlunsplit

from tracker.watch.asking.outcomes import Refused

# Not a place where pages live: a request there could speak to a mail or database server.
LOWEST_FREE_PORT = 1024
WEB_PORTS = frozenset({80, 443})
# RFC 1035, 2.3.4. The resolver would raise UnicodeError for anything else. An IPv6 address is one part here.
_LABELS = re.compile(r"[^.]{1,63}(?:\.[^.]{1,63})*")


@lru_cache(maxsize=1024)
def checked(url: str) -> str:
    """`url` without its fragment, if it is one we would ask at all. Raises Refused with the reason
    otherwise.
    """
    try:
        url.encode()  # half a character (a lone surrogate) can be sent to nobody
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise Refused(url, f"not an address: {error}") from error
    if parts.scheme not in ("http", "https"):
        raise Refused(url, f"only http and https, not “{parts.scheme}”")
    if not parts.hostname:
        raise Refused(url, "an address without a host")
    if parts.hostname.isascii() and not _LABELS.fullmatch(parts.hostname.removesuffix(".")):
        raise Refused(url, "a part of its host is empty or longer than 63 characters")
    if "@" in parts.netloc:
        raise Refused(url, "an address with a name or password in it")
    if port is not None and port not in WEB_PORTS and port < LOWEST_FREE_PORT:
        raise Refused(url, f"port {port} is not one where pages live")
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", parts.query, ""))


def host_of(url: str) -> str:
    """The host and port that `url` asks, which is what a pause is kept for."""
    return urlsplit(url).netloc
