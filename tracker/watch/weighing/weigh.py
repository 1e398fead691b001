"""An answer in, a finding out, for every kind of watch."""

from datetime import datetime

import structlog

from tracker.watch.asking.outcomes import Failed, Refused, RobotsForbid
from tracker.watch.fetch import Fetched
from tracker.watch.finding import Finding
from tracker.watch.models import Outcome, Watch
from tracker.watch.rounds.jobs import Answer
from tracker.watch.weighing import lists, pages
from tracker.watch.weighing.missing import missing
from tracker.watch.weighing.proposals import Library

log = structlog.get_logger(__name__)

_PAGES = frozenset({Watch.Kind.PAGE, Watch.Kind.PDF})
_NOT_FOUND = frozenset({404, 410})


def weigh(watch: Watch, answer: Answer, *, at: datetime, library: Library) -> Finding:
    """What `answer`, got at `at`, comes to. The caller holds the watch locked, so that what is remembered stays so."""
    if isinstance(answer, Failed):
        refused = isinstance(answer, Refused | RobotsForbid)
        return Finding(Outcome.REFUSED if refused else Outcome.ERROR, answer.reason)
    if answer.status in _NOT_FOUND:
        return missing(watch, answer.status, at=at)
    try:
        found = _read(watch, answer, at=at, library=library)
    except Exception as error:
        log.exception("a page could not be read", watch=watch.pk)
        return Finding(Outcome.ERROR, f"what it answered could not be read: {type(error).__name__}")
    return _with_move(found, watch, answer)


def _read(watch: Watch, answer: Fetched, *, at: datetime, library: Library) -> Finding:
    if answer.not_modified:
        return Finding(Outcome.UNCHANGED, "the server says so (304)")
    if watch.kind in _PAGES:
        return pages.weigh(watch, answer, at=at, library=library)
    return lists.weigh(watch, answer, at=at, library=library)


def _with_move(found: Finding, watch: Watch, answer: Fetched) -> Finding:
    """An unchanged page that says for the first time that it has moved, has moved."""
    if found.outcome != Outcome.UNCHANGED or answer.moved_to in ("", watch.moved_to):
        return found
    return Finding(Outcome.MOVED, f"to {answer.moved_to}", memory=found.memory)
