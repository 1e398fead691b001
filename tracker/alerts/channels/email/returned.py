"""Reading what a mail server returns: reports that a message could not be delivered (RFC 3464), complaints (RFC 5965).

Whoever knows the address for it can send anything here. So only the Message-ID of a mail that we sent, which nobody
can guess, is believed, and what is too large or too deep is not read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.message import Message

LARGEST = 1_000_000
_PARTS = 40  # a report has some ten; hundreds inside each other would keep the parser busy, or exhaust it
_OURS = re.compile(r"<[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}@[\w.:-]{1,253}>", re.ASCII)
_IDS = 10


@dataclass(frozen=True)
class Returned:
    """What a report says. `message_ids`: which message it may be about, the likeliest first."""

    message_ids: tuple[str, ...]
    complaint: bool
    permanent: bool
    why: str


def read(raw: bytes) -> Returned | None:
    """What a message says of one of ours; None if it is no report, or one of delay or success, or names no message."""
    if len(raw) > LARGEST or raw.lower().count(b"content-type") > _PARTS:
        return None
    message = message_from_bytes(raw)
    parts = list(message.walk())
    ids = tuple(dict.fromkeys(_ids(message, parts)))[:_IDS]
    said = next(filter(None, map(_said, parts)), None)
    return Returned(ids, *said) if said and ids else None


def _said(part: Message) -> tuple[bool, bool, str] | None:
    """What a part for machines says: whether it is a complaint, whether it is for good, and why."""
    kind = part.get_content_type()
    if kind == "message/feedback-report":
        fields = next(_blocks(part), Message())
        return (True, True, "abuse") if _field(fields, "Feedback-Type").lower() == "abuse" else None
    if kind != "message/delivery-status":
        return None
    failed = [block for block in _blocks(part) if _field(block, "Action").lower() == "failed"]
    if not failed:
        return None
    permanent = [block for block in failed if _field(block, "Status").startswith("5.")]
    block = (permanent or failed)[0]
    return False, bool(permanent), f"{_field(block, 'Status')} {_field(block, 'Diagnostic-Code')}".strip()


def _blocks(part: Message) -> Iterator[Message]:
    """The groups of fields of a part for machines, as the parser leaves them: as messages of headers alone."""
    content = part.get_payload()
    if isinstance(content, list):
        yield from (block for block in content if isinstance(block, Message))


def _ids(message: Message, parts: list[Message]) -> Iterator[str]:
    """Message-IDs such as we give, from the returned message or its headers, else from what the report answers."""
    for part in parts:
        if part.get_content_type() == "message/rfc822":
            for original in _blocks(part):
                yield from _OURS.findall(_field(original, "Message-ID"))
        elif part.get_content_type() == "text/rfc822-headers":
            headers = part.get_payload(decode=True)
            text = headers.decode(errors="replace") if isinstance(headers, bytes) else ""
            yield from _OURS.findall(_field(message_from_string(text), "Message-ID"))
    for name in ("In-Reply-To", "References"):
        yield from reversed(_OURS.findall(_field(message, name)))


def _field(fields: Message, name: str) -> str:
    """A field without its folds; empty if it is not there."""
    return " ".join(str(fields.get(name, "")).split())
