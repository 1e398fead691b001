"""What was declared of a promise, and how well it was kept. Read from the tables and their history, so that no path
of writing (desk, admin, import, SQL) can forget one.
"""

from datetime import date

from tracker.alerts.events.calendar import LAPSES_ON
from tracker.alerts.events.columns import by, learned_in_time, select
from tracker.alerts.events.history import first_published
from tracker.commitments.lifecycle import STOPS


def terms(on: date) -> str:
    """Declarations made and published by `on`.

    One is `moved` where a fixed end stood that had not passed and no longer stands, and `ends_on` then is that old
    end; a term that stops the promise is told as what it is, not as a moved date.
    """
    stops = ", ".join(f"'{action.value}'" for action in STOPS)
    told = f"""
        (SELECT term.*, before.ends_on AS old_end,
                before.ends_on IS NOT NULL AND term.ends_on IS DISTINCT FROM before.ends_on
                AND NOT term.action IN ({stops})
                AND lower(term.declared_on) < {LAPSES_ON.format("before.ends_on")} AS moved
         FROM commitments_term term
         LEFT JOIN LATERAL (
             SELECT earlier.ends_on FROM commitments_term earlier
             WHERE earlier.commitment_id = term.commitment_id AND earlier.published_on IS NOT NULL
               AND (lower(earlier.declared_on), earlier."order") < (lower(term.declared_on), term."order")
             ORDER BY lower(earlier.declared_on) DESC, earlier."order" DESC LIMIT 1
         ) before ON true
         WHERE {by(on, "term.published_on")} AND lower(term.declared_on) <= '{on}'::date
           AND NOT EXISTS (SELECT 1 FROM alerts_event known WHERE known.key = 'term:' || term.id)
        ) told
    """
    return select(
        told,
        key="'term:' || id",
        kind="CASE WHEN moved THEN 'moved' ELSE 'declared' END",
        claim="'term'",
        commitment_id="commitment_id",
        term_id="id",
        ends_on="CASE WHEN moved THEN old_end END",
        due_on="published_on",
        news=learned_in_time("declared_on", "published_on"),
        history_id=first_published("commitments_termevent", "told.id"),
    )


def verdicts(on: date) -> str:
    """Verdicts given and published by `on`."""
    return select(
        f"""commitments_verdict v WHERE {by(on, "v.published_on")} AND lower(v."on") <= '{on}'::date""",
        key="'verdict:' || v.id",
        kind="'verdict'",
        claim="'verdict'",
        commitment_id="v.commitment_id",
        verdict_id="v.id",
        due_on="v.published_on",
        news=learned_in_time('v."on"', "v.published_on"),
        history_id=first_published("commitments_verdictevent", "v.id"),
    )
