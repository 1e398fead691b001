"""The history that the database keeps of the record, read row by row."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.apps import apps
from django.db import models

_AT_ONCE = 5_000


class Version(NamedTuple):
    """A row of a history: its id, the record, the day it was written, the record's columns; none where it is gone."""

    id: int
    record: int
    on: date
    columns: Any


def history(model: type[models.Model]) -> Any:
    """The model that keeps the history of `model`."""
    return apps.get_model(model._meta.app_label, f"{model.__name__}Event")


def table(model: type[models.Model]) -> str:
    """The table of that history: the name under which a run of the planner keeps how much it saw."""
    return str(history(model)._meta.db_table)


def versions(
    model: type[models.Model], columns: type[Any], *, by: str = "pgh_obj_id", records: Iterable[int] | None = None
) -> Iterator[tuple[int, list[Version]]]:
    """All versions of the records of `model`, together for each value of the column `by`; rising by their ids.

    `columns` is a NamedTuple whose fields are columns of the model. `records`: of these only.
    """
    rows = history(model).objects.order_by(by, "pgh_id")
    if records is not None:
        rows = rows.filter(pgh_obj_id__in=records)
    names = (by, "pgh_id", "pgh_obj_id", "pgh_created_at", "pgh_label", *columns._fields)
    found = rows.values_list(*names).iterator(chunk_size=_AT_ONCE)
    for value, together in groupby(found, key=itemgetter(0)):
        yield value, [_version(row, columns) for row in together]


def _version(row: tuple[Any, ...], columns: type[Any]) -> Version:
    _, number, record, at, label, *rest = row
    assert isinstance(at, datetime)
    return Version(number, record, at.astimezone(UTC).date(), None if label == "delete" else columns(*rest))


def present(model: type[models.Model], columns: type[Any]) -> Iterator[tuple[int, Any]]:
    """The records as they are now, by the same columns: id and columns. Read from the record, not from its history."""
    rows = model._default_manager.order_by("pk").values_list("pk", *columns._fields)
    for number, *rest in rows.iterator(chunk_size=_AT_ONCE):
        yield number, columns(*rest)
