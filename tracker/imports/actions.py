"""Putting a dataset's file into the database: read, resolve, apply, as one transaction that is recorded."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from tracker.evidence.models import OrganizationCitation
from tracker.imports.agencies import NewAgencies
from tracker.imports.models import Dataset as DatasetRecord
from tracker.imports.models import Import
from tracker.imports.report import Report
from tracker.imports.resolve import Gazetteer, Resolved, resolve
from tracker.imports.rows import About, AgencyListed, Claimed, Dataset, Refused
from tracker.imports.sources import Sources
from tracker.organizations.models import Organization, Product, Technology
from tracker.partnerships.models import Partnership, PartnershipCitation

Watched = Callable[[Iterable[Resolved | Refused], str, int], Iterable[Resolved | Refused]]
"""Passes the rows on and shows how far they are: rows, what is done with them, how many there are."""


def _unwatched(rows: Iterable[Resolved | Refused], what: str, total: int) -> Iterable[Resolved | Refused]:
    return rows


def import_file(
    dataset: Dataset,
    path: Path,
    *,
    on: date,
    now: datetime,
    dry_run: bool = False,
    watched: Watched = _unwatched,
) -> Report:
    """Import a file of the dataset; its claims are published on `on`, unchecked. The same file again changes nothing.

    A dry run does the same and takes it back. Raises BadFile, with nothing written, for what is not its file.
    """
    read = [row for row in dataset.read(path) if not isinstance(row, AgencyListed)]
    report = Report(rows=len(read))
    report.groups.update(row.group for row in read)
    with transaction.atomic():
        _apply(dataset, path, read, report, on=on, now=now, watched=watched)
        if dry_run:
            transaction.set_rollback(True)
    return report


def _apply(
    dataset: Dataset,
    path: Path,
    read: list[Claimed | Refused],
    report: Report,
    *,
    on: date,
    now: datetime,
    watched: Watched,
) -> None:
    about, released = dataset.about, dataset.release(path)
    places = Gazetteer(about.country)
    sources, known = Sources(about, report), _Known(about)
    agencies = NewAgencies(places, origin=about.slug)
    resolved = resolve([row for row in read if isinstance(row, Claimed)], places)
    rows = [*(row for row in read if isinstance(row, Refused)), *resolved]
    claims: list[tuple[Partnership, Claimed]] = []
    for row in watched(rows, "Resolving", len(rows)):
        if isinstance(row, Refused):
            report.refuse(row)
            continue
        if row.claim.key in known.keys:
            report.unchanged += 1
            continue
        client = row.agency or agencies.make(row.claim.agency)
        if known.claims(row, client):
            report.known_otherwise += 1
            continue
        partnership = known.partnership(row, client)
        partnership.last_confirmed, partnership.published_on = released, on
        claims.append((partnership, row.claim))
    report.created, report.agencies = len(claims), len(agencies.made)
    if claims:
        OrganizationCitation.objects.bulk_create(
            OrganizationCitation(claim=agency, source=sources.dataset) for agency in agencies.made
        )
        _write(claims, sources)
        _record(about, path, sources, report, release=str(released or ""), now=now)


def _write(claims: list[tuple[Partnership, Claimed]], sources: Sources) -> None:
    Partnership.objects.bulk_create((partnership for partnership, _ in claims), batch_size=500)
    citations = [
        PartnershipCitation(claim=partnership, source=source, note="" if place else f"{claim.key}, line {claim.line}")
        for partnership, claim in claims
        for place, source in enumerate(sources.of(claim))
    ]
    PartnershipCitation.objects.bulk_create(citations, batch_size=500)


class _Known:
    """What is claimed already: by this dataset under a number, or by anybody about the same three."""

    def __init__(self, about: About) -> None:
        self._origin = about.slug
        self._technologies = {technology.slug: technology for technology in Technology.objects.all()}
        self._products = {product.slug: product for product in Product.objects.all()}
        ours = Partnership.objects.filter(origin__contains=about.slug)
        self.keys = set(ours.values_list("details__upstream_id", flat=True))
        self._said = set(Partnership.objects.values_list("vendor", "client", "technology__slug"))

    def claims(self, row: Resolved, client: Organization) -> bool:
        """Whether a record, of whatever origin, says that this vendor serves this client with this technology."""
        return (row.vendor.pk, client.pk, row.claim.subject.technology) in self._said

    def partnership(self, row: Resolved, client: Organization) -> Partnership:
        """The unsaved claim that the row makes."""
        claim, subject = row.claim, row.claim.subject
        product = self._products.get(subject.product)
        self._said.add((row.vendor.pk, client.pk, subject.technology))
        return Partnership(
            slug=f"{client.slug[:110]}--{row.vendor.slug[:60]}-{claim.key.lower()[:20]}",
            vendor=row.vendor,
            client=client,
            technology=self._technology(subject.technology, subject.technology_name),
            product=product if product and product.vendor_id == row.vendor.pk else None,
            kind=subject.kind,
            status=claim.course.status,
            started=claim.course.started,
            details={
                "upstream_id": claim.key,
                "links": [_as_written(link.url, link.published.raw, link.published.value) for link in claim.links],
            },
            note=claim.summary,
            origin=self._origin,
            checked=False,
        )

    def _technology(self, slug: str, name: str) -> Technology:
        if slug not in self._technologies:
            self._technologies[slug] = Technology.objects.create(slug=slug, name=name)
        return self._technologies[slug]


def _as_written(url: str, raw: str, value: object) -> dict[str, str | None]:
    precision = getattr(value, "precision", None)
    return {"url": url, "raw": raw, "value": str(value) if value else None, "precision": precision}


def _record(about: About, path: Path, sources: Sources, report: Report, *, release: str, now: datetime) -> None:
    """Keep that this file was imported, once however often it is."""
    record, _ = DatasetRecord.objects.update_or_create(
        slug=about.slug, defaults={"name": about.name, "licence": about.licence, "credit": about.credit}
    )
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    Import.objects.update_or_create(
        dataset=record,
        file_sha256=sha256,
        defaults={
            "source": sources.dataset,
            "release": release or sha256[:12],
            "applied_at": now,
            "state": Import.State.APPLIED,
            "counts": report.counts(),
        },
    )
