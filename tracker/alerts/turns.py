"""What takes turns: advisory locks of PostgreSQL, each kept until the transaction that took it is over."""

from enum import IntEnum

from django.db import connection


class Turn(IntEnum):
    """What only one transaction does at a time. Any fixed numbers; taken in their order, nobody waits in a circle."""

    PLAN = 0x77617463
    DIGEST = 0x77617464


def take(*turns: Turn) -> None:
    """Wait until nobody else does any of these. Only in a transaction."""
    with connection.cursor() as cursor:
        for turn in sorted(turns):
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [turn.value])
