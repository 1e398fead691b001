"""What the database refuses, tried by SQL past the ORM."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction


def sql(statement: str, *parameters: Any) -> int:
    """Run one statement as it stands. Returns the number of rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return int(cursor.rowcount)


def rows(statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """What one query answers."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


def as_at_commit() -> None:
    """Fire now what PostgreSQL otherwise fires at COMMIT, and go back to firing it then."""
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql("SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def refused(why: str) -> Iterator[None]:
    """The database refuses what is done inside, at once or as at COMMIT, naming the rule `why`. Nothing of it stays."""
    with pytest.raises(DatabaseError, match=why), transaction.atomic():
        yield
        as_at_commit()
