"""Loading the catalogue into the database, and never over what an editor has changed since."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

import pghistory
from django.db import DataError, IntegrityError, connection, transaction

from tracker.catalogue.catalogue import DATA, Catalogue, Record, digest, read_catalogue
from tracker.catalogue.fields import Content, Json
from tracker.catalogue.models import CatalogueLoad, LoadedRecord
from tracker.catalogue.reading import Problem, files
from tracker.catalogue.schema import SECTIONS
from tracker.catalogue.stored import Stored, read_database, twin
from tracker.catalogue.tables import Job, Part, Table, three_way

_LOCK = 0x6361746C
"""Number of the advisory lock under which one load at a time runs."""


class BadCatalogue(ValueError):
    """The files cannot be loaded; nothing was. `problems` says why, each with file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass
class Summary:
    """What a load did: records created, updated and unchanged per section; and what it left alone, in words."""

    created: dict[str, int] = field(default_factory=dict)
    updated: dict[str, int] = field(default_factory=dict)
    unchanged: dict[str, int] = field(default_factory=dict)
    changes: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    kept: int = 0
    already_loaded: bool = False

    @property
    def total(self) -> int:
        """How many records the catalogue holds."""
        return sum(sum(part.values()) for part in (self.created, self.updated, self.unchanged))


Progress = Callable[[str, int], None]
"""Called with the section and the number of its records that are written."""


def load(path: Path | None = None, *, on: date, dry_run: bool = False, progress: Progress | None = None) -> Summary:
    """Bring the database to what the files under `path` (the shipped catalogue) say; claims are published on `on`.

    One transaction. Returns at once where these very files were loaded last. What an editor has changed since the
    last load stays; where the file has changed as well, the conflict is in the summary. Raises BadCatalogue.
    """
    folder = path or DATA
    contents = files(folder) if folder.is_dir() else None
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        last = CatalogueLoad.objects.first()
        if last and contents and last.digest == digest(contents):
            return Summary(**{**last.summary, "already_loaded": True})
        catalogue = read_catalogue(folder, contents)
        if catalogue.problems:
            raise BadCatalogue(catalogue.problems)
        try:
            with pghistory.context(catalogue=catalogue.digest[:12]):
                summary = _Load(catalogue, read_database(), on).run(progress)
            connection.check_constraints()
        except (IntegrityError, DataError) as error:
            raise BadCatalogue(
                [Problem(str(folder), 1, f"the database refuses it: {str(error).strip()}", "nothing was loaded")]
            ) from error
        CatalogueLoad.objects.create(digest=catalogue.digest, summary=asdict(summary))
        if dry_run:
            transaction.set_rollback(True)
    return summary


class _Load:
    """One load: decides record by record, then writes section by section."""

    def __init__(self, catalogue: Catalogue, stored: Stored, on: date) -> None:
        self.catalogue, self.stored, self.on = catalogue, stored, on
        self.loaded = {(row.section, row.slug): row for row in LoadedRecord.objects.all()}
        self.summary = Summary()
        self.remembered: list[LoadedRecord] = []
        self.coming: set[tuple[str, str]] = set()

    def run(self, progress: Progress | None) -> Summary:
        for section, table in SECTIONS.items():
            counts: Counter[str] = Counter()
            jobs = []
            self.coming = {(section, record.slug) for record in self.catalogue if record.section == section}
            for record in (record for record in self.catalogue if record.section == section):
                job, what = self._decide(record)
                counts[what] += 1
                if job:
                    jobs.append(job)
            table.save(jobs, self.stored.known, self.on)
            for what in ("created", "updated", "unchanged"):
                getattr(self.summary, what)[section] = counts[what]
            if progress:
                progress(section, len(jobs))
        self._remember()
        return self.summary

    def _decide(self, record: Record) -> tuple[Job | None, str]:
        """What to write for a record, and what that is to the reader of the summary."""
        found = self.stored.find(record.section, record.slug)
        last = self.loaded.get((record.section, record.slug))
        if found is None:
            return self._decide_missing(record, last)
        row, current = found
        table = SECTIONS[record.section]
        wanted, clashes = _merge(table, record.content, last.content if last else None, current)
        for key in clashes:
            self.summary.conflicts.append(
                f"{_place(record)}: “{key}” was changed in the file and on the site; the site's value stays"
            )
        # What clashes is not remembered, so that the next load reports it again.
        keep = {key: last.content[key] for key in clashes if last and key in last.content}
        self._note(record, {key: value for key, value in record.content.items() if key not in clashes} | keep, last)
        if self._misses(record, wanted):
            return None, "unchanged"
        if wanted == current:
            self.summary.kept += current != record.content and not clashes
            return None, "unchanged"
        differing = sorted(key for key in {**wanted, **current} if wanted.get(key) != current.get(key))
        self.summary.changes.append(f"{record.section}/{record.slug}: {', '.join(differing)}")
        return Job(wanted, row), "updated"

    def _decide_missing(self, record: Record, last: LoadedRecord | None) -> tuple[Job | None, str]:
        if last:
            self.summary.conflicts.append(f"{_place(record)} was deleted on the site since; it stays deleted")
            return None, "unchanged"
        same = twin(record.section, record.content)
        if same:
            self.stored.known.learn(SECTIONS[record.section].model, record.slug, same[1])
            self.summary.conflicts.append(
                f"{_place(record)} is on the site already as “{same[0]}”, which stays as it is"
            )
            return None, "unchanged"
        if self._misses(record, record.content):
            return None, "unchanged"
        self._note(record, record.content, None)
        return Job(record.content), "created"

    def _misses(self, record: Record, content: Content) -> bool:
        """Whether it refers to a record that an editor has deleted: then it is left as it is, and told."""
        for sections, slug in SECTIONS[record.section].references(content):
            models = {SECTIONS[section].model for section in sections}
            known = any(slug in self.stored.known.keys.get(model, {}) for model in models)
            if not known and not any((section, slug) in self.coming for section in sections):
                self.summary.conflicts.append(f"{_place(record)} refers to “{slug}”, which was deleted on the site")
                return True
        return False

    def _note(self, record: Record, content: Content, last: LoadedRecord | None) -> None:
        if last is None or last.content != content:
            self.remembered.append(LoadedRecord(section=record.section, slug=record.slug, content=content))

    def _remember(self) -> None:
        LoadedRecord.objects.bulk_create(
            self.remembered,
            update_conflicts=True,
            unique_fields=["section", "slug"],
            update_fields=["content", "loaded_at"],
        )
        here = {(record.section, record.slug) for record in self.catalogue}
        for section, slug in sorted(self.loaded.keys() - here):
            if section in SECTIONS and self.stored.find(section, slug):
                self.summary.gone.append(
                    f"{section}/{slug} is in no file any more; it stays on the site until an editor deletes it"
                )


def _merge(table: Table, file: Content, last: Content | None, current: Content) -> tuple[Content, list[str]]:
    """Key by key, what the site should hold, and the keys that both sides changed: there the site's value stays."""
    merged: dict[str, Json] = {}
    clashes = []
    for key in {**current, **file}:
        one = table.keys.get(key)
        merge = one.merge if isinstance(one, Part) else three_way
        merged[key], clash = merge(file.get(key), (last or {}).get(key), current.get(key), loaded=last is not None)
        clashes += [key] if clash else []
    return {key: value for key, value in merged.items() if value is not None}, clashes


def _place(record: Record) -> str:
    return f"{record.node.file}:{record.node.line}: {record.section}/{record.slug}"
