"""Lists that a page shows up to a limit, and says so where there is more."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
LIMIT = 100


@dataclass(frozen=True)
class Rows(Generic[M]):
    """The first rows of a list; `more` where there are others that the page leaves out."""

    rows: list[M]
    more: bool = False

    def __iter__(self) -> Iterator[M]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def first_rows(rows: "QuerySet[M, Any]", limit: int = LIMIT) -> Rows[M]:
    """The first `limit` rows, in one query and without counting the rest."""
    found = list(rows[: limit + 1])
    return Rows(found[:limit], more=len(found) > limit)
