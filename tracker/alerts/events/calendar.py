"""What the calendar brings: the rungs before a fixed end, the lapse, and a year without confirmation."""

from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.expressions import RawSQL

from tracker.alerts.events.columns import RECENT, select
from tracker.alerts.models import RUNGS
from tracker.commitments.lifecycle import STOPS, EndKind
from tracker.commitments.models import Term

LAPSES_ON = "CASE WHEN upper({0}) - lower({0}) = 1 THEN lower({0}) ELSE upper({0}) END"
_EDTF = """to_char(lower(ends_on), CASE
    WHEN upper(ends_on) - lower(ends_on) = 1 THEN 'YYYY-MM-DD'
    WHEN upper(ends_on) = (lower(ends_on) + interval '1 month')::date THEN 'YYYY-MM' ELSE 'YYYY' END)"""


@lru_cache(maxsize=64)  # a run of the planner asks for the same a dozen times, and Django takes its time
def ruling_ends(on: date, *, only_about: bool = False) -> str:
    """SQL: the fixed ends that rule on `on`, one row a commitment at most; `only_about`: of the commitments whose ids
    are in a common table expression `about(id)`.

    Columns: commitment_id, term_id, ends_on, lapses_on, published_on, reopens (a later term, declared and not yet
    effective, keeps it from counting as lapsed), edtf. The rule itself is TermQuerySet's.
    """
    opening = Term.objects.pending(on).exclude(action__in=list(STOPS)).filter(commitment=OuterRef("commitment"))
    ruling = (
        _ruling(on, only_about)
        .filter(end_kind=EndKind.FIXED)
        .annotate(reopens=Exists(opening))
        .values("commitment_id", "id", "ends_on", "published_on", "reopens")
    )
    return f"""SELECT commitment_id, id AS term_id, ends_on, {LAPSES_ON.format("ends_on")} AS lapses_on, published_on,
                      reopens, {_EDTF} AS edtf FROM ({as_sql(ruling)}) ruling"""


@lru_cache(maxsize=64)
def ruling_without_end(on: date, *, only_about: bool = False) -> str:
    """SQL: the terms that rule on `on` without a fixed end and are to be confirmed before it: commitment_id,
    term_id, reconfirm_by, published_on.
    """
    ruling = (
        _ruling(on, only_about)
        .exclude(end_kind=EndKind.FIXED)
        .filter(reconfirm_by__lt=on)
        .values("commitment_id", "id", "reconfirm_by", "published_on")
    )
    return f"SELECT commitment_id, id AS term_id, reconfirm_by, published_on FROM ({as_sql(ruling)}) ruling"


def rungs(on: date) -> str:
    """Rungs and lapses due on or before `on`.

    A rung is due so many days before the first day that the end date may mean, and is recorded late as long as the
    promise has not lapsed when we learn of it; afterwards only the lapse is left to tell.
    """
    due = f"""
        (SELECT ruling.*, rung, CASE WHEN rung = 0 THEN 'lapsed' ELSE 'expiring' END AS kind,
                CASE WHEN rung = 0 THEN lapses_on ELSE lower(ends_on) - rung END AS day
         FROM ({ruling_ends(on)}) ruling CROSS JOIN unnest(ARRAY{list(RUNGS)}) AS rung
        ) due
        WHERE day <= '{on}'::date AND (rung > 0 AND published_on < lapses_on OR rung = 0 AND NOT reopens)
    """
    return select(
        due,
        key="kind || ':' || commitment_id || ':' || edtf || ':' || rung",
        kind="kind",
        claim="'term'",
        commitment_id="commitment_id",
        term_id="term_id",
        rung="rung",
        ends_on="ends_on",
        due_on="greatest(day, published_on)",
        news=f"rung > 0 OR day >= published_on - {RECENT.days}",
    )


def unconfirmed(on: date) -> str:
    """Promises in force without an end date that nobody has confirmed by the day they were to be confirmed by."""
    return select(
        f"({ruling_without_end(on)}) stale",
        key=UNCONFIRMED_KEY.format("term_id", "reconfirm_by"),
        kind="'unconfirmed'",
        claim="'term'",
        commitment_id="commitment_id",
        term_id="term_id",
        due_on="greatest(reconfirm_by + 1, published_on)",
        news=f"reconfirm_by + 1 >= published_on - {RECENT.days}",
    )


UNCONFIRMED_KEY = "'unconfirmed:' || {} || ':' || {}"


def _ruling(on: date, only_about: bool) -> "QuerySet[Term]":
    ruling = Term.objects.effective(on).filter(published_on__lte=on).exclude(action__in=list(STOPS)).order_by()
    return ruling.filter(commitment_id__in=RawSQL("SELECT id FROM about", [])) if only_about else ruling


def as_sql(query: "QuerySet[Term, Any]") -> str:
    """The query as SQL that stands for itself, to be put into a larger statement that takes no parameters."""
    sql, parameters = query.query.get_compiler(connection=connection).as_sql()
    with connection.cursor() as cursor:
        written: bytes | str = cursor.mogrify(sql, parameters)
    return written.decode() if isinstance(written, bytes) else written
