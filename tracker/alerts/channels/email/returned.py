"""Mail that came back: what a report says of a message of ours. Pure: bytes in, a statement or nothing out.

A report of non-delivery is RFC 3464, a complaint is RFC 5965. Either carries the message it is about, or its headers,
and with them our Message-ID. Nobody who was not sent that message can know it, so a forged report has no effect.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message
from enum import StrEnum

LARGEST = 1_000_000
_PARTS = 50
_ID = re.compile(r"<[0-9a-f-]{36}@[A-Za-z0-9.-]{1,253}>")


class Report(StrEnum):
    """What the report says."""

    FAILED = "failed"
    COMPLAINED = "complained"


@dataclass(frozen=True)
class Returned:
    """A report about one message of ours. `why` is one line of the other side's, or empty."""

    report: Report
    message_id: str
    why: str = ""


def read(raw: bytes) -> Returned | None:
    """What the message reports. None for anything that is no report, or of a delay, or about no message of ours."""
    if len(raw) > LARGEST:
        return None
    message = message_from_bytes(raw, policy=policy.compat32)
    parts = list(_parts(message))
    report = _report(parts)
    message_id = _our_id(parts)
    if report is None or not message_id:
        return None
    return Returned(report[0], message_id, report[1])


def _parts(message: Message) -> Iterator[Message]:
    """The message and what is in it, the first fifty: a bomb of nested parts is no report."""
    for number, part in enumerate(message.walk()):
        if number >= _PARTS:
            return
        yield part


def _report(parts: list[Message]) -> tuple[Report, str] | None:
    for part in parts:
        if part.get_content_type() == "message/feedback-report":
            kind = _fields(part).get("feedback-type", "")
            return (Report.COMPLAINED, kind) if kind == "abuse" else None
        if part.get_content_type() == "message/delivery-status":
            fields = _fields(part)
            if fields.get("action") == "failed" and fields.get("status", "5").startswith("5"):
                return Report.FAILED, fields.get("diagnostic-code", fields.get("status", ""))[:200]
            return None
    return None


def _fields(part: Message) -> dict[str, str]:
    """The fields of a report, of all its blocks; the last one of a name counts, which is the receiver's."""
    blocks = part.get_payload()
    found = {}
    for block in blocks if isinstance(blocks, list) else [part]:
        text = str(blocks) if block is part or isinstance(block, str) else block.as_string()
        for line in text.splitlines():
            name, colon, value = line.partition(":")
            if colon and not line[:1].isspace():
                found[name.strip().lower()] = " ".join(value.split()).replace("\0", "")
    for name in ("action", "feedback-type"):
        if name in found:
            found[name] = found[name].lower()
    return found


def _our_id(parts: list[Message]) -> str:
    """The Message-ID of the message that came back, if it has the form that ours have."""
    for part in parts[1:]:
        header = str(part.get("Message-ID", ""))
        if part.get_content_type() == "text/rfc822-headers":
            body = part.get_payload(decode=True)
            header = body.decode("ascii", "replace") if isinstance(body, bytes) else ""
        if found := _ID.search(header):
            return found.group()
    return ""
