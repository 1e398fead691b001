"""Which rows of a dataset were seen before, and what an import did, so that it can be taken back."""

from collections.abc import Iterable
from typing import Any

from tracker.imports.models import Change, Import, ImportedRow, Suggestion

_AT_ONCE = 2_000


class Ledger:
    """Of one import. `rows` are those of the dataset by key, as the releases before left them."""

    def __init__(self, of: Import) -> None:
        self.of = of
        found = ImportedRow.objects.filter(dataset_id=of.dataset_id)
        self.rows = {row.key: row for row in found.select_related("partnership", "organization")}
        self._seen: set[str] = set()
        self._fingerprints: dict[str, str] = {}
        self._changes: dict[tuple[str, int], Change] = {}
        self._new: list[ImportedRow] = []
        self._changed: dict[int, ImportedRow] = {}
        self._suggestions: list[Suggestion] = []

    def same(self, key: str, fingerprint: str) -> bool:
        """Whether the release before listed the row, and it said the same. If not, what it says now is kept in mind."""
        row = self.rows.get(key)
        if row is not None and row.fingerprint == fingerprint:
            return True
        self._fingerprints[key] = fingerprint
        return False

    def see(self, key: str) -> None:
        """Note that the release lists the row, whatever comes of it."""
        self._seen.add(key)

    def created(self, what: Change.What, records: Iterable[int]) -> None:
        """Note records that the import made."""
        for record in records:
            self._changes[what, record] = Change(of=self.of, what=what, record=record)

    def changed(self, what: Change.What, record: int, before: dict[str, Any]) -> None:
        """Note what was in the fields of a record before the import changed them."""
        change = self._changes.setdefault((what, record), Change(of=self.of, what=what, record=record, before={}))
        if change.before is not None:
            change.before = before | change.before

    def write(self, key: str, wrote: dict[str, Any], **record: Any) -> None:
        """Keep what a row says that is not the `same`, and which record it became: `partnership` or `organization`."""
        row, fingerprint = self.rows.get(key), self._fingerprints[key]
        if row is None:
            made = ImportedRow(dataset_id=self.of.dataset_id, key=key, first_import=self.of, last_import=self.of)
            made.fingerprint, made.wrote = fingerprint, wrote
            for name, value in record.items():
                setattr(made, name, value)
            self._new.append(made)
            return
        before = {"fingerprint": row.fingerprint, "wrote": row.wrote, "last_import": row.last_import_id}
        self.changed(Change.What.ROW, row.pk, before)
        row.fingerprint, row.wrote, row.last_import = fingerprint, wrote, self.of
        self._changed[row.pk] = row

    def suggest(self, row: ImportedRow, field: str, ours: Any, theirs: Any) -> None:
        """Ask an editor whether to take what the dataset says."""
        self._suggestions.append(Suggestion(row=row, of=self.of, field=field, ours=ours, theirs=theirs))

    def close(self) -> int:
        """Write it all down. Returns how many rows are no longer listed that were before."""
        ImportedRow.objects.bulk_create(self._new, batch_size=_AT_ONCE)
        ImportedRow.objects.bulk_update(
            self._changed.values(), ("fingerprint", "wrote", "last_import"), batch_size=_AT_ONCE
        )
        Suggestion.objects.bulk_create(self._suggestions, ignore_conflicts=True, batch_size=_AT_ONCE)
        vanished = self._mark()
        self.created(Change.What.ROW, [row.pk for row in self._new])
        Change.objects.bulk_create(self._changes.values(), ignore_conflicts=True, batch_size=_AT_ONCE)
        return vanished

    def _mark(self) -> int:
        """Rows that the release lists were seen in it; those that it lists no more are flagged."""
        old = ImportedRow.objects.filter(dataset_id=self.of.dataset_id)
        back = [row for key in self._seen if (row := self.rows.get(key)) and row.missing_since_id]
        for row in back:
            self.changed(Change.What.ROW, row.pk, {"missing_since": row.missing_since_id})
        old.filter(pk__in=[row.pk for row in back]).update(missing_since=None)
        missing = [row.pk for key, row in self.rows.items() if key not in self._seen and not row.missing_since_id]
        old.filter(pk__in=missing).update(missing_since=self.of)
        seen = old.exclude(pk__in=missing).filter(missing_since=None).exclude(last_import=self.of)
        seen.update(last_import=self.of)
        return len(missing)
