"""What a change may mean, for an editor to decide."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from tracker.commitments.models import Commitment, Term
from tracker.organizations.fields import WordField
from tracker.partnerships.models import Partnership
from tracker.watch.models.pages import Version


class Lead(models.Model):
    """What a change on a page may mean, proposed by the machine; only an editor's accept makes it a claim.

    `proposal` has the shape of an action's arguments (see proposing/propose.py), `quotes` maps each of its fields to
    the sentences it comes from: [{"field", "text", "block", "start", "end"}, …].
    """

    class State(models.TextChoices):
        NEW = "new"
        ACCEPTED = "accepted"
        REJECTED = "rejected"
        DUPLICATE = "duplicate"
        SUPERSEDED = "superseded"

    class Queue(models.TextChoices):
        CONFIDENT = "confident"
        CHECK = "check", "please check"

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="leads")
    fingerprint = models.CharField(
        max_length=64, help_text="SHA-256 of the proposal: the same one is proposed once per version"
    )
    proposal = models.JSONField()
    quotes = models.JSONField(default=list)
    queue = WordField(max_length=9, choices=Queue, default=Queue.CHECK, db_default="check")
    priority = models.FloatField(default=0.5)
    reasons = models.JSONField(default=list, blank=True, help_text="why this priority, in words")
    proposed_at = models.DateTimeField()
    state = WordField(max_length=10, choices=State, default=State.NEW)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.TextField(blank=True, default="")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, null=True, blank=True, related_name="leads")
    term = models.OneToOneField(Term, on_delete=models.PROTECT, null=True, blank=True, related_name="lead")
    # One lead tells that it began, another that it ended.
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, null=True, blank=True, related_name="leads")

    class Meta:
        ordering = ("-priority", "proposed_at", "pk")
        indexes = (models.Index(fields=("state", "-priority"), name="lead_queue"),)
        constraints: ClassVar = (
            models.UniqueConstraint(fields=("version", "fingerprint"), name="lead_once_per_version"),
            models.CheckConstraint(condition=Q(priority__gte=0, priority__lte=1), name="lead_priority_zero_to_one"),
            models.CheckConstraint(
                condition=Q(state="new", decided_at__isnull=True) | ~Q(state="new") & Q(decided_at__isnull=False),
                name="lead_decided_iff_not_new",
            ),
            models.CheckConstraint(
                condition=Q(term__isnull=True, partnership__isnull=True) & ~Q(state="accepted")
                | Q(term__isnull=False, partnership__isnull=True, state="accepted")
                | Q(term__isnull=True, partnership__isnull=False, state="accepted"),
                name="lead_accepted_iff_it_made_a_claim",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("accepted", "rejected")) | Q(decided_by__isnull=False),
                name="lead_decided_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"lead {self.pk}"
