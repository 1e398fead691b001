"""What is due: from the calendar, and from the history that the database keeps. One module for each source.

A source is a SELECT of `COLUMNS`. All of them together are one INSERT … SELECT: an event's key is made of what it
says, so a second run finds it and adds nothing.
"""

from datetime import date

from django.db import connection

from tracker.alerts.events import calendar, corrections, partnerships, promises, questions
from tracker.alerts.events.columns import COLUMNS


def insert(on: date) -> int:
    """Insert what is due on or before `on` and not known yet. Returns how many events."""
    sources = (
        calendar.rungs(on),
        calendar.unconfirmed(on),
        promises.terms(on),
        promises.verdicts(on),
        *partnerships.changes(on),
        questions.answers(on),
        *corrections.corrections(on),
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO alerts_event ({", ".join(COLUMNS)}, planned_on)
            SELECT {", ".join(COLUMNS)}, '{on}'::date FROM ({" UNION ALL ".join(sources)}) found
            WHERE NOT EXISTS (SELECT 1 FROM alerts_event known WHERE known.key = found.key)
            ORDER BY key
            ON CONFLICT (key) DO NOTHING
            """
        )
        return int(cursor.rowcount)
