"""The text in an answer: which charset, which XML, which words."""

import re
from xml.parsers import expat

from lxml import etree, html

from tracker.watch.kinds.entries import LONGEST_TEXT, LONGEST_TITLE, Unreadable
from tracker.watch.reading.text import blocks_of

_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}?>")
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})[\"']")
_MARKUP = re.compile(r"<[a-zA-Z/!]|&[#\w]{2,10};")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
# An honest feed nests its elements some ten deep.
DEEPEST = 100


def decoded(body: bytes, charset: str) -> str:
    """`body` as text without an XML declaration. UTF-8 is believed first: nothing else looks like it by chance."""
    text = None
    for name in _charsets(body, charset):
        try:
            text = body.decode(name)
            break
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    if text is None:
        text = body.decode("utf-8", "replace")
    text = _CONTROL.sub(" ", text.encode("utf-8", "replace").decode()).lstrip("\ufeff")
    return _DECLARATION.sub("", text, count=1) if _DECLARATION.match(text) else text


def _charsets(body: bytes, charset: str) -> list[str]:
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ["utf-16"]
    if body[:4] in (b"<\0?\0", b"\0<\0?"):
        return ["utf-16-le" if body[:1] == b"<" else "utf-16-be"]
    declared = _DECLARED.match(body[:300].lstrip(b"\xef\xbb\xbf \r\n\t"))
    named = [declared.group(1).decode("ascii")] if declared else []
    # Bytes that are all ASCII are UTF-8, too, or one of those that shift by escape characters.
    return (
        [*named, charset, "utf-8"] if body.isascii() and b"\x1b" in body else ["utf-8-sig", *named, charset, "cp1252"]
    )


class Shape:
    """What an XML document is, before anything is made of it: one pass, which keeps only the open elements.

    Raises Unreadable for entities of its own and for nesting that no feed has. `broken` says where it stops being XML.
    """

    def __init__(self, data: bytes, *, counted: frozenset[str], most: int) -> None:
        self.root = ""
        self.broken = ""
        self.cut: bytes | None = None
        self._data, self._counted, self._most = data, counted, most
        self._open: list[str] = []
        self._found = 0
        self._parser = expat.ParserCreate("utf-8")
        self._parser.StartElementHandler = self._opens
        self._parser.EndElementHandler = self._closes
        self._parser.EntityDeclHandler = self._declares
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as error:
            self.broken = f"broken XML: {expat.ErrorString(error.code)}, line {error.lineno}"
        except _EnoughError:
            pass

    def _opens(self, name: str, attributes: dict[str, str]) -> None:
        self.root = self.root or name
        if name.rpartition(":")[2] in self._counted:
            self._found += 1
            if self._found > self._most:
                # The rest is left out: the newest entries of a feed come first.
                ends = "".join(f"</{opened}>" for opened in reversed(self._open))
                self.cut = self._data[: self._parser.CurrentByteIndex] + ends.encode()
                raise _EnoughError
        self._open.append(name)
        if len(self._open) > DEEPEST:
            raise Unreadable(f"elements nested more than {DEEPEST} deep")

    def _closes(self, name: str) -> None:
        self._open.pop()

    def _declares(self, *declaration: object) -> None:
        raise Unreadable("it declares XML entities of its own, as no honest feed does")


class _EnoughError(Exception):
    """As many entries as are read have been seen."""


def title_of(value: str) -> str:
    """A title as words on one line, whatever markup it was given with."""
    if _MARKUP.search(value):
        value = text_in(value)
    return " ".join(value.split())[:LONGEST_TITLE]


def text_of(value: str) -> str:
    """A summary or a content, HTML or plain, as paragraphs with an empty line between them."""
    if not value.strip():
        return ""
    blocks = blocks_of(value, "text/html" if _MARKUP.search(value) else "text/plain")
    return "\n\n".join(blocks)[:LONGEST_TEXT]


def text_in(fragment: str) -> str:
    """The text of a piece of HTML, without its blocks."""
    try:
        root = html.fromstring(f"<div>{_CONTROL.sub(' ', fragment)}</div>")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    return "".join(map(str, root.itertext()))
