"""The same records, copied into tables that ask nothing of them: no key, no index, no trigger, no history to write."""

import statistics
from pathlib import Path

from django.db import connection

from tests.bench.tables import seconds

_ROUNDS = 3
Marks = dict[tuple[str, str], int]
"""The last number given out in each table, by table and its column of numbers."""


def marks() -> Marks:
    """How far each table of the site is."""
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attidentity <> '' ORDER BY 1
        """)
        tables: list[tuple[str, str]] = cursor.fetchall()
        found = {}
        for table, number in tables:
            cursor.execute(f'SELECT coalesce(max("{number}"), 0) FROM "{table}"')
            found[table, number] = cursor.fetchone()[0]
    return found


def written(since: Marks, folder: Path) -> dict[str, int]:
    """Put what was written since into files, one for each table. Returns how many records each has."""
    folder.mkdir(parents=True, exist_ok=True)
    counted = {}
    with connection.cursor() as cursor:
        for (table, number), last in since.items():
            new = f'SELECT * FROM "{table}" WHERE "{number}" > {last}'
            cursor.execute(f"SELECT count(*) FROM ({new}) new")
            if count := cursor.fetchone()[0]:
                counted[table] = count
                with (folder / table).open("wb") as file:
                    cursor.copy_expert(f"COPY ({new}) TO STDOUT", file)
    return counted


def copied(tables: dict[str, int], folder: Path) -> float:
    """Seconds to copy the files into plain tables, in one transaction: the median of a few times."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS bare CASCADE; CREATE SCHEMA bare")
        for table in tables:
            cursor.execute(f'CREATE TABLE bare."{table}" AS SELECT * FROM public."{table}" WITH NO DATA')
        took = []
        for _ in range(_ROUNDS):
            cursor.execute("CHECKPOINT")
            took.append(seconds(lambda: _copy(tables, folder)))
            for table, count in tables.items():
                cursor.execute(f'SELECT count(*) FROM bare."{table}"')
                assert cursor.fetchone()[0] == count, table
                cursor.execute(f'TRUNCATE bare."{table}"')
        cursor.execute("DROP SCHEMA bare CASCADE")
    return statistics.median(took)


def _copy(tables: dict[str, int], folder: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        for table in tables:
            with (folder / table).open("rb") as file:
                cursor.copy_expert(f'COPY bare."{table}" FROM STDIN', file)
        cursor.execute("COMMIT")
