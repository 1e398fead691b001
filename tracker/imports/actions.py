"""Putting a dataset's file into the database: read, resolve, apply, as one transaction that is recorded."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path

import pghistory
from django.db import connection, transaction

from tracker.dates import PartialDate
from tracker.evidence.models import OrganizationCitation, Source
from tracker.imports.agencies import NewAgencies
from tracker.imports.applying.claims import Claims
from tracker.imports.applying.fields import fingerprint
from tracker.imports.applying.ledger import Ledger
from tracker.imports.applying.listed import Listed
from tracker.imports.applying.questions import ask
from tracker.imports.models import Change, Import, ImportedRow
from tracker.imports.models import Dataset as DatasetRecord
from tracker.imports.report import Report
from tracker.imports.resolve import Directory, Gazetteer, Resolved, resolve
from tracker.imports.rows import AgencyListed, BadFile, Claimed, Dataset, Refused
from tracker.imports.sources import Sources
from tracker.organizations.models import Organization, Place
from tracker.partnerships.models import Obligation, Partnership, PartnershipCitation

Row = Resolved | AgencyListed | Refused
Watched = Callable[[Iterable[Row], str, int], Iterable[Row]]
"""Passes the rows on and shows how far they are: rows, what is done with them, how many there are."""


_MANY = 500
_GROWN = (Partnership, PartnershipCitation, Obligation, Organization, Place, Source, ImportedRow, Change)


def _unwatched(rows: Iterable[Row], what: str, total: int) -> Iterable[Row]:
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

    A newer release updates what nobody corrected, suggests the rest to editors, and flags what it lists no more. A dry
    run does the same and takes it back. Raises BadFile, with nothing written, for what is not its file, or is older
    than what was imported already.
    """
    read = list(dataset.read(path))
    report = Report(rows=len(read))
    report.groups.update(row.group for row in read)
    released = dataset.release(path)
    with transaction.atomic(), pghistory.context(dataset=dataset.about.slug):
        _spare_triggers_an_error()
        _apply(dataset, read, report, record=_begun(dataset, path, released, now=now), on=on, watched=watched)
        if dry_run or not report.accepted:
            # A file of which no row is accepted is no release: nothing is flagged as no longer listed because of it.
            transaction.set_rollback(True)
    if not dry_run and report.created + report.updated >= _MANY:
        _analyse()
    return report


def _analyse() -> None:
    """Tell PostgreSQL's planner what the tables hold now, before the first reader asks and autovacuum comes round."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(model._meta.db_table for model in _GROWN)}")


def _spare_triggers_an_error() -> None:
    """Set, for this transaction, what pgtrigger's and pghistory's functions ask for each row: that nothing is ignored.

    They catch the error of a setting that is not there, and PostgreSQL then looks through all triggers that wait for
    the commit: for each row of history, so that time would grow with the square of the rows. pghistory's own setting
    is the context.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{}', true)")


def _begun(dataset: Dataset, path: Path, released: PartialDate | None, *, now: datetime) -> Import:
    """The record of the import, once for one file however often it is imported. One import of a dataset at a time."""
    about = dataset.about
    record, _ = DatasetRecord.objects.update_or_create(
        slug=about.slug, defaults={"name": about.name, "licence": about.licence, "credit": about.credit}
    )
    DatasetRecord.objects.select_for_update().get(pk=record.pk)
    sha256 = _digest(path)
    release = str(released or "") or sha256[:12]
    newer = Import.objects.filter(dataset=record, state=Import.State.APPLIED, release__gt=release)
    if released and (later := newer.exclude(file_sha256=sha256).order_by("-release").first()):
        raise BadFile(
            f"{path.name} is the release of {release}, and that of {later.release} was imported already: "
            "undo that first if this one is to count"
        )
    source = Sources(about, Report()).dataset
    made, new = Import.objects.get_or_create(
        dataset=record,
        file_sha256=sha256,
        defaults={"source": source, "release": release, "applied_at": now},
    )
    if not new and made.state == Import.State.UNDONE:
        made.state, made.applied_at = Import.State.APPLIED, now
        made.save(update_fields=["state", "applied_at"])
    return made


def _digest(path: Path) -> str:
    """The SHA-256 of the file; of a folder, of the names and digests of its files."""
    if not path.is_dir():
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    inside = (f"{one.name} {_digest(one)}" for one in sorted(path.iterdir()) if one.is_file())
    return hashlib.sha256("\n".join(inside).encode()).hexdigest()


def _apply(
    dataset: Dataset,
    read: list[Claimed | AgencyListed | Refused],
    report: Report,
    *,
    record: Import,
    on: date,
    watched: Watched,
) -> None:
    about, ledger = dataset.about, Ledger(record)
    places = Gazetteer(about.country)
    directory = Directory(places)
    sources, agencies = Sources(about, report), NewAgencies(places, origin=about.slug)
    released = PartialDate.parse(record.release) if record.release != record.file_sha256[:12] else None
    claims = Claims(about, ledger, sources, report, on=on, released=released)
    listed = Listed(directory, ledger, report)
    for row in watched(*_to_do(read, ledger, report, places, directory)):
        if isinstance(row, Refused):
            report.refuse(row)
        elif isinstance(row, AgencyListed):
            listed.take(row)
        else:
            claims.take(row, row.agency or agencies.make(row.claim.agency))
    agencies.write()
    OrganizationCitation.objects.bulk_create(
        OrganizationCitation(claim=agency, source=sources.dataset) for agency in agencies.made
    )
    claims.write()
    listed.write()
    ledger.created(Change.What.PLACE, agencies.places_made)
    ledger.created(Change.What.ORGANIZATION, [agency.pk for agency in agencies.made])
    ledger.created(Change.What.SOURCE, sources.made)
    report.agencies, report.vanished = len(agencies.made), ledger.close()
    if report.created or report.updated or report.vanished or not record.counts:
        ask(record, report.refused_rows)
        record.counts = report.counts()
        record.save(update_fields=["counts"])


def _to_do(
    read: list[Claimed | AgencyListed | Refused],
    ledger: Ledger,
    report: Report,
    places: Gazetteer,
    directory: Directory,
) -> tuple[list[Row], str, int]:
    """The rows that are new, say something else than before, or are refused. The others are only counted."""
    new: list[Claimed] = []
    rows: list[Row] = []
    parted = [one for row in read for one in (directory.parted(row) if isinstance(row, Claimed) else (row,))]
    report.parted = len(parted) - len(read)
    for row in parted:
        if isinstance(row, Refused):
            rows.append(row)
            continue
        ledger.see(row.key)
        if ledger.same(row.key, fingerprint(row)):
            report.unchanged += 1
        elif isinstance(row, Claimed):
            new.append(row)
        else:
            rows.append(row)
    rows += resolve(new, places, directory)
    return rows, "Resolving", len(rows)
