"""Questions that were answered."""

from datetime import date

from tracker.alerts.events.columns import by, select
from tracker.alerts.events.history import due, recent, since

ANSWERS = "('answered', 'denied')"


def answers(on: date) -> str:
    """Answers published by `on`; a denial is one."""
    answered = f"""
        (SELECT q.id, q.answered_on, q.published_on, now.*
         FROM record_question q
         CROSS JOIN LATERAL ({since("record_questionevent", "q.id", f"{{}}.outcome IN {ANSWERS}")}) now
         WHERE {by(on, "q.published_on")} AND q.outcome IN {ANSWERS}
           AND (q.answered_on IS NULL OR lower(q.answered_on) <= '{on}'::date)
        ) answered
    """
    return select(
        answered,
        key="'answered:' || id || ':' || coalesce(version, 0)",
        kind="'answered'",
        claim="'answer'",
        question_id="id",
        due_on=due(on),
        news=recent("answered_on"),
        history_id="version",
    )
