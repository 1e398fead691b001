"""What every source of events gives, and the rule of what is news."""

from datetime import date, timedelta

RECENT = timedelta(days=60)
"""How long before we learned of it a fact may have happened and still be told as news. Without this limit, loading
the catalogue would mail every follower about promises of years ago."""

COLUMNS = {
    "key": "text",
    "kind": "text",
    "claim": "text",
    "commitment_id": "bigint",
    "term_id": "bigint",
    "verdict_id": "bigint",
    "partnership_id": "bigint",
    "question_id": "bigint",
    "rung": "smallint",
    "ends_on": "partial_date",
    "due_on": "date",
    "news": "boolean",
    "history_id": "bigint",
}


def select(source: str, **columns: str) -> str:
    """A SELECT of all columns FROM `source`, in their order; those not given are NULL. All arguments are SQL."""
    unknown = columns.keys() - COLUMNS.keys()
    assert not unknown, unknown
    listed = ", ".join(f"({columns.get(name, 'NULL')})::{kind} AS {name}" for name, kind in COLUMNS.items())
    return f"SELECT {listed} FROM {source}"


def learned_in_time(happened: str, learned: str) -> str:
    """SQL: what `happened` (a partial date) was recent on the day we `learned` of it."""
    return f"upper({happened}) - 1 >= {learned} - {RECENT.days}"


def by(on: date, published_on: str) -> str:
    """SQL: published by that day."""
    return f"{published_on} <= '{on}'::date"
