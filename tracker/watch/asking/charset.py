"""In which charset a body is written: what the bytes, the header and the page say, in that order, then
detection.
"""

import codecs
import re
from email.message import Message

from charset_normalizer import from_bytes

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_SAMPLE = 64 * 1024
# The encoding standard reads these labels as windows-1252, because pages that say so mean it.
_WINDOWS = {"iso8859-1", "ascii", "latin-1"}
# Python's own, which no browser reads: they fail on odd bytes, or make halves of characters.
_NOT_OF_PAGES = {"idna", "punycode", "utf-7", "unicode-escape", "raw-unicode-escape"}


def _known(name: str) -> str | None:
    try:
        found = codecs.lookup(name.strip().strip("\"'")).name
        "".encode(found)
    except (LookupError, ValueError):
        return None
    if found in _NOT_OF_PAGES:
        return None
    return "windows-1252" if found in _WINDOWS else found


def of_header(content_type: str) -> str | None:
    """The charset that a Content-Type header names, if Python knows it."""
    message = Message()
    message["Content-Type"] = content_type
    named = message.get_content_charset()
    return _known(named) if named else None


def of(body: bytes, content_type: str = "") -> str:
    """The charset of `body`, always one that can be decoded: byte order mark, header, meta, detection,
    utf-8.
    """
    for mark, name in _MARKS:
        if body.startswith(mark):
            return name
    if (named := of_header(content_type)) is not None:
        return named
    if (meta := _META.search(body[:4096])) is not None:
        named = _known(meta.group(1).decode("ascii", "replace"))
        # A page whose meta can be read as ASCII is not UTF-16, whatever it says.
        if named is not None and not named.startswith("utf-16"):
            return named
    return _detected(body)


def _detected(body: bytes) -> str:
    sample = body[:_SAMPLE]
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        best = from_bytes(sample).best()
        return (best and _known(best.encoding)) or "windows-1252"
    return "utf-8"


def decode(body: bytes, name: str) -> str:
    """`body` as text. Bytes that do not fit become U+FFFD: a wrong charset is never a reason to lose a
    page.
    """
    return body.decode(name, "replace")
