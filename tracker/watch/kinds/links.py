"""The addresses that an entry names: which can be followed, and which two are the same."""

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from tracker.evidence.urls import MAX_LENGTH, normalise

# Beside what `normalise` leaves out: sessions, cache busters, and where a reader came from.
_PASSING = re.compile(
    r"(?:phpsessid|jsessionid|aspsessionid\w*|sid|session_?id|sess|cfid|cftoken|_g[al]|mkt_tok|_hs\w+|hscta\w*|trk\w*|spm"
    r"|at_\w+|pk_\w+|mtm_\w+|wt\.\w+|yclid|twclid|li_fat_id|vero_id|oly_\w+|cb|cachebust\w*|nocache|_)$",
    re.IGNORECASE,
)
_CAME_FROM = re.compile(r"(?:ref|referrer|referer|source|src|from|campaign|cid)$", re.IGNORECASE)
_SESSION_IN_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#]*", re.IGNORECASE)
_BLANK = re.compile(r"[\t\n\r]")


def followable(href: str, base: str) -> str:
    """`href` as found at `base`, absolute; empty unless it is http(s), without credentials, and not over-long."""
    href = _BLANK.sub("", href).strip()
    if not href:
        return ""
    try:
        link = urljoin(base, href)
        parts = urlsplit(link)
        bad = parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc or parts.port == 0
        link.encode()
    except ValueError:
        return ""
    if bad or len(link) > MAX_LENGTH:
        return ""
    return link.replace(" ", "%20")


def identity(link: str) -> str:
    """The form in which two links to the same thing are equal; empty for what is no address."""
    try:
        parts = urlsplit(normalise(_SESSION_IN_PATH.sub("", link)))
    except (ValueError, UnicodeError):
        return ""
    query = sorted(pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _is_passing(*pair))
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(query), ""))


def key_of(given: str, link: str, title: str) -> str:
    """The identity of an entry: the id its publisher gave it, else its link, else its title."""
    given = " ".join(given.split())
    # Some give all their entries one address with a fragment for each.
    return (given if "#" in given else identity(given) or given) or identity(link) or title


def _is_passing(name: str, value: str) -> bool:
    # "ref=rss" says where a reader came from; "ref=20417" may be all that tells two releases apart.
    return bool(_PASSING.match(name)) or (
        bool(_CAME_FROM.match(name)) and not any(sign.isdigit() for sign in value[:8])
    )


def site_of(link: str) -> str:
    """The part of its host that one owner has: two labels, or three under the likes of co.uk."""
    labels = (urlsplit(link).hostname or "").rstrip(".").split(".")
    short = len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3
    return ".".join(labels[-3 if short else -2 :])
