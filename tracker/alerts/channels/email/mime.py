"""A letter as the bytes that go over the wire. Python's own e-mail package takes a millisecond a message for this."""

from binascii import b2a_qp
from email.header import Header
from email.utils import formatdate
from uuid import uuid4

from tracker.alerts.channels.email.letter import Gaps, Letter
from tracker.alerts.messages import from_header


class Envelope:
    """What is the same in every copy of a letter: the headers that name no receiver, and the frame of its parts."""

    def __init__(self, letter: Letter, timestamp: float) -> None:
        self._letter = letter
        boundary = f"=_{uuid4().hex}"
        self._head = _ascii(
            f"Subject: {_header(letter.subject)}",
            f"From: {from_header()}",
            f"Date: {formatdate(timestamp)}",
            "MIME-Version: 1.0",
            "Auto-Submitted: auto-generated",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
            f'Content-Type: multipart/alternative; boundary="{boundary}"',
        )
        self._text, self._html = (
            _ascii(
                f"--{boundary}",
                f'Content-Type: text/{kind}; charset="utf-8"',
                "Content-Transfer-Encoding: quoted-printable",
                "",
            )
            for kind in ("plain", "html")
        )
        self._end = _ascii(f"--{boundary}--")

    def copy(self, address: str, message_id: str, gaps: Gaps) -> bytes:
        """The message for one receiver. The address has been checked: it is ASCII and has no space in it."""
        headers = _ascii(f"To: {address}", f"Message-ID: {message_id}", f"List-Unsubscribe: <{gaps.unsubscribe}>")
        text = _quoted(self._letter.text(gaps))
        html = _quoted(self._letter.html(gaps))
        return b"".join((headers, self._head, b"\r\n", self._text, text, b"\r\n", self._html, html, b"\r\n", self._end))


def _quoted(text: str) -> bytes:
    """Quoted-printable (RFC 2045, 6.7) with the line ends of mail.

    A lone CR, which a title may hold, ends a line like any other: over the wire some servers would take it for an end,
    and some not.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = "\r\n".join(line.rstrip() for line in plain.split("\n"))
    return b2a_qp(lines.encode(), istext=True)


def _header(text: str) -> str:
    """An unstructured header's text (RFC 2047), folded."""
    return Header(text, "ascii" if text.isascii() else "utf-8", 76, "Subject").encode(linesep="\r\n")


def _ascii(*lines: str) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")
