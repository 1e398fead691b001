"""Web addresses as they stand in cells: which page is meant, without what readers' and spreadsheets' tools added."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from tracker.evidence.urls import TRACKING, normalise
from tracker.imports.written.text import visible

_HTTP = re.compile(r"https?://", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,;|]+(?=https?://)|\s+", re.IGNORECASE)
_AROUND = "<>\"“”'"
_CODED = tuple((rf"%{'25' * times}3F", rf"%{'25' * times}26", rf"%{'25' * times}3D") for times in range(3))
_LEVELS = ((r"\?", r"(?:&amp;|&)(?:amp;)?", "="), *_CODED)
"""What begins the parameters, parts them and stands before their values: plainly, and encoded once to three times."""
_TRACKERS = tuple(
    (
        re.compile(rf"({first}){TRACKING}{equals}(?:(?!{among})[^&#])*{among}", re.IGNORECASE),
        re.compile(rf"(?:{first}|{among}){TRACKING}{equals}(?:(?!{among})[^&#])*", re.IGNORECASE),
    )
    for first, among, equals in _LEVELS
)
_GOOGLE_AMP = re.compile(r"https?://(?:www\.)?google\.[a-z.]+/amp/(s/)?(?=[^/]+\.)", re.IGNORECASE)
_CACHED_AMP = re.compile(r"https?://[\w-]+\.cdn\.ampproject\.org/[a-z]/(s/)?(?=[^/]+\.)", re.IGNORECASE)
_AMP_END = re.compile(r"(?<=[^/])/amp/?$|(?<=[^/])\.amp(?=(\.html?)?$)", re.IGNORECASE)
_AMP_ASKED = re.compile(r"(?:^|&)(?:amp(?:=1|=true)?|outputType=amp|_amp=(?:1|true))(?=&|$)", re.IGNORECASE)
_MAP = re.compile(r"https?://((www\.)?google\.[a-z.]+/maps|maps\.google\.[a-z.]+/)", re.IGNORECASE)
_OWN_MAP = re.compile(r"/maps/d/(?:u/\d+/)?(?:viewer|edit|embed)$")
_NEAREST = 22
"""The nearest that Google's maps come: a greater z= was made by dragging a cell down its column."""
_NEARNESS = re.compile(r"(?:^|&)z=(\d{1,6})(?=&|$)")


def link(raw: str) -> str:
    """The address of the one page that a cell names, to be followed: scheme and fragment stay as they were written.

    `tracker.evidence.urls.normalise` then tells whether two of them are one page. Raises ValueError, saying why, for
    what is no http(s) address, and for a cell that holds several (`links` gives them all).
    """
    found = links(raw)
    if len(found) != 1:
        raise ValueError(f"the cell has {len(found)} addresses in it" if found else "the cell is empty")
    return found[0]


def links(raw: str) -> tuple[str, ...]:
    """The addresses in a cell, each once. Raises ValueError, saying why, if anything else stands in it.

    A space within an address and two addresses in one cell look alike: it is two only if each begins with http.
    """
    seen = visible(raw)
    parts = [part.strip(_AROUND) for part in _BETWEEN.split(seen)]
    if len(parts) > 1 and not all(map(_HTTP.match, parts)):
        parts = [seen]
    return tuple(dict.fromkeys(_page(part) for part in parts if part))


def _page(written: str) -> str:
    if not _HTTP.match(written):
        raise ValueError(f"“{written[:80]}” is not an http or https address")
    normalise(written)  # says what else is wrong with it
    address = written
    while (less := _cleaned(address)) != address:  # a copy of a copy, and what was added to it
        address = less
    normalise(address)
    return address


def _cleaned(address: str) -> str:
    page = _without_amp(_untracked(address))
    return _map(page) if _MAP.match(page) else page


def _untracked(address: str) -> str:
    """Without the parameters that say where a reader came from, however often they were encoded."""
    for first, any_place in _TRACKERS:
        while (less := first.sub(r"\1", address)) != address:
            address = less
        address = any_place.sub("", address)
    return address


def _without_amp(address: str) -> str:
    """The page itself in place of its copy for telephones, where the address says which page that is."""
    for copy in (_GOOGLE_AMP, _CACHED_AMP):
        address = copy.sub(lambda found: "https://" if found[1] else "http://", address)
    parts = urlsplit(address)
    query = _AMP_ASKED.sub("", parts.query).lstrip("&")
    # A page at the root that is called /amp may be about AMP; below another it is that one's copy.
    return urlunsplit(parts._replace(path=_AMP_END.sub("", parts.path), query=query))


def _map(address: str) -> str:
    """A map that somebody made, without who looks at which part of it; any other without a z= that no map has."""
    parts = urlsplit(address)
    made = dict(parse_qsl(parts.query)).get("mid")
    if made and _OWN_MAP.match(parts.path):
        return urlunsplit(parts._replace(path="/maps/d/viewer", query=urlencode({"mid": made}), fragment=""))
    query = _NEARNESS.sub(lambda found: "" if int(found[1]) > _NEAREST else found[0], parts.query).lstrip("&")
    return urlunsplit(parts._replace(query=query))
