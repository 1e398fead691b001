"""Taking an import back as a whole, as long as nobody worked on top of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models import OuterRef, ProtectedError, Subquery

from tracker.dates import PartialDate
from tracker.evidence.models import OrganizationCitation, Source
from tracker.imports.applying.fields import put
from tracker.imports.models import Change, Import, ImportedRow
from tracker.organizations.models import Organization, Place
from tracker.partnerships.models import Obligation, Partnership, PartnershipCitation

What = Change.What


class CannotUndo(ValueError):
    """Somebody worked on top of the import. The message says who, on what and when."""


@dataclass(frozen=True)
class Undone:
    """How many records were deleted, and how many are as they were before. `kept` are in use elsewhere by now."""

    deleted: int
    restored: int
    kept: int


def undo(of: Import) -> Undone:
    """Take the import back. Raises CannotUndo, with nothing changed, where a later release or an editor built on it."""
    with transaction.atomic():
        of = Import.objects.select_for_update().select_related("dataset").get(pk=of.pk)
        if of.state != Import.State.APPLIED:
            raise CannotUndo(f"the import of {of.release} is undone already")
        _refuse_later(of)
        _refuse_edited(of)
        restored = _restore(of)
        _forget_rows(of)
        deleted, kept = _delete(of)
        of.changes.all().delete()
        of.suggestions.all().delete()
        of.state = Import.State.UNDONE
        of.save(update_fields=["state"])
    return Undone(deleted, restored, kept)


def _refuse_later(of: Import) -> None:
    later = of.dataset.imports.filter(state=Import.State.APPLIED, pk__gt=of.pk).order_by("-pk").first()
    if later:
        raise CannotUndo(f"the release of {later.release} was imported on top: undo that one first")


def _refuse_edited(of: Import) -> None:
    """History of the same transaction carries the same time; what is later was done by somebody else."""
    for what, table in (
        (What.PARTNERSHIP, "partnerships.PartnershipEvent"),
        (What.ORGANIZATION, "organizations.OrganizationEvent"),
    ):
        events: models.Manager[Any] = apps.get_model(table)._default_manager
        changed = of.changes.filter(what=what, record=OuterRef("pgh_obj_id")).values("at")[:1]
        on_top = (
            events.filter(pgh_obj_id__in=of.changes.filter(what=what).values("record"))
            .annotate(imported_at=Subquery(changed))
            .filter(pgh_created_at__gt=models.F("imported_at"))
            .select_related("pgh_context")
            .order_by("pgh_created_at")
        )
        first = on_top.first()
        if first:
            who, when = _who(first), first.pgh_created_at
            raise CannotUndo(
                f"{on_top.values('pgh_obj_id').distinct().count()} of its records were edited since, the first, "
                f"“{first.slug}”, by {who} on {_day(when)}: undo those edits first"
            )


def _who(event: Any) -> str:
    said = (event.pgh_context.metadata if event.pgh_context else None) or {}
    editor = get_user_model().objects.filter(pk=said.get("user") or 0).first()
    return editor.get_username() if editor else "somebody without a name"


def _day(when: datetime) -> str:
    return f"{when:%Y-%m-%d at %H:%M} UTC"


def _restore(of: Import) -> int:
    changes = of.changes.filter(before__isnull=False)
    for change in changes.filter(what=What.PARTNERSHIP):
        record = Partnership.objects.get(pk=change.record)
        before = dict(change.before or {})
        last, lines = before.pop("last_confirmed", None), before.pop("obligations", None)
        put(record, before)
        record.last_confirmed = PartialDate.parse(last) if last else None
        record.save()
        if lines is not None:
            record.obligations.all().delete()
            Obligation.objects.bulk_create(Obligation(partnership=record, **line) for line in lines)
    for change in changes.filter(what=What.ORGANIZATION):
        Organization.objects.filter(pk=change.record).update(**(change.before or {}))
    for change in changes.filter(what=What.ROW):
        before = {
            f"{name}_id" if name.endswith(("import", "since")) else name: value
            for name, value in (change.before or {}).items()
        }
        ImportedRow.objects.filter(pk=change.record).update(**before)
    return changes.exclude(what=What.ROW).count()


def _forget_rows(of: Import) -> None:
    ImportedRow.objects.filter(first_import=of).delete()
    of.missed_rows.update(missing_since=None)
    before = of.dataset.imports.filter(state=Import.State.APPLIED, pk__lt=of.pk).order_by("-pk").first()
    if before:
        of.last_rows.update(last_import=before)


def _delete(of: Import) -> tuple[int, int]:
    """Delete what it made, the claims first. What something else has come to need is kept."""
    made = of.changes.filter(before__isnull=True)
    deleted = kept = 0
    PartnershipCitation.objects.filter(pk__in=made.filter(what=What.CITATION).values("record")).delete()
    for what, table in (
        (What.PARTNERSHIP, Partnership),
        (What.ORGANIZATION, Organization),
        (What.PLACE, Place),
        (What.SOURCE, Source),
    ):
        for record in table._default_manager.filter(pk__in=made.filter(what=what).values("record")):
            try:
                with transaction.atomic():
                    if isinstance(record, Organization):
                        OrganizationCitation.objects.filter(claim=record).delete()
                    record.delete()
                deleted += 1
            except ProtectedError:
                kept += 1
    return deleted, kept
