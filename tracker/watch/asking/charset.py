"""In which charset a body is written: what the bytes, the header and the page say, in that order, then
detection. A label that the bytes themselves disprove is passed over: a server whose configuration slips must not make
every accented word of a page look new.
"""

import codecs
import re
from email.message import Message

from charset_normalizer import from_bytes

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_SAMPLE = 64 * 1024
_BEYOND_ASCII = re.compile("[^\x00-\x7f]+")
# In a charset of one byte a character, no text happens to be UTF-8; in the others a word or two may.
_OF_ONE_BYTE = ("windows-", "cp125", "iso8859", "koi8", "mac-")
_BY_CHANCE = 3
# Of so many bytes fewer than one beyond ASCII: detection guesses wildly, and what browsers take is right most often.
_TOO_FEW = 50
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
    if (named := of_header(content_type)) is not None and _may_be(named, body):
        return named
    if (meta := _META.search(body[:4096])) is not None:
        named = _known(meta.group(1).decode("ascii", "replace"))
        # A page whose meta can be read as ASCII is not UTF-16, whatever it says.
        if named is not None and not named.startswith("utf-16") and _may_be(named, body):
            return named
    return _detected(body)


def _may_be(named: str, body: bytes) -> bool:
    """Whether the bytes may be written in the charset of this name: they are not when they say plainly another."""
    if named.startswith(("utf-16", "utf-32")):
        return b"\0" in body  # every tag and every space of such a page holds one
    found, odd = _as_utf8(body)
    if named in ("utf-8", "utf-8-sig"):
        return odd <= found  # a stray byte is a mistake in a page of UTF-8, many are another charset
    enough = 1 if named.startswith(_OF_ONE_BYTE) else _BY_CHANCE
    return bool(odd) or found < enough


def _as_utf8(body: bytes) -> tuple[int, int]:
    """How many characters beyond ASCII these bytes hold as UTF-8, and how many bytes that are none."""
    if body.isascii():
        return 0, 0
    text = body.decode("utf-8", "replace")
    said = body.count("\ufffd".encode())
    odd = text.count("\ufffd") - said
    return sum(map(len, _BEYOND_ASCII.findall(text))) - odd, odd


def _detected(body: bytes) -> str:
    sample = body[:_SAMPLE]
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        if sum(byte > 0x7F for byte in sample) * _TOO_FEW < len(sample):
            return "windows-1252"
        best = from_bytes(sample).best()
        return (best and _known(best.encoding)) or "windows-1252"
    return "utf-8"


def decode(body: bytes, name: str) -> str:
    """`body` as text. Bytes that do not fit become U+FFFD: a wrong charset is never a reason to lose a
    page.
    """
    return body.decode(name, "replace")
