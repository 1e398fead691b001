"""Web addresses: which two are the same page. Pure Python."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

# Parameters that say where a reader came from and never what the page is.
TRACKING = r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|ref_src|cmpid|ncid|smid)"
_TRACKING = re.compile(rf"{TRACKING}$", re.IGNORECASE)
_DEFAULT_PORTS = {"http": 80, "https": 443}
MAX_LENGTH = 2_000


def normalise(url: str) -> str:
    """The form under which an address is known once: https, lower-case host, no fragment, no tracking parameters.

    Raises ValueError, saying why, for what is not an absolute http(s) address without credentials.
    """
    url = url.strip()
    if len(url) > MAX_LENGTH:
        raise ValueError(f"the address has {len(url)} characters; at most {MAX_LENGTH} are kept")
    if any(ord(character) < 33 for character in url):
        raise ValueError("the address has a space or a control character in it")
    parts = urlsplit(url)
    if parts.scheme.lower() not in _DEFAULT_PORTS or not parts.hostname:
        raise ValueError(f"“{url[:80]}” is not an http or https address")
    if parts.username is not None or parts.password is not None:
        raise ValueError("the address has a user name or password in it")
    host = (
        parts.hostname.rstrip(".").encode("idna").decode()
        if not parts.hostname.isascii()
        else parts.hostname.rstrip(".")
    )
    port = parts.port
    netloc = host if port in (None, _DEFAULT_PORTS[parts.scheme.lower()]) else f"{host}:{port}"
    if ":" in host:
        netloc = netloc.replace(host, f"[{host}]", 1)
    query = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(key)]
    return urlunsplit(("https", netloc, parts.path.rstrip("/") or "/", urlencode(query), ""))
