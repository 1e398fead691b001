"""Names of which it is not certain whom they mean, asked of editors; an answer is remembered as an alias."""

from collections import Counter
from collections.abc import Iterable

from django.db import transaction

from tracker.imports.models import Import, Question
from tracker.imports.rows import Asked, Refused
from tracker.organizations.models import Alias, Organization


class NotACandidate(ValueError):
    """The organisation cannot be the answer: it is not of the role that was asked for."""


def ask(of: Import, refused: Iterable[Refused]) -> None:
    """Keep what the refused rows of a release ask, each name once. What it asks no more is not asked any more."""
    rows = [row for row in refused if row.asked is not None]
    counted: Counter[Asked] = Counter(row.asked for row in rows if row.asked)
    why = {row.asked: row.reason for row in rows}
    known = {(one.role, one.name, one.state_code): one for one in Question.objects.filter(dataset=of.dataset_id)}
    for asked, count in counted.items():
        content = {
            "why": why[asked][:200],
            "rows": count,
            "candidates": [{"organization": pk, "reason": reason} for pk, reason in asked.candidates],
        }
        name = (asked.role, asked.name[:300], asked.state[:2])
        question = known.pop(name, None)
        if question is None:
            role, said, state = name
            Question.objects.create(dataset_id=of.dataset_id, role=role, name=said, state_code=state, **content)
        elif question.state == Question.State.OPEN:
            Question.objects.filter(pk=question.pk).update(**content)
    over = [one.pk for one in known.values() if one.state == Question.State.OPEN]
    Question.objects.filter(pk__in=over).delete()


def answer(question: Question, organization: Organization | None) -> None:
    """Whom the name means; None: nobody we have. The next import of the file counts the rows.

    Raises NotACandidate for a vendor where an agency was asked for, or the other way round.
    """
    if organization is not None and organization.role != question.role:
        raise NotACandidate(f"{organization} is no {question.role}")
    with transaction.atomic():
        if organization is not None:
            Alias.objects.get_or_create(organization=organization, name=question.name)
        state = Question.State.ANSWERED if organization else Question.State.NOBODY
        Question.objects.filter(pk=question.pk).update(state=state, answer=organization)
