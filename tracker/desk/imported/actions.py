"""What editors do about imports: answers and decisions, each under the editor's name in the history."""

import pghistory
from django.contrib.auth.models import User
from django.db import transaction

from tracker.desk.refusals import AlreadyDecided, Refused
from tracker.imports.applying.fields import put
from tracker.imports.applying.questions import NotACandidate, answer
from tracker.imports.models import Import, ImportedRow, Question, Suggestion
from tracker.imports.undoing import CannotUndo, Undone, undo
from tracker.organizations.models import Organization
from tracker.partnerships.models import Partnership


def answer_question(question: Question, organization: int | None, *, by: User) -> str:
    """Whom the name means, or nobody. Returns what was done, in words. Raises Refused."""
    with transaction.atomic(), pghistory.context(user=by.pk):
        question = Question.objects.select_for_update().get(pk=question.pk)
        if question.state != Question.State.OPEN:
            raise AlreadyDecided(f"Somebody has answered already whom “{question.name}” means.")
        meant = Organization.objects.filter(pk=organization).first() if organization else None
        if organization and meant is None:
            raise Refused("That organisation is not on record any more.")
        try:
            answer(question, meant)
        except NotACandidate as error:
            raise Refused(f"{error}.") from error
    if meant is None:
        return f"“{question.name}” is nobody we have. Nobody is asked again."
    return f"“{question.name}” is {meant}: the next import of the file counts its rows."


def decide(suggestion: Suggestion, *, take: bool, by: User) -> str:
    """Take what the dataset says, or keep what the record says. Raises Refused."""
    with transaction.atomic(), pghistory.context(user=by.pk):
        suggestion = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
        if suggestion.state != Suggestion.State.OPEN:
            raise AlreadyDecided("Somebody has decided this already.")
        if take:
            _take(suggestion)
        suggestion.state = Suggestion.State.TAKEN if take else Suggestion.State.REJECTED
        suggestion.save(update_fields=["state"])
    return "The record says now what the dataset says." if take else "The record stays as it is."


def _take(suggestion: Suggestion) -> None:
    row = ImportedRow.objects.select_for_update().get(pk=suggestion.row_id)
    record = Partnership.objects.select_for_update().filter(pk=row.partnership_id or 0).first()
    if record is None:
        raise Refused("The record is not there any more.")
    put(record, {suggestion.field: suggestion.theirs})
    record.save()
    row.wrote = row.wrote | {suggestion.field: suggestion.theirs}
    row.save(update_fields=["wrote"])


def take_back(made: Import, *, by: User) -> Undone:
    """Undo an import as a whole. Raises Refused, saying who worked on top of it."""
    with pghistory.context(user=by.pk):
        try:
            return undo(made)
        except CannotUndo as error:
            raise Refused(f"Nothing was undone: {error}.") from error
