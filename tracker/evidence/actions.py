"""Keeping evidence: sources known once, snapshots with their bytes, quotes for claims."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import models, transaction
from django.utils.text import slugify

from tracker.dates import PartialDate
from tracker.evidence.claims import Citation
from tracker.evidence.models import Body, Snapshot, Source
from tracker.evidence.urls import normalise

C = TypeVar("C", bound=Citation)


@dataclass(frozen=True)
class Quoted:
    """What a claim rests on: a source, the snapshot in which it was read, and the words."""

    source: Source
    snapshot: Snapshot | None = None
    quote: str = ""
    page: str = ""
    note: str = ""

    def cite(self, table: type[C], claim: models.Model) -> C:
        """An unsaved row of a citation table for `claim`."""
        return table(
            claim=claim,
            source=self.source,
            snapshot=self.snapshot,
            quote=self.quote,
            page=self.page,
            note=self.note,
        )


def know_source(
    url: str, *, title: str, kind: str, publisher: str = "", published_on: PartialDate | None = None
) -> Source:
    """The source at this address: the one known already, or a new one. Raises ValueError for a bad address."""
    normalised = normalise(url)
    source, _ = Source.objects.get_or_create(
        normalised_url=normalised,
        defaults={
            "slug": f"{slugify(title)[:80] or 'source'}-{hashlib.sha256(normalised.encode()).hexdigest()[:8]}",
            "url": url.strip(),
            "title": title.strip() or normalised,
            "kind": kind,
            "publisher": publisher,
            "published_on": published_on,
        },
    )
    return source


@transaction.atomic
def store_snapshot(
    source: Source,
    *,
    fetched_at: datetime,
    final_url: str,
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    text: str = "",
    extractor: str = "",
) -> Snapshot:
    """Keep what `source` answered. The bytes are stored once per hash, however often they come."""
    sha256 = hashlib.sha256(body).hexdigest()
    Body.objects.bulk_create([Body(sha256=sha256, content=body)], ignore_conflicts=True)
    snapshot, _ = Snapshot.objects.get_or_create(
        source=source,
        fetched_at=fetched_at,
        body_id=sha256,
        defaults={
            "final_url": final_url,
            "status": status,
            "headers": dict(headers),
            "text": text,
            "text_sha256": hashlib.sha256(text.encode()).hexdigest() if text else "",
            "extractor": extractor,
        },
    )
    return snapshot
