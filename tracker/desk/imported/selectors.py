"""What the desk's import pages show, in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from tracker.imports.models import Import, Question, Suggestion, Upload
from tracker.organizations.models import Organization
from tracker.partnerships.models import Partnership

SHOWN = 50
_WORDS = {"vendor_id": "vendor", "client_id": "agency", "technology_id": "technology", "product_id": "product"}


@dataclass(frozen=True)
class Overview:
    """Uploads on their way, releases that were imported, and how much waits for an answer. Four queries."""

    uploads: Sequence[Upload]
    imports: Sequence[Import]
    questions: int
    suggestions: int


def overview() -> Overview:
    """All of it, the newest first."""
    imports = Import.objects.select_related("dataset").order_by("-pk")
    gone = Count("missed_rows")
    return Overview(
        uploads=list(Upload.objects.select_related("by").defer("mapping", "report")[:SHOWN]),
        imports=list(imports.annotate(gone=gone)[:SHOWN]),
        questions=Question.objects.filter(state=Question.State.OPEN).count(),
        suggestions=Suggestion.objects.filter(state=Suggestion.State.OPEN).count(),
    )


@dataclass(frozen=True)
class Candidate:
    """An organisation that may be meant, why, and the key that chooses it."""

    key: int
    organization: Organization
    reason: str


@dataclass(frozen=True)
class Asked:
    """A question with its candidates."""

    question: Question
    candidates: Sequence[Candidate]


def questions() -> QuerySet[Question]:
    """The open questions, those for which the most rows wait first."""
    return Question.objects.filter(state=Question.State.OPEN).select_related("dataset").order_by("-rows", "name")


def with_candidates(asked: Sequence[Question]) -> list[Asked]:
    """The questions with their candidates. One query. A candidate that was merged or deleted is left out."""
    wanted = {one["organization"] for question in asked for one in question.candidates}
    found = Organization.objects.select_related("place__parent").in_bulk(wanted)
    return [
        Asked(
            question,
            [
                Candidate(key, found[one["organization"]], one["reason"])
                for key, one in enumerate(question.candidates, start=1)
                if one["organization"] in found
            ],
        )
        for question in asked
    ]


@dataclass(frozen=True)
class Suggested:
    """A difference between a dataset and a record that an editor corrected, in words."""

    suggestion: Suggestion
    record: Partnership
    field: str
    ours: str
    theirs: str


def suggestions() -> QuerySet[Suggestion]:
    """The open ones about records that there still are, the oldest first."""
    about = Suggestion.objects.filter(state=Suggestion.State.OPEN).filter(Q(row__partnership__isnull=False))
    return about.select_related("row__partnership", "row__dataset", "of").order_by("pk")


def in_words(found: Sequence[Suggestion]) -> list[Suggested]:
    """The suggestions with organisations by name. One query."""
    pks = {value for one in found if one.field in ("vendor_id", "client_id") for value in (one.ours, one.theirs)}
    named = Organization.objects.in_bulk(pks - {None})
    told = []
    for one in found:
        record = one.row.partnership
        if record is not None:
            ours, theirs = (_said(one.field, value, named) for value in (one.ours, one.theirs))
            told.append(Suggested(one, record, _WORDS.get(one.field, one.field.replace("_", " ")), ours, theirs))
    return told


def _said(field: str, value: Any, named: dict[Any, Organization]) -> str:
    if value in (None, ""):
        return "nothing"
    if field in ("vendor_id", "client_id"):
        return str(named.get(value, value))
    if field == "details":
        return ", ".join(f"{name}: {content}" for name, content in value.items())
    return str(value)
