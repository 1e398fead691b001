"""Since when the record says what it says: read from the history that the database keeps by trigger."""

from datetime import date

from tracker.alerts.events.columns import RECENT


def first_published(history: str, record: str) -> str:
    """SQL: the first row of the history of `record` in which it is published."""
    return f"""(SELECT min(pgh_id) FROM {history}
                WHERE pgh_obj_id = {record} AND published_on IS NOT NULL AND pgh_label IN ('insert', 'update'))"""


def since(history: str, record: str, states: str) -> str:
    """SQL for a LATERAL row: since which version of `record` the published history states this without a break.

    `states` is SQL, `{}` standing for a row of the history. Columns: version; learned (its day, UTC); changed (an
    earlier published version stated something else).
    """
    published = f"{{0}}.pgh_obj_id = {record} AND {{0}}.published_on IS NOT NULL".format
    return f"""
        SELECT min(h.pgh_id) AS version, (min(h.pgh_created_at) AT TIME ZONE 'UTC')::date AS learned,
               max(broken.pgh_id) IS NOT NULL AS changed
        FROM (SELECT max(o.pgh_id) AS pgh_id FROM {history} o
              WHERE {published("o")} AND NOT coalesce({states.replace("{}", "o")}, false)) broken
        JOIN {history} h ON {published("h")} AND h.pgh_id > coalesce(broken.pgh_id, 0)
    """


def due(on: date) -> str:
    """SQL over a row of `since`, beside a `published_on`: the day on which it is due to be told."""
    return f"CASE WHEN changed THEN greatest(published_on, least(learned, '{on}'::date)) ELSE published_on END"


def recent(happened: str) -> str:
    """SQL over a row of `since`, beside a `published_on`: it happened shortly before we learned of it.

    What changed after we had published otherwise is news even if nobody says when it happened.
    """
    since_when = f"CASE WHEN changed THEN learned ELSE published_on END - {RECENT.days}"
    return f"CASE WHEN {happened} IS NULL THEN changed ELSE upper({happened}) - 1 >= {since_when} END"
