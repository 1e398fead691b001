"""Whether what an event says is still so on a day, in SQL for many at once.

The planner cancels by it what waits, and the sender asks it again before each mail. `facts.holds` says the same in
Python, by the pure rules of `commitments.lifecycle`; the audit goes by that one, and a test holds the two together.
"""

from datetime import date

from tracker.alerts import claims
from tracker.alerts.events.calendar import UNCONFIRMED_KEY, ruling_ends, ruling_without_end
from tracker.alerts.events.partnerships import NEVER
from tracker.alerts.events.questions import ANSWERS
from tracker.alerts.models import Claim


def holds(on: date, *, only_about: bool = False) -> str:
    """SQL: event `e` is true on `on`. `only_about`: the commitments that the events can be about are in a common table
    expression `about(id)`, and no others are read.
    """
    versions = " ".join(f"WHEN '{claim}' THEN {_still_the_version(claim)}" for claim in Claim.values)
    return f"""
        CASE
        WHEN e.rung IS NOT NULL THEN EXISTS (
            SELECT 1 FROM ({
        ruling_ends(on, only_about=only_about)
    }) r WHERE r.commitment_id = e.commitment_id AND r.ends_on = e.ends_on
            AND CASE WHEN e.rung > 0 THEN r.lapses_on > '{on}'::date ELSE r.lapses_on <= '{
        on
    }'::date AND NOT r.reopens END)
        WHEN e.kind = 'unconfirmed' THEN EXISTS (
            SELECT 1 FROM ({ruling_without_end(on, only_about=only_about)}) r
            WHERE e.key = {UNCONFIRMED_KEY.format("r.term_id", "r.reconfirm_by")})
        WHEN e.kind IN ('declared', 'moved') THEN {_published("commitments_term", "term_id")}
        WHEN e.kind = 'verdict' THEN {_published("commitments_verdict", "verdict_id")}
        WHEN e.kind = 'began' THEN {
        _published("partnerships_partnership", "partnership_id", f"x.kind <> 'proposal' AND x.status NOT IN {NEVER}")
    }
        WHEN e.kind IN ('ended', 'paused', 'reinstated') THEN {
        _published("partnerships_partnership", "partnership_id", "x.status = e.kind")
    }
        WHEN e.kind = 'answered' THEN {_published("record_question", "question_id", f"x.outcome IN {ANSWERS}")}
        WHEN e.kind = 'corrected' THEN CASE e.claim {versions} END
        END
    """


def _published(table: str, column: str, condition: str = "true") -> str:
    return f"EXISTS (SELECT 1 FROM {table} x WHERE x.id = e.{column} AND x.published_on IS NOT NULL AND {condition})"


def _still_the_version(claim: str) -> str:
    """A correction says what stands now; once it is changed again, another correction says that."""
    stated = claims.STATED[Claim(claim)]
    record = f"(SELECT of.pgh_obj_id FROM {stated.history} of WHERE of.pgh_id = e.history_id)"
    return f"(SELECT now.pgh_id FROM ({stated.now(record)}) now) = e.history_id"
