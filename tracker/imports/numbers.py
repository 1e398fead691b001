"""Numbers for records before they are written, so that many are written at once and others can point at them."""

from collections.abc import Iterator

from django.db import connection
from django.db.models import Model

_AT_ONCE = 200


def numbers(model: type[Model]) -> Iterator[int]:
    """New numbers of the table, as the database would give them out; one that is not used is given to nobody."""
    meta = model._meta
    assert meta.pk
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [f'"{meta.db_table}"', meta.pk.column, _AT_ONCE],
            )
            rows: list[tuple[int]] = cursor.fetchall()
        yield from (number for (number,) in rows)
