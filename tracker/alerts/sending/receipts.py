"""Writing down that a message was taken, between that message and the next, without waiting for the disk.

To be exact to the message, each has an UPDATE of its own. To cost next to nothing, it goes over a connection of its own
that does not wait: PostgreSQL has the statement before the next message is handed over, and its answer is read after
it. What is sent to PostgreSQL is carried out even if we die. The commit does not wait for the disk, either; the next
claim's commit, which does, brings all before it to the disk.
"""

import logging
import time
from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol

import psycopg2
from django.db import connection
from psycopg2 import extensions
from psycopg2.extras import wait_select

logger = logging.getLogger(__name__)

PATIENCE = 60.0
"""Seconds for which PostgreSQL may be away before a sender gives up writing down what was taken."""
_PAUSE = 0.2

_TAKEN = """
    UPDATE alerts_delivery d SET state = 'sent', sent_at = {}, sent_on = {}, wording_id = told.wording, reason = ''
    FROM unnest({}::bigint[], {}::bigint[]) AS told(id, wording) WHERE d.id = told.id
"""


class Receipts(Protocol):
    """Where it is written down that deliveries were taken."""

    def write(self, wordings: Mapping[int, int]) -> None:
        """They were taken, in these words (the wording's id by the delivery's). Returns once PostgreSQL was told."""

    def close(self) -> None:
        """Returns once all is on record."""


def receipts(on: date, now: datetime) -> Receipts:
    """For what is sent on `on`, at `now`. Inside a transaction it is that transaction which writes."""
    return _InTransaction(on, now) if connection.in_atomic_block else _WithoutWaiting(on, now)


class _InTransaction:
    """A second connection would not see rows that are not committed yet: for a test that rolls back."""

    def __init__(self, on: date, now: datetime) -> None:
        self._when = (now, on)

    def write(self, wordings: Mapping[int, int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(_TAKEN.format(*["%s"] * 4), [*self._when, list(wordings), list(wordings.values())])

    def close(self) -> None:
        """All is written already."""


class _WithoutWaiting:
    """One statement is open at a time: what is in it is kept until its answer has been read, and told again if that
    does not come.
    """

    def __init__(self, on: date, now: datetime) -> None:
        self._when = (now, on)
        self._open: Mapping[int, int] = {}
        self._connection: extensions.connection | None = None
        self._cursor: extensions.cursor | None = None  # psycopg2 forgets a statement whose cursor is gone

    def write(self, wordings: Mapping[int, int]) -> None:
        self._collect()
        self._open = wordings
        try:
            self._tell()
        except psycopg2.Error as error:
            self._tell_again(error)

    def close(self) -> None:
        self._collect()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _tell(self) -> None:
        if self._connection is None:
            self._connection = _connect()
        self._cursor = self._connection.cursor()
        told = [list(self._open), list(self._open.values())]
        self._cursor.execute("EXECUTE taken(%s, %s, %s, %s)", [*self._when, *told])

    def _collect(self) -> None:
        """Read the answer about what was told last."""
        if not self._open:
            return
        try:
            assert self._connection is not None
            wait_select(self._connection)
        except psycopg2.Error as error:
            self._tell_again(error)
        self._open = {}

    def _tell_again(self, error: psycopg2.Error) -> None:
        """PostgreSQL is restarting, say. We know what was taken, and must not forget it."""
        deadline = time.monotonic() + PATIENCE
        while True:
            logger.warning("what was sent is not on record yet: %s", str(error).strip())
            if self._connection is not None:
                self._connection.close()
                self._connection = None
            try:
                self._tell()
                assert self._connection is not None
                wait_select(self._connection)
            except psycopg2.Error as again:
                if time.monotonic() > deadline:
                    raise
                error = again
                time.sleep(_PAUSE)
            else:
                self._open = {}
                return


def _connect() -> extensions.connection:
    """A connection that waits for nothing, where Django's own leads."""
    given = connection.get_connection_params()
    known = {name: value for name, value in given.items() if name not in ("cursor_factory", "client_encoding")}
    opened: extensions.connection = psycopg2.connect(**known, async_=True)
    wait_select(opened)
    for statement in (
        "SET TIME ZONE 'UTC'",
        "SET synchronous_commit = off",
        f"PREPARE taken(timestamptz, date, bigint[], bigint[]) AS {_TAKEN.format('$1', '$2', '$3', '$4')}",
    ):
        asking = opened.cursor()
        asking.execute(statement)
        wait_select(opened)
    return opened
