"""What happened: tests, incidents, documents, protests, attributed opinions; questions put and not answered."""

from datetime import date
from typing import ClassVar

from django.db import models

from tracker.evidence.claims import Citation, Claim, citation_triggers, cited_once, claim_triggers
from tracker.organizations.fields import PartialDateField, WordField
from tracker.organizations.history import tracked
from tracker.organizations.models import Organization, Product
from tracker.organizations.slugs import FormerSlug, keeps_former_slugs


@tracked()
class Finding(Claim):
    """A claim that something was found, happened or was said. An opinion has a name in front of it."""

    class Kind(models.TextChoices):
        TEST = "test"
        INCIDENT = "incident"
        DOCUMENT = "document"
        PROTEST = "protest"
        LAWSUIT = "lawsuit"
        STATEMENT = "statement"
        OPINION = "opinion"

    slug = models.SlugField(max_length=120, unique=True)
    kind = WordField(max_length=10, choices=Kind)
    category = models.CharField(
        max_length=40, blank=True, default="", help_text="such as wrongful arrest or breach of rule"
    )
    title = models.CharField(max_length=200)
    subject = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="findings")
    agency = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="incidents")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, null=True, blank=True, related_name="findings")
    by = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="made_findings")
    by_words = models.CharField(
        max_length=200,
        blank=True,
        default="",
        help_text="who tested or said it, if it has no record of its own",
    )
    on = PartialDateField()
    examined = models.TextField(blank=True, default="", help_text="what was tested")
    summary = models.TextField()
    outcome = models.TextField(blank=True, default="")
    response = models.TextField(blank=True, default="", help_text="what the vendor said to it")
    caveat = models.TextField(blank=True, default="")
    tested = models.PositiveBigIntegerField(null=True, blank=True)
    matched = models.PositiveBigIntegerField(null=True, blank=True)
    figures = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("-on", "slug")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(kind="opinion") | models.Q(by__isnull=False) | ~models.Q(by_words=""),
                name="finding_opinion_is_attributed",
            ),
            models.CheckConstraint(
                condition=models.Q(tested__isnull=True)
                | models.Q(matched__isnull=True)
                | models.Q(matched__lte=models.F("tested")),
                name="finding_matches_within_tested",
            ),
        )
        triggers: ClassVar = [
            *claim_triggers("record_finding", "record_findingcitation"),
            *keeps_former_slugs("record_findingformerslug"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/findings/{self.slug}/"


class FindingFormerSlug(FormerSlug):
    """A slug by which a finding was once known."""

    record = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="former_slugs")


@tracked()
class FindingCitation(Citation):
    """A source for a finding."""

    claim = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = (cited_once("finding_cited_once"),)
        triggers: ClassVar = citation_triggers("record_finding", "record_findingcitation")


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions, read as English."""

    def open(self, on: date) -> "QuestionQuerySet":
        """Asked on or before `on` (or on a day nobody noted) and by then neither answered nor denied."""
        return self.filter(
            models.Q(asked_on__isnull=True) | models.Q(asked_on__startswith__lte=on),
            models.Q(outcome__in=Question.WITHOUT_ANSWER) | models.Q(answered_on__startswith__gt=on),
        )


@tracked()
class Question(Claim):
    """A claim that somebody asked and what came back. How long there has been no answer is a number of days."""

    class Outcome(models.TextChoices):
        UNANSWERED = "unanswered"
        EVADED = "evaded"
        DENIED = "denied"
        ANSWERED = "answered"

    WITHOUT_ANSWER: ClassVar = (Outcome.UNANSWERED, Outcome.EVADED)

    slug = models.SlugField(max_length=120, unique=True)
    asked_of = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="questions")
    asked_by = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="asked")
    asked_by_words = models.CharField(max_length=200, blank=True, default="")
    asked_on = PartialDateField(null=True, blank=True)
    text = models.TextField()
    outcome = WordField(max_length=10, choices=Outcome)
    response_kind = models.CharField(
        max_length=40, blank=True, default="", help_text="such as no comment, refused, not addressed"
    )
    response = models.TextField(blank=True, default="")
    follow_up = models.TextField(blank=True, default="")
    answered_on = PartialDateField(null=True, blank=True)
    products = models.ManyToManyField(Product, blank=True, related_name="questions")

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ("asked_on", "slug")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(asked_by__isnull=False) | ~models.Q(asked_by_words=""),
                name="question_has_an_asker",
            ),
            models.CheckConstraint(condition=~models.Q(text=""), name="question_asks_something"),
            models.CheckConstraint(
                condition=models.Q(answered_on__isnull=True) | models.Q(outcome__in=("answered", "denied")),
                name="question_answer_day_needs_answer",
            ),
            models.CheckConstraint(
                condition=models.Q(asked_on__isnull=True)
                | models.Q(answered_on__isnull=True)
                | models.Q(answered_on__endswith__gt=models.F("asked_on__startswith")),
                name="question_answered_after_it_was_asked",
            ),
        )
        triggers: ClassVar = [
            *claim_triggers("record_question", "record_questioncitation"),
            *keeps_former_slugs("record_questionformerslug"),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return f"/questions/{self.slug}/"

    def days_unanswered(self, on: date) -> int | None:
        """Days from the asking to `on` without an answer; at least so many where only the month or year is known.

        None where it was answered or denied by `on`, not yet asked, or nobody noted when.
        """
        if self.asked_on is None or self.asked_on.last > on:
            return None
        answered = self.outcome not in self.WITHOUT_ANSWER
        if answered and (self.answered_on is None or self.answered_on.first <= on):
            return None
        days: int = (on - self.asked_on.last).days
        return days


class QuestionFormerSlug(FormerSlug):
    """A slug by which a question was once known."""

    record = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="former_slugs")


@tracked()
class QuestionCitation(Citation):
    """A source for a question, its answer or the lack of one."""

    claim = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = (cited_once("question_cited_once"),)
        triggers: ClassVar = citation_triggers("record_question", "record_questioncitation")
