"""Keeping evidence: sources known once, snapshots with their bytes, quotes for claims."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils.text import slugify

from tracker.dates import PartialDate
from tracker.evidence import bodies
from tracker.evidence.claims import Citation
from tracker.evidence.models import Snapshot, Source
from tracker.evidence.urls import normalise

C = TypeVar("C", bound=Citation)


class CitesNothing(ValueError):
    """A published claim needs a source."""


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
    content = source_content(url, title=title, kind=kind, publisher=publisher, published_on=published_on)
    source, _ = Source.objects.get_or_create(normalised_url=content.pop("normalised_url"), defaults=content)
    return source


def source_content(
    url: str, *, title: str, kind: str, publisher: str = "", published_on: PartialDate | None = None
) -> dict[str, Any]:
    """The fields of a new source at this address. Raises ValueError for a bad address."""
    normalised = normalise(url)
    return {
        "normalised_url": normalised,
        "slug": f"{slugify(title)[:80] or 'source'}-{hashlib.sha256(normalised.encode()).hexdigest()[:8]}",
        "url": url.strip(),
        "title": title.strip() or normalised,
        "kind": kind,
        "publisher": publisher,
        "published_on": published_on,
    }


@transaction.atomic
def store_snapshot(
    source: Source,
    *,
    fetched_at: datetime,
    final_url: str,
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    hops: Sequence[Mapping[str, Any]] = (),
    text: str = "",
    extractor: str = "",
) -> Snapshot:
    """Keep what `source` answered, and the redirects on the way to it. The bytes are stored once per hash."""
    kept = bodies.keep(body, like=bodies.newest_whole(source))
    snapshot, _ = Snapshot.objects.get_or_create(
        source=source,
        fetched_at=fetched_at,
        body=kept,
        defaults={
            "final_url": final_url,
            "status": status,
            "headers": dict(headers),
            "hops": list(hops),
            "text": text,
            "text_sha256": hashlib.sha256(text.encode()).hexdigest() if text else "",
            "extractor": extractor,
        },
    )
    return snapshot
