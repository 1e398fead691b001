"""What there is to tell."""

from typing import Self

from django.db import models
from django.db.models import Prefetch, Q
from django.db.models.functions import Now

from tracker.alerts.models.subscriptions import RUNGS
from tracker.commitments.models import CarveOut, Commitment, Term, Verdict
from tracker.organizations.fields import PartialDateField, WordField
from tracker.partnerships.models import Partnership
from tracker.record.models import Question


class Claim(models.TextChoices):
    """What an event rests on: the part of the record that makes it true. See `alerts.claims`."""

    TERM = "term"
    VERDICT = "verdict"
    BEGAN = "began", "a partnership's beginning"
    ENDED = "ended", "a partnership's end"
    PAUSED = "paused", "a partnership's pause"
    REINSTATED = "reinstated", "a partnership taken up again"
    ANSWER = "answer", "a question's answer"
    ACTOR = "actor", "whose promise it is"
    CARVE_OUT = "carve_out", "who is excepted"


class EventQuerySet(models.QuerySet["Event"]):
    """Events, read as English."""

    def with_facts(self) -> Self:
        """With all that `telling.notice` and `facts.holds` need, in a fixed number of queries."""
        carve_outs = CarveOut.objects.filter(published_on__isnull=False).select_related("organization")
        return self.select_related(
            "commitment__actor",
            "term",
            "verdict",
            "partnership__vendor",
            "partnership__client__place__parent",
            "partnership__product",
            "partnership__technology",
            "question__asked_of",
            "question__asked_by",
        ).prefetch_related(
            "term__citations__source",
            "verdict__citations__source",
            "partnership__citations__source",
            "question__citations__source",
            Prefetch("commitment__terms", Term.objects.published()),
            Prefetch("commitment__terms__carve_outs", carve_outs),
        )


class Event(models.Model):
    """Something to tell. Its key is made of what it says, so that planning again finds it and adds nothing.

    The records it names may be deleted; the event, and with it what was told, stays. `history_id` is then the way to
    what they said: it is the row of the history of `claim` from which the event was read.
    """

    class Kind(models.TextChoices):
        EXPIRING = "expiring"
        LAPSED = "lapsed"
        MOVED = "moved", "the end moved"
        DECLARED = "declared", "the actor declared something"
        UNCONFIRMED = "unconfirmed", "nobody has confirmed it for a year"
        VERDICT = "verdict", "a verdict was given"
        BEGAN = "began", "a partnership began"
        ENDED = "ended", "a partnership ended"
        PAUSED = "paused", "a partnership was paused"
        REINSTATED = "reinstated", "a partnership was taken up again"
        ANSWERED = "answered", "a question was answered"
        CORRECTED = "corrected", "what we told was wrong"

    key = models.CharField(max_length=120, unique=True)
    kind = WordField(max_length=12, choices=Kind)
    claim = WordField(max_length=12, choices=Claim)
    commitment = models.ForeignKey(Commitment, on_delete=models.SET_NULL, null=True, blank=True, related_name="events")
    term = models.ForeignKey(Term, on_delete=models.SET_NULL, null=True, blank=True, related_name="events")
    verdict = models.ForeignKey(Verdict, on_delete=models.SET_NULL, null=True, blank=True, related_name="events")
    partnership = models.ForeignKey(
        Partnership, on_delete=models.SET_NULL, null=True, blank=True, related_name="events"
    )
    question = models.ForeignKey(Question, on_delete=models.SET_NULL, null=True, blank=True, related_name="events")
    rung = models.PositiveSmallIntegerField(null=True, blank=True)
    ends_on = PartialDateField(null=True, blank=True)
    due_on = models.DateField(help_text="the day it is to be told: the calendar's, or the day its claim was published")
    news = models.BooleanField(
        default=True,
        help_text="told to followers; an old fact that we learned late is told only to whom we told otherwise",
    )
    planned_on = models.DateField(help_text="the day passed to the planner that found it")
    history_id = models.BigIntegerField(null=True, blank=True, help_text="the history row it was read from")
    planned_at = models.DateTimeField(db_default=Now())

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("due_on",), name="event_due"),
            models.Index(fields=("planned_on",), name="event_planned"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=("expiring", "lapsed"), rung__isnull=False, ends_on__isnull=False)
                | ~Q(kind__in=("expiring", "lapsed")) & Q(rung__isnull=True),
                name="event_has_a_rung_iff_it_is_of_the_calendar",
            ),
            models.CheckConstraint(condition=Q(rung__isnull=True) | Q(rung__in=RUNGS), name="event_rung_known"),
            models.CheckConstraint(
                condition=~Q(kind="corrected") | Q(history_id__isnull=False), name="event_corrected_names_a_version"
            ),
        )

    def __str__(self) -> str:
        return self.key
