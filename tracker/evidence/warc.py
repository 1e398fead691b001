"""Snapshots as a web archive (WARC 1.1, ISO 28500) that other tools replay.

Every redirect and every answer is a `response` record, with its status and headers as they came. What an answer's
bytes were packed in on the way (Content-Encoding, Transfer-Encoding) is undone, so those headers are kept under
another name. Bytes that stand in the file already are a `revisit` record.
"""

from base64 import b32encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha1
from http import HTTPStatus
from io import BytesIO
from typing import BinaryIO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tracker.evidence import bodies
from tracker.evidence.models import Snapshot

_UNDONE = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_SOFTWARE = "Watchback"


@dataclass
class Written:
    """How many records of each kind a file has, and which snapshots could not be written."""

    responses: int = 0
    revisits: int = 0
    damaged: int = 0


def write(
    file: BinaryIO, snapshots: Iterable[Snapshot], *, name: str, told: Callable[[int], None] = lambda number: None
) -> Written:
    """Write `snapshots` (with source and body) to `file`, compressed record by record. `told` hears the number done."""
    writer = WARCWriter(file, gzip=True, warc_version="1.1")
    info = {"software": _SOFTWARE, "format": "WARC File Format 1.1"}
    writer.write_record(writer.create_warcinfo_record(name, info))
    archive = _Archive(writer)
    for number, snapshot in enumerate(snapshots, 1):
        archive.add(snapshot)
        told(number)
    return archive.written


class _Archive:
    def __init__(self, writer: WARCWriter) -> None:
        self.writer = writer
        self.written = Written()
        self.first: dict[str, tuple[str, str]] = {}

    def add(self, snapshot: Snapshot) -> None:
        try:
            content = bodies.content_of(snapshot.body)
        except bodies.Damaged:
            self.written.damaged += 1
            return
        when = _stamp(snapshot.fetched_at)
        for hop in snapshot.hops:
            self._response(hop["url"], hop["status"], hop["headers"], b"", when)
        head = _head(snapshot.status, snapshot.headers, len(content))
        known = self.first.get(snapshot.body_id)
        if known is None:
            self.first[snapshot.body_id] = (snapshot.final_url, when)
            self._response(snapshot.final_url, snapshot.status, snapshot.headers, content, when)
            return
        record = self.writer.create_revisit_record(
            snapshot.final_url,
            digest=_sha1(content),
            refers_to_uri=known[0],
            refers_to_date=known[1],
            http_headers=head,
            warc_headers_dict={"WARC-Date": when},
        )
        self.writer.write_record(record)
        self.written.revisits += 1

    def _response(self, url: str, status: int, headers: Mapping[str, str], content: bytes, when: str) -> None:
        record = self.writer.create_warc_record(
            url,
            "response",
            payload=BytesIO(content),
            length=len(content),
            http_headers=_head(status, headers, len(content)),
            warc_headers_dict={"WARC-Date": when, "WARC-Payload-Digest": _sha1(content)},
        )
        self.writer.write_record(record)
        self.written.responses += 1


def _sha1(content: bytes) -> str:
    """In the form that replay tools compare: Base32 of SHA-1."""
    return f"sha1:{b32encode(sha1(content, usedforsecurity=False).digest()).decode()}"


def _head(status: int, headers: Mapping[str, str], length: int) -> StatusAndHeaders:
    phrase = HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else "Unknown"
    kept = [(f"x-archive-orig-{name}" if name in _UNDONE else name, value) for name, value in headers.items()]
    return StatusAndHeaders(f"{status} {phrase}", [*kept, ("content-length", str(length))], protocol="HTTP/1.1")


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
