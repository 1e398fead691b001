"""What is due: from the calendar (rungs before a fixed end, the lapse) and from the history of terms.

One INSERT … SELECT each. An event's key is made of what it says, so a second run finds it and adds nothing.
"""

from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef

from tracker.alerts.models import RUNGS
from tracker.commitments.lifecycle import STOPS, EndKind
from tracker.commitments.models import Term

RECENT = timedelta(days=60)
"""How long before we published it a fact may have happened and still be told as news. Without this limit, loading
the catalogue would mail every follower about promises of years ago."""

_LAPSES_ON = "CASE WHEN upper(ends_on) - lower(ends_on) = 1 THEN lower(ends_on) ELSE upper(ends_on) END"
_EDTF = """to_char(lower(ends_on), CASE
    WHEN upper(ends_on) - lower(ends_on) = 1 THEN 'YYYY-MM-DD'
    WHEN upper(ends_on) = (lower(ends_on) + interval '1 month')::date THEN 'YYYY-MM' ELSE 'YYYY' END)"""


def ruling_ends(on: date) -> tuple[str, list[Any]]:
    """SQL and its parameters: the fixed ends that rule on `on`, one row a commitment at most.

    Columns: commitment_id, term_id, ends_on, lapses_on, published_on, reopens (a later term, declared and not yet
    effective, keeps it from counting as lapsed), edtf. The rule itself is TermQuerySet's.
    """
    opening = Term.objects.pending(on).exclude(action__in=list(STOPS)).filter(commitment=OuterRef("commitment"))
    ruling = (
        Term.objects.effective(on)
        .filter(end_kind=EndKind.FIXED, published_on__lte=on)
        .exclude(action__in=list(STOPS))
        .annotate(reopens=Exists(opening))
        .values("commitment_id", "id", "ends_on", "published_on", "reopens")
        .order_by()
    )
    sql, parameters = ruling.query.get_compiler(connection=connection).as_sql()
    outer = f"""SELECT commitment_id, id AS term_id, ends_on, {_LAPSES_ON} AS lapses_on, published_on, reopens,
                       {_EDTF} AS edtf FROM ({sql}) ruling"""
    return outer, list(parameters)


def insert_from_calendar(on: date) -> int:
    """Insert the rungs and lapses due on or before `on` that are not known yet. Returns how many.

    A rung is due so many days before the first day that the end date may mean, and is recorded late as long as the
    promise has not lapsed when we learn of it; afterwards only the lapse is left to tell.
    """
    ruling, parameters = ruling_ends(on)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO alerts_event (key, kind, commitment_id, term_id, rung, ends_on, due_on, news, planned_on)
            SELECT kind || ':' || commitment_id || ':' || edtf || ':' || rung, kind, commitment_id, term_id, rung,
                   ends_on, greatest(day, published_on), rung > 0 OR day >= published_on - %s, %s
            FROM (
                SELECT ruling.*, rung,
                       CASE WHEN rung = 0 THEN 'lapsed' ELSE 'expiring' END AS kind,
                       CASE WHEN rung = 0 THEN lapses_on ELSE lower(ends_on) - rung END AS day
                FROM ({ruling}) ruling CROSS JOIN unnest(%s) AS rung
            ) due
            WHERE day <= %s AND (rung > 0 AND published_on < lapses_on OR rung = 0 AND NOT reopens)
            ORDER BY 1
            ON CONFLICT (key) DO NOTHING
            """,
            [RECENT.days, on, *parameters, list(RUNGS), on],
        )
        return int(cursor.rowcount)


def insert_from_history(on: date) -> int:
    """Insert what was declared and published by `on` and is not known yet. Returns how many.

    Read from the table and the history that the database keeps by trigger, so that no path of writing (desk, admin,
    import, SQL) can forget one. It is `moved` where a fixed end stood that had not passed and no longer stands, and
    `ends_on` then is that old end; a term that stops the promise is told as what it is, not as a moved date.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO alerts_event
                (key, kind, commitment_id, term_id, ends_on, due_on, news, planned_on, history_id)
            SELECT 'term:' || id, CASE WHEN moved THEN 'moved' ELSE 'declared' END, commitment_id, id,
                   CASE WHEN moved THEN old_end END, published_on,
                   upper(declared_on) - 1 >= published_on - %(recent)s, %(on)s, history_id
            FROM (
                SELECT term.*, first.history_id, before.ends_on AS old_end,
                       before.ends_on IS NOT NULL
                       AND term.ends_on IS DISTINCT FROM before.ends_on
                       AND NOT term.action = ANY(%(stops)s)
                       AND lower(term.declared_on) < {_LAPSES_ON.replace("ends_on", "before.ends_on")} AS moved
                FROM commitments_term term
                LEFT JOIN LATERAL (
                    SELECT min(pgh_id) AS history_id FROM commitments_termevent
                    WHERE pgh_obj_id = term.id AND published_on IS NOT NULL AND pgh_label IN ('insert', 'update')
                ) first ON true
                LEFT JOIN LATERAL (
                    SELECT earlier.ends_on FROM commitments_term earlier
                    WHERE earlier.commitment_id = term.commitment_id AND earlier.published_on IS NOT NULL
                      AND (lower(earlier.declared_on), earlier."order") < (lower(term.declared_on), term."order")
                    ORDER BY lower(earlier.declared_on) DESC, earlier."order" DESC LIMIT 1
                ) before ON true
                WHERE term.published_on <= %(on)s AND lower(term.declared_on) <= %(on)s
                  AND NOT EXISTS (SELECT 1 FROM alerts_event known WHERE known.key = 'term:' || term.id)
            ) told
            ORDER BY id
            ON CONFLICT (key) DO NOTHING
            """,
            {"on": on, "recent": RECENT.days, "stops": [action.value for action in STOPS]},
        )
        return int(cursor.rowcount)
