"""What is sent to whom, and what was said."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from tracker.alerts.models.events import Event
from tracker.alerts.models.subscribers import Endpoint, Subscriber
from tracker.alerts.models.subscriptions import Subscription
from tracker.organizations.fields import WordField


class Wording(models.Model):
    """The words in which an event was told, and the versions of the record that they rest on (ids of history rows).

    So that we know what we said after the record has changed, and whom a change makes us correct ourselves to.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="wordings")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the words and the versions")
    headline = models.TextField()
    text = models.TextField()
    commitment_version = models.BigIntegerField(null=True, blank=True)
    term_version = models.BigIntegerField(null=True, blank=True)
    verdict_version = models.BigIntegerField(null=True, blank=True)
    partnership_version = models.BigIntegerField(null=True, blank=True)
    question_version = models.BigIntegerField(null=True, blank=True)
    carve_out_versions = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("event", "digest"), name="wording_once"),)

    def __str__(self) -> str:
        return self.headline


class Digest(models.Model):
    """One mail with all that a subscriber is told in a period: at most one for each day or week, by this row's key."""

    class Cadence(models.TextChoices):
        DAILY = "daily"
        WEEKLY = "weekly"

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="digests")
    cadence = WordField(max_length=8, choices=Cadence)
    period = models.DateField(help_text="the subscriber's own day, or the Monday of the week, for which it is sent")
    message_id = models.CharField(max_length=120, unique=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("subscriber", "cadence", "period"), name="digest_once"),)

    def __str__(self) -> str:
        return f"{self.cadence} digest {self.period}"


class Delivery(models.Model):
    """One event for one subscription: the row that joins deciding and sending."""

    class State(models.TextChoices):
        PENDING = "pending"
        CLAIMED = "claimed"
        SENT = "sent"
        FAILED = "failed"
        MISSED = "missed", "missed: could not be sent in time"
        CANCELLED = "cancelled"
        COLLAPSED = "collapsed", "told by a more urgent one"

    LIVE: ClassVar = (State.PENDING, State.CLAIMED, State.SENT, State.FAILED, State.MISSED)
    """States of which one person has at most one for an event and a channel: PostgreSQL holds it."""

    # Every index is written twice for a mail, at its claim and at its receipt. So no foreign key has one that another
    # index makes needless (delivery_once), or that would hold nothing but NULLs for most rows.
    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, db_index=False, related_name="deliveries")
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="deliveries")
    endpoint = models.ForeignKey(
        Endpoint, on_delete=models.CASCADE, db_index=False, null=True, blank=True, related_name="deliveries"
    )
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries")
    state = WordField(max_length=10, choices=State, default=State.PENDING, db_default=State.PENDING)
    planned_on = models.DateField(help_text="the day passed to the planner; how late it is counts from here")
    ready_at = models.DateTimeField(help_text="not sent before: the next digest, or the next attempt")
    in_digest = models.BooleanField(default=False, db_default=False)
    digest = models.ForeignKey(
        Digest, on_delete=models.SET_NULL, db_index=False, null=True, blank=True, related_name="deliveries"
    )
    wording = models.ForeignKey(
        Wording, on_delete=models.RESTRICT, db_index=False, null=True, blank=True, related_name="deliveries"
    )
    attempts = models.PositiveSmallIntegerField(default=0, db_default=0)
    message_id = models.CharField(max_length=120, blank=True, default="", db_default="")
    claimed_at = models.DateTimeField(null=True, blank=True, help_text="the last time a sender took it")
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True, help_text="the day passed to the sender")
    reason = models.TextField(blank=True, default="", db_default="", help_text="why it failed, was missed or cancelled")
    reported = models.BooleanField(default=False, db_default=False, help_text="missed, and the operators were told")

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = (
            models.Index(fields=("ready_at", "id"), condition=Q(state="pending"), name="delivery_waiting"),
            models.Index(fields=("claimed_at", "id"), condition=Q(state="claimed"), name="delivery_claimed"),
            models.Index(fields=("id",), condition=Q(state="missed", reported=False), name="delivery_unreported"),
            models.Index(
                fields=("event",), condition=Q(state__in=("cancelled", "collapsed")), name="delivery_set_aside"
            ),
            models.Index(fields=("message_id",), condition=~Q(message_id=""), name="delivery_message"),
            models.Index(fields=("endpoint",), condition=Q(endpoint__isnull=False), name="delivery_of_endpoint"),
            models.Index(fields=("digest",), condition=Q(digest__isnull=False), name="delivery_of_digest"),
            models.Index(fields=("wording",), condition=Q(wording__isnull=False), name="delivery_of_wording"),
        )
        constraints = (
            models.UniqueConstraint(fields=("subscription", "event"), name="delivery_once"),
            models.UniqueConstraint(
                fields=("subscriber", "endpoint", "event"),
                condition=Q(state__in=("pending", "claimed", "sent", "failed", "missed")),
                nulls_distinct=False,
                name="delivery_one_live_for_a_person",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent") & Q(sent_at__isnull=True),
                name="delivery_sent_iff_it_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("claimed", "sent")) | ~Q(message_id=""), name="delivery_taken_has_a_message_id"
            ),
        )

    def __str__(self) -> str:
        return f"delivery {self.pk} {self.state}"


class PlannerRun(models.Model):
    """A run of the planner that was the first for its day, saw something new, or changed something.

    `seen` is how far each table of history went when it ran (the highest pgh_id by table): what the audit replays.
    """

    on = models.DateField()
    at = models.DateTimeField()
    seen = models.JSONField()
    done = models.JSONField(help_text="how many events, deliveries, …")

    def __str__(self) -> str:
        return f"planned on {self.on}"
