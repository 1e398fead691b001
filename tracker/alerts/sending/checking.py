"""Asking once more, just before sending: the row, its subscriber and subscription, the fact, and the words for it."""

import hashlib
import logging
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection

from tracker.alerts import truth
from tracker.alerts.channels import Item
from tracker.alerts.deliveries import MOVED
from tracker.alerts.models import Event, Wording
from tracker.alerts.telling import Notice, notice
from tracker.alerts.telling.topics import TOPIC

logger = logging.getLogger(__name__)

PAUSED = "paused"


@dataclass(frozen=True)
class Row:
    """A claimed delivery as it is now. `objection`: why it must not be sent, or empty."""

    id: int
    attempts: int
    message_id: str
    event_id: int
    digest_id: int | None
    cadence: str
    subscription_id: int
    subscriber_id: int
    subscriber_key: uuid.UUID
    address: str
    endpoint_id: int | None
    topic: str
    objection: str


_ROWS = f"""
    SELECT d.id, d.attempts, d.message_id, d.event_id, d.digest_id, coalesce(digest.cadence, 'at_once'),
           d.subscription_id, d.subscriber_id, p.key, p.address, d.endpoint_id, {TOPIC},
           CASE WHEN s.ended_on IS NOT NULL OR s.since IS NULL THEN 'unsubscribed'
                WHEN p.confirmed_at IS NULL THEN 'the address is not confirmed'
                WHEN p.stopped IS NOT NULL AND d.endpoint_id IS NULL THEN 'stopped: ' || p.stopped
                WHEN endpoint.off_since IS NOT NULL THEN 'the webhook is switched off'
                WHEN p.paused_until > %(on)s THEN '{PAUSED}' ELSE '' END
    FROM alerts_delivery d JOIN alerts_subscription s ON s.id = d.subscription_id
    JOIN alerts_subscriber p ON p.id = d.subscriber_id
    LEFT JOIN alerts_digest digest ON digest.id = d.digest_id
    LEFT JOIN alerts_endpoint endpoint ON endpoint.id = d.endpoint_id
    WHERE d.id = ANY(%(ids)s) AND d.state = 'claimed' ORDER BY d.digest_id, d.ready_at, d.id
"""


def rows(ids: Iterable[int], on: date) -> list[Row]:
    """Those of the deliveries that are still claimed, as they are now."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, {"ids": list(ids), "on": on})
        return [Row(*row) for row in cursor.fetchall()]


@dataclass(frozen=True)
class Said:
    """An event as it is told at this moment: its words, and the row that keeps them."""

    versions: tuple[Any, ...]
    item: Item
    wording_id: int


class Facts:
    """What the events of one run say. Words are made once for each version of the record, and asked about each time."""

    def __init__(self, on: date) -> None:
        self._on = on
        self._said: dict[int, Said] = {}
        self.unspeakable: dict[int, str] = {}

    def of(self, event_ids: set[int]) -> dict[int, Said]:
        """Those of the events that hold now, in the words of the record as it is now."""
        said = {}
        for event_id, holds, *versions in self._ask(event_ids):
            if not holds:
                continue
            known = self._said.get(event_id)
            if known is None or known.versions != tuple(versions):
                known = self._say_or_note(event_id, tuple(versions))
            if known is not None:
                said[event_id] = known
        return said

    def _ask(self, event_ids: Iterable[int]) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(_question(self._on), {"ids": list(event_ids)})
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return found

    def _say_or_note(self, event_id: int, versions: tuple[Any, ...]) -> Said | None:
        """The words for the event. One for which we find none, a defect of ours, must not keep the others from being
        told: it is noted in `unspeakable`.
        """
        try:
            return self._say(event_id, versions)
        except Exception as defect:
            logger.exception("event %s cannot be put into words", event_id)
            self.unspeakable[event_id] = f"{type(defect).__name__}: {defect}"[:500]
            return None

    def _say(self, event_id: int, versions: tuple[Any, ...]) -> Said | None:
        """Read the facts and put them into words; once more if they changed while they were read."""
        while True:
            event = Event.objects.with_facts().get(pk=event_id)
            words = notice(event, self._on)
            ((_, holds, *after),) = self._ask([event_id])
            if not holds:
                return None
            if tuple(after) == versions:
                item = Item(event.key, event.kind, event.due_on, words)
                said = self._said[event_id] = Said(versions, item, _keep(event, words, versions))
                return said
            versions = tuple(after)


@lru_cache(maxsize=8)
def _question(on: date) -> str:
    """SQL: of the events with these ids, whether each holds, and the versions of all that it states.

    The same for every batch of a day, and slow to put together, so it is kept.
    """
    newest = "(SELECT max(pgh_id) FROM {} WHERE pgh_obj_id = e.{})".format
    return f"""
        WITH about AS (SELECT DISTINCT commitment_id AS id FROM alerts_event WHERE id = ANY(%(ids)s))
        SELECT e.id, coalesce({truth.holds(on, only_about=True)}, false),
               {newest("commitments_commitmentevent", "commitment_id")},
               {newest("commitments_termevent", "term_id")},
               {newest("commitments_verdictevent", "verdict_id")},
               {newest("partnerships_partnershipevent", "partnership_id")},
               {newest("record_questionevent", "question_id")},
               ARRAY(SELECT max(version.pgh_id) FROM commitments_term term
                     JOIN commitments_carveout excepted ON excepted.term_id = term.id
                     JOIN commitments_carveoutevent version ON version.pgh_obj_id = excepted.id
                     WHERE term.commitment_id = e.commitment_id AND excepted.published_on IS NOT NULL
                     GROUP BY excepted.id ORDER BY excepted.id)
        FROM alerts_event e WHERE e.id = ANY(%(ids)s)
    """


def _keep(event: Event, words: Notice, versions: tuple[Any, ...]) -> int:
    """The id of the row that keeps these words and the versions that they rest on."""
    commitment, term, verdict, partnership, question, carve_outs = versions
    if event.kind == Event.Kind.CORRECTED and None in (term, verdict):
        # What is gone has no row; the correction rests on the version in which it went.
        term = term or (event.history_id if event.claim == "term" else None)
        verdict = verdict or (event.history_id if event.claim == "verdict" else None)
    text = " ".join((*words.sentences, f"Excepted: {'; '.join(words.excepted)}." if words.excepted else "")).strip()
    of_what = repr((words.headline, text, commitment, term, verdict, partnership, question, carve_outs))
    wording, _ = Wording.objects.get_or_create(
        event=event,
        digest=hashlib.sha256(of_what.encode()).hexdigest(),
        defaults={
            "headline": words.headline,
            "text": text,
            "commitment_version": commitment,
            "term_version": term,
            "verdict_version": verdict,
            "partnership_version": partnership,
            "question_version": question,
            "carve_out_versions": carve_outs,
        },
    )
    return wording.pk


def objection(row: Row, said: dict[int, Said]) -> str:
    """Why this delivery must not be sent now; empty if nothing speaks against it."""
    return row.objection or ("" if row.event_id in said else MOVED)
