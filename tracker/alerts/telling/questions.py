"""Questions that were answered."""

from datetime import date

from tracker.alerts.models import Event
from tracker.alerts.telling.parts import Told, plain, proofs, when
from tracker.record.models import Question

LENGTH = 120


def answered(event: Event, on: date) -> Told:
    """A question that had no answer, and has one."""
    question = event.question
    assert question is not None
    asker = question.asked_by.name if question.asked_by else question.asked_by_words
    done = "Denied" if question.outcome == Question.Outcome.DENIED else "Answered"
    return Told(
        verb=done,
        subject=short(question),
        sentences=(
            f"{asker} asked {question.asked_of.name}{when(question.asked_on)}: “{plain(question.text)}”.",
            f"It was {done.lower()}{when(question.answered_on)}.",
            question.response,
        ),
        proofs=proofs(question.citations.all()),
        path=question.get_absolute_url(),
    )


def short(question: Question) -> str:
    """Whom, and the beginning of what was asked."""
    words = plain(question.text)
    words = words if len(words) <= LENGTH else words[:LENGTH].rsplit(" ", 1)[0] + " …"
    return f"{question.asked_of.name}, “{words}”"
