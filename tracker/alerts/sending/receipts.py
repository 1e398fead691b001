"""Writing down that a message was taken, between that message and the next, without waiting for the disk.

To be exact to the message, each has a statement of its own. To cost next to nothing, it goes over a connection that
does not wait: PostgreSQL has the statement before the next message is handed over, and its answer is read after that
message. What PostgreSQL has been sent it carries out, even if we die in the meantime.
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
LASTING = 50
"""Every so many receipts, one waits for the disk: PostgreSQL can lose by dying what was told since the last but one."""

_TAKEN = """
    UPDATE alerts_delivery d SET state = 'sent', sent_at = {}, sent_on = {}, wording_id = told.wording,
        reason = CASE d.state WHEN 'sent' THEN d.reason ELSE '' END  -- told again, it keeps what came back since
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
    """Most statements wait for no disk; every fiftieth does, on a lane of its own, and brings those before it there.

    What may not be on the disk yet is kept, and told again when PostgreSQL dies and comes back.
    """

    def __init__(self, on: date, now: datetime) -> None:
        self._when = (now, on)
        self._quick, self._lasting = _Lane(lasting=False), _Lane(lasting=True)
        self._told = 0
        self._on_its_way: list[tuple[int, int]] = []  # not known to be on the disk: deliveries and their wordings
        self._before_last = 0  # how many of them were told by the time of the last lasting statement

    def write(self, wordings: Mapping[int, int]) -> None:
        self._on_its_way += wordings.items()
        self._told += 1
        try:
            if self._told % LASTING:
                self._quick.tell([*self._when, list(wordings), list(wordings.values())])
            else:
                self._lasting.collect()
                del self._on_its_way[: self._before_last]
                self._lasting.tell([*self._when, list(wordings), list(wordings.values())])
                self._before_last = len(self._on_its_way)
        except psycopg2.Error as error:
            self._tell_again(error)

    def close(self) -> None:
        try:
            self._quick.collect()
            if self._on_its_way:
                self._tell_all()  # the last of a run, too, is on the disk when the run is over
        except psycopg2.Error as error:
            self._tell_again(error)
        finally:
            self._quick.drop()
            self._lasting.drop()

    def _tell_again(self, error: psycopg2.Error) -> None:
        """PostgreSQL is restarting, say. We know what was taken, and must not forget it."""
        deadline = time.monotonic() + PATIENCE
        while True:
            logger.warning("what was sent is not on record yet: %s", str(error).strip())
            self._quick.drop()
            self._lasting.drop()
            try:
                self._tell_all()
            except psycopg2.Error as again:
                if time.monotonic() > deadline:
                    raise
                error = again
                time.sleep(_PAUSE)
            else:
                return

    def _tell_all(self) -> None:
        """Tell what may not be on the disk yet, and return when it is. Raises psycopg2.Error."""
        ids, wordings = zip(*self._on_its_way, strict=True)
        self._lasting.tell([*self._when, list(ids), list(wordings)])
        self._lasting.collect()
        self._on_its_way, self._before_last = [], 0


class _Lane:
    """One connection with at most one statement open. `lasting`: a commit waits for the disk."""

    def __init__(self, *, lasting: bool) -> None:
        self._lasting = lasting
        self._open = False
        self._connection: extensions.connection | None = None
        self._cursor: extensions.cursor | None = None  # psycopg2 forgets a statement whose cursor is gone

    def tell(self, what: list[object]) -> None:
        """Read the answer about what was told last, and tell the next."""
        if self._connection is None:
            self._connection = _connect(lasting=self._lasting)
        self.collect()
        self._cursor = self._connection.cursor()
        self._cursor.execute("EXECUTE taken(%s, %s, %s, %s)", what)
        self._open = True

    def collect(self) -> None:
        """Read the answer about what was told last, if there is one to come. Raises psycopg2.Error."""
        if self._open and self._connection is not None:
            wait_select(self._connection)
        self._open = False

    def drop(self) -> None:
        """Let go of the connection, whatever is open."""
        self._open = False
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _connect(*, lasting: bool) -> extensions.connection:
    """A connection that waits for nothing, where Django's own leads."""
    given = connection.get_connection_params()
    known = {name: value for name, value in given.items() if name not in ("cursor_factory", "client_encoding")}
    opened: extensions.connection = psycopg2.connect(**known, async_=True)
    wait_select(opened)
    for statement in (
        "SET TIME ZONE 'UTC'",
        f"SET synchronous_commit = {'on' if lasting else 'off'}",
        f"PREPARE taken(timestamptz, date, bigint[], bigint[]) AS {_TAKEN.format('$1', '$2', '$3', '$4')}",
    ):
        asking = opened.cursor()
        asking.execute(statement)
        wait_select(opened)
    return opened
