"""Writing although the database goes away for a moment, or one answer cannot be written: neither may cost the other
pages of a round their looks.
"""

from collections.abc import Callable
from time import sleep

import structlog
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from psycopg2 import errorcodes

from tracker.watch.asking.outcomes import Failed
from tracker.watch.rounds.jobs import Answer

# A restart takes seconds; what takes longer ends the round, and the leases of its claims end by themselves.
PAUSES = (0.1, 1.0, 2.0, 4.0, 8.0)
# What PostgreSQL calls its own end or beginning, and every trouble with a connection.
_SHUT_DOWN = frozenset({errorcodes.ADMIN_SHUTDOWN, errorcodes.CRASH_SHUTDOWN, errorcodes.CANNOT_CONNECT_NOW})
_HUNG_UP = errorcodes.CLASS_CONNECTION_EXCEPTION

log = structlog.get_logger(__name__)


def through_a_restart(write: Callable[[], None]) -> None:
    """Call `write`, again and again while the database is away, for a quarter of a minute at most.

    What `write` has written already it must not write twice. Raises what it raised last.
    """
    for pause in PAUSES:
        try:
            write()
        except (OperationalError, InterfaceError) as error:
            if not _is_away(error):
                raise
            log.warning("the database went away", error=str(error).strip())
            connection.close()
            sleep(pause)
        else:
            return
    write()


def kept_or_said(write: Callable[[Answer], object], answer: Answer, *, url: str) -> None:
    """Call `write` with `answer`; where that cannot be written, with a failure that says so.

    If not even that can be, nothing is: it is looked at again when its lease ends. Raises only when the database is
    away.
    """
    try:
        write(answer)
    except Exception as error:
        if _is_away(error):
            raise
        log.exception("what a page answered could not be kept", url=url)
        try:
            write(Failed(url, f"what it answered could not be kept: {_in_words(error)}"))
        except DatabaseError as again:
            if _is_away(again):
                raise
            log.exception("nor could that be said", url=url)


def _is_away(error: Exception) -> bool:
    """Whether the database hung up or is not there, rather than that it refused what it was told to write."""
    if not isinstance(error, OperationalError | InterfaceError) or connection.in_atomic_block:
        return False
    code = getattr(error.__cause__, "pgcode", None)
    return code is None or code in _SHUT_DOWN or code.startswith(_HUNG_UP)


def _in_words(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), "") or type(error).__name__
