"""Triggers. They keep history: every change of a row, whoever made it, is written beside the row's table."""

from collections.abc import Callable
from typing import TypeVar

import pghistory
import pgtrigger
import pgtrigger.core
from django.db.models import Model

M = TypeVar("M", bound=Model)


def tracked(*, exclude: tuple[str, ...] = ()) -> Callable[[type[M]], type[M]]:
    """Class decorator: record every insert, update and delete of the model in `<Model>Event`, as `row.history`."""
    decorate: Callable[[type[M]], type[M]] = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=list(exclude) or None,
        obj_field=pghistory.ObjForeignKey(related_name="history"),
    )
    return decorate


def update_of(*columns: str) -> pgtrigger.core.Operation:
    """The operation “an update that names one of these columns” (database columns, such as parent_id)."""
    operation: pgtrigger.core.Operation = pgtrigger.UpdateOf(*columns)  # type: ignore[no-untyped-call]
    return operation
