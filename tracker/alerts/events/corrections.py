"""What we told and the record no longer says."""

from collections.abc import Iterator
from datetime import date

from tracker.alerts import claims
from tracker.alerts.claims import Stated
from tracker.alerts.events.columns import select


def corrections(on: date) -> Iterator[str]:
    """One for each claim that somebody was told otherwise than it stands now; its key names the version that stands."""
    for stated in claims.each():
        yield _corrections(on, stated)


def _corrections(on: date, stated: Stated) -> str:
    wrong = f"""
        (SELECT DISTINCT v.pgh_obj_id AS record, now.pgh_id AS version,
                e.commitment_id, e.partnership_id, e.question_id,
                CASE WHEN '{stated.claim}' = 'term' THEN (SELECT id FROM commitments_term WHERE id = v.pgh_obj_id) END
                    AS term_id,
                CASE WHEN '{stated.claim}' = 'verdict'
                     THEN (SELECT id FROM commitments_verdict WHERE id = v.pgh_obj_id) END AS verdict_id
         FROM {claims.told(stated)} CROSS JOIN LATERAL ({stated.now("v.pgh_obj_id")}) now
         WHERE {claims.states_it(stated)} AND {otherwise(stated)}
           AND EXISTS (SELECT 1 FROM alerts_delivery d WHERE d.wording_id = w.id AND d.state = 'sent')
        ) wrong
    """
    return select(
        wrong,
        key=f"'corrected:{stated.claim}:' || record || ':' || version",
        kind="'corrected'",
        claim=f"'{stated.claim}'",
        commitment_id="commitment_id",
        term_id="term_id",
        verdict_id="verdict_id",
        partnership_id="partnership_id",
        question_id="question_id",
        due_on=f"'{on}'::date",
        news="true",
        history_id="version",
    )


def otherwise(stated: Stated) -> str:
    """SQL over a told version `v` and the present one `now` (see `Stated`): they state different things.

    What was taken out of the record was taken back, whatever the world had made of it before.
    """
    moved_on = f"now.substance IS NOT NULL AND ({stated.unless.replace('{}', 'now')})"
    return f"""{stated.substance("v")} IS DISTINCT FROM now.substance AND NOT coalesce({moved_on}, false)"""
