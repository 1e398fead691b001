"""What became of partnerships: began, paused, taken up again, ended."""

from collections.abc import Iterator
from datetime import date

from tracker.alerts.events.columns import by, learned_in_time, select
from tracker.alerts.events.history import due, recent, since

NEVER = "('denied', 'never_started')"
"""Statuses of a partnership that was none."""

_HAPPENED = {"ended": "ended", "paused": "decided", "reinstated": "decided"}
"""Which column says when: the client's decision, where there is no other."""


def changes(on: date) -> Iterator[str]:
    """Beginnings, ends, pauses and resumptions published by `on`."""
    yield _began(on)
    for status, happened in _HAPPENED.items():
        yield _became(on, status, happened)


def _began(on: date) -> str:
    """Partnerships that started, by a date that was recent when we learned of it. Older ones are no events."""
    began = f"""
        (SELECT p.id, p.started, p.published_on, now.*
         FROM partnerships_partnership p CROSS JOIN LATERAL ({_since("p", "{}.started = p.started")}) now
         WHERE {by(on, "p.published_on")} AND lower(p.started) <= '{on}'::date
           AND {learned_in_time("p.started", "p.published_on")}
           AND p.kind <> 'proposal' AND p.status NOT IN {NEVER}
           AND NOT EXISTS (SELECT 1 FROM alerts_event known WHERE known.key = 'began:' || p.id)
        ) began WHERE {recent("started")}
    """
    return select(
        began,
        key="'began:' || id",
        kind="'began'",
        claim="'began'",
        partnership_id="id",
        due_on=due(on),
        news="true",
        history_id="version",
    )


def _became(on: date, status: str, happened: str) -> str:
    """Partnerships whose status says so. The key holds the version that first said it, so that an end after a
    resumption is another one.
    """
    became = f"""
        (SELECT p.id, p.{happened} AS happened, p.published_on, now.*
         FROM partnerships_partnership p CROSS JOIN LATERAL ({_since("p", f"{{}}.status = '{status}'")}) now
         WHERE {by(on, "p.published_on")} AND p.status = '{status}'
        ) became
    """
    return select(
        became,
        key=f"'{status}:' || id || ':' || coalesce(version, 0)",
        kind=f"'{status}'",
        claim=f"'{status}'",
        partnership_id="id",
        due_on=due(on),
        news=recent("happened"),
        history_id="version",
    )


def _since(row: str, states: str) -> str:
    return since("partnerships_partnershipevent", f"{row}.id", states)
