"""Who changed what and when, from the tables that the triggers write."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model
from django.http import Http404
from pghistory.core import event_models

SHOWN = 200


@dataclass(frozen=True)
class Difference:
    """One field, before and after."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One change of a row. `who` is empty for what no editor did: an import, a command, SQL."""

    at: datetime
    what: str
    who: str
    differences: list[Difference]


def tables() -> dict[str, Any]:
    """The tables that keep a history, each with the model of its events."""
    return {event.pgh_tracked_model._meta.db_table: event for event in event_models()}  # type: ignore[attr-defined]


def history_of(table: str, pk: int) -> list[Change]:
    """The changes of one row, the newest first; also of a row that is gone. Two queries. Raises Http404."""
    event = tables().get(table)
    if event is None:
        raise Http404(f"No history is kept of “{table}”.")
    events = list(event.objects.filter(pgh_obj_id=pk).select_related("pgh_context").order_by("-pgh_id")[: SHOWN + 1])
    if not events:
        raise Http404(f"{table} has never had a row {pk}.")
    users = {user for each in events if (user := _user(each)) is not None}
    names = dict(User.objects.filter(pk__in=users).values_list("pk", "username"))
    return [
        Change(now.pgh_created_at, now.pgh_label, names.get(_user(now) or 0, ""), list(_differences(before, now)))
        for now, before in zip(events, [*events[1:], None], strict=True)
    ][:SHOWN]


def _user(event: Any) -> int | None:
    found = event.pgh_context.metadata.get("user") if event.pgh_context else None
    return found if isinstance(found, int) else None


def _differences(before: Model | None, now: Model) -> Iterator[Difference]:
    for field in now._meta.concrete_fields:
        if field.name.startswith("pgh_") or field.name == "id":
            continue
        old = getattr(before, field.attname) if before else None
        new = getattr(now, field.attname)
        if old != new and not (before is None and new in (None, "")):
            yield Difference(str(field.verbose_name), "" if old is None else str(old), "" if new is None else str(new))
