"""The door for what a mail server returns: it pipes each message into `manage.py alerts bounce`."""

import logging
from typing import BinaryIO

from tracker.alerts import actions
from tracker.alerts.channels.email.returned import LARGEST, Returned, read

logger = logging.getLogger(__name__)


def take_in(stream: BinaryIO) -> bool:
    """Read one message to its end and honour what it says of a mail of ours. Returns whether it was about one.

    Whatever else comes in is dropped with one line in the log, which names nobody. Raises OperationalError while the
    database does not answer.
    """
    raw = stream.read(LARGEST + 1)
    while stream.read(LARGEST):
        pass  # a mail server whose pipe is closed early would take it for a failure
    returned = read(raw)
    if returned is None:
        logger.info("returned mail: no report about a message of ours (%d bytes)", len(raw))
        return False
    if not any(_honour(returned, message_id) for message_id in returned.message_ids):
        logger.info("returned mail: a report about a message that we did not send")
        return False
    logger.info("returned mail: %s", "a complaint" if returned.complaint else f"a report, {_weight(returned)}")
    return True


def _honour(returned: Returned, message_id: str) -> bool:
    if returned.complaint:
        return actions.complained(message_id=message_id, why=returned.why)
    return actions.came_back(message_id=message_id, why=returned.why, permanent=returned.permanent)


def _weight(returned: Returned) -> str:
    return "for good" if returned.permanent else "for now"
