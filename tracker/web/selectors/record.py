"""What happened and what was asked, as pages show it."""

from datetime import date

from django.db.models import F, Prefetch, QuerySet

from tracker.record.models import Finding, FindingCitation, Question, QuestionCitation, QuestionQuerySet


def findings(on: date) -> QuerySet[Finding, Finding]:
    """Published findings of `on` or before, newest first, with whom they name and their sources."""
    cited = Prefetch("citations", FindingCitation.objects.select_related("source"))
    return (
        Finding.objects.filter(published_on__isnull=False, on__startswith__lte=on)
        .select_related("subject", "agency", "by", "product")
        .prefetch_related(cited)
    )


def questions(on: date) -> QuestionQuerySet:
    """Published questions asked by `on` or on a day nobody noted, with their sources,
    the longest asked first.
    """
    cited = Prefetch("citations", QuestionCitation.objects.select_related("source"))
    asked: QuestionQuerySet = (
        Question.objects.filter(published_on__isnull=False)
        .exclude(asked_on__startswith__gt=on)
        .select_related("asked_of", "asked_by")
        .prefetch_related(cited)
        .order_by(F("asked_on__endswith").asc(nulls_last=True), "slug")
    )
    return asked
