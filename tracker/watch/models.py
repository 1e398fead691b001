"""What is looked at, what was found there, and what it may mean: watches, checks, versions, leads."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from tracker.commitments.models import Commitment, Term
from tracker.evidence.models import Snapshot, Source
from tracker.organizations.fields import WordField
from tracker.organizations.models import Organization

_A_DAY = timedelta(days=1)


class WatchQuerySet(models.QuerySet["Watch"]):
    """Watches, read as English."""

    def due(self, now: datetime) -> "WatchQuerySet":
        """Active and to be checked at or before `now`, the longest waiting first."""
        return self.filter(
            Q(next_check_at__isnull=True) | Q(next_check_at__lte=now), state=Watch.State.ACTIVE
        ).order_by(models.F("next_check_at").asc(nulls_first=True), "pk")


class Watch(models.Model):
    """An address where an organisation announces things, and how often to look there."""

    class Kind(models.TextChoices):
        PAGE = "page"
        FEED = "feed"
        SITEMAP = "sitemap"
        PDF = "pdf"
        LISTING = "listing", "press-release listing"

    class State(models.TextChoices):
        ACTIVE = "active"
        PAUSED = "paused"
        BROKEN = "broken"

    source = models.OneToOneField(Source, on_delete=models.PROTECT, related_name="watch")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="watches"
    )
    kind = WordField(max_length=8, choices=Kind, default=Kind.PAGE)
    every = models.DurationField(default=_A_DAY)
    selectors = models.JSONField(default=list, blank=True, help_text="CSS selectors, when the whole page will not do")
    state = WordField(max_length=8, choices=State, default=State.ACTIVE)
    verified = models.BooleanField(default=False, help_text="a check has worked at least once")
    next_check_at = models.DateTimeField(null=True, blank=True)
    etag = models.TextField(blank=True, default="", help_text="as the server sent it")
    last_modified = models.TextField(blank=True, default="", help_text="as the server sent it")

    objects = WatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "watches"
        indexes = (models.Index(fields=("state", "next_check_at"), name="watch_due"),)
        constraints = (
            models.CheckConstraint(condition=Q(every__gte=timedelta(minutes=1)), name="watch_at_most_every_minute"),
        )

    def __str__(self) -> str:
        return self.source.url


class Check(models.Model):
    """One look at a watch and what came of it."""

    class Outcome(models.TextChoices):
        FIRST = "first", "first seen"
        UNCHANGED = "unchanged"
        CHANGED = "changed"
        BLOCKED = "blocked"
        GONE = "gone"
        REFUSED = "refused", "refused by robots.txt or by us"
        ERROR = "error"

    watch = models.ForeignKey(Watch, on_delete=models.CASCADE, related_name="checks")
    at = models.DateTimeField()
    outcome = WordField(max_length=10, choices=Outcome)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.TextField(blank=True, default="")
    took = models.DurationField(null=True, blank=True)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-at",)
        constraints = (models.UniqueConstraint(fields=("watch", "at"), name="check_once"),)

    def __str__(self) -> str:
        return f"{self.watch_id} {self.at:%Y-%m-%d %H:%M} {self.outcome}"


class Version(models.Model):
    """The text of a watched page while it stayed the same, as blocks read by one extractor."""

    watch = models.ForeignKey(Watch, on_delete=models.CASCADE, related_name="versions")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="versions")
    extractor = models.CharField(max_length=40)
    blocks = models.JSONField(default=list)
    blocks_sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("-pk",)
        constraints = (models.UniqueConstraint(fields=("watch", "snapshot", "extractor"), name="version_once"),)

    def __str__(self) -> str:
        return f"version {self.pk} of watch {self.watch_id}"


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

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="leads")
    fingerprint = models.CharField(
        max_length=64, help_text="SHA-256 of the proposal: the same one is proposed once per version"
    )
    proposal = models.JSONField()
    quotes = models.JSONField(default=list)
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
                condition=Q(term__isnull=True) & ~Q(state="accepted") | Q(term__isnull=False, state="accepted"),
                name="lead_accepted_iff_it_made_a_term",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("accepted", "rejected")) | Q(decided_by__isnull=False),
                name="lead_decided_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"lead {self.pk}"
