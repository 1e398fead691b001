"""Who is told what, and what was told: subscribers, subscriptions, events, deliveries.

Decide and deliver are two steps joined by a row: planning inserts events and deliveries, sending claims a delivery.
"""

import uuid
from functools import reduce
from operator import or_
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now

from tracker.commitments.models import Commitment, Term
from tracker.organizations.fields import PartialDateField, WordField
from tracker.organizations.models import Organization, Place, Product, Technology

RUNGS = (90, 30, 7, 1, 0)
"""Days before a fixed end on which a subscriber is warned; 0 is the day it has lapsed."""


def all_rungs() -> list[int]:
    """Every rung: what a new subscription asks for."""
    return list(RUNGS)


class Subscriber(models.Model):
    """An address that may be written to once it is confirmed. No account, no name."""

    address = models.EmailField(max_length=254)
    requested_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    paused_until = models.DateField(null=True, blank=True)
    time_zone = models.CharField(max_length=40, default="UTC")
    key = models.UUIDField(default=uuid.uuid4, unique=True, help_text="stands in signed links in place of the address")

    class Meta:
        constraints = (models.UniqueConstraint(Lower("address"), name="subscriber_address_once"),)

    def __str__(self) -> str:
        return f"subscriber {self.pk}"


_RECORDS = ("organization", "product", "technology", "commitment", "place")


def _follows_only(topic: str) -> Q:
    """The columns of a subscription to this topic: the one that says what is followed, and no other, is filled."""
    columns = {f"{record}__isnull": record != topic for record in _RECORDS}
    return Q(topic=topic, **columns) & (~Q(search="") if topic == "search" else Q(search=""))


class Subscription(models.Model):
    """What a subscriber follows: everything, or exactly one thing."""

    class Topic(models.TextChoices):
        EVERYTHING = "everything"
        ORGANIZATION = "organization"
        PRODUCT = "product"
        TECHNOLOGY = "technology"
        COMMITMENT = "commitment"
        PLACE = "place"
        SEARCH = "search"

    class Channel(models.TextChoices):
        EMAIL = "email"
        WEBHOOK = "webhook"

    class Cadence(models.TextChoices):
        AT_ONCE = "at_once", "at once"
        DAILY = "daily"
        WEEKLY = "weekly"

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="subscriptions")
    topic = WordField(max_length=12, choices=Topic)
    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, null=True, blank=True, related_name="followers"
    )
    product = models.ForeignKey(Product, on_delete=models.CASCADE, null=True, blank=True, related_name="followers")
    technology = models.ForeignKey(
        Technology, on_delete=models.CASCADE, null=True, blank=True, related_name="followers"
    )
    commitment = models.ForeignKey(
        Commitment, on_delete=models.CASCADE, null=True, blank=True, related_name="followers"
    )
    place = models.ForeignKey(Place, on_delete=models.CASCADE, null=True, blank=True, related_name="followers")
    search = models.CharField(max_length=200, blank=True, default="")
    channel = WordField(max_length=8, choices=Channel, default=Channel.EMAIL)
    cadence = WordField(max_length=8, choices=Cadence, default=Cadence.AT_ONCE)
    rungs = ArrayField(models.PositiveSmallIntegerField(), default=all_rungs)
    since = models.DateField(
        null=True, blank=True, help_text="the day it was confirmed; what was due before it is not sent"
    )
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("topic", "organization"), name="subscription_topic"),)
        constraints: ClassVar = (
            models.CheckConstraint(
                condition=reduce(or_, map(_follows_only, ("everything", *_RECORDS, "search"))),
                name="subscription_follows_what_its_topic_says",
            ),
            models.UniqueConstraint(
                fields=(
                    "subscriber",
                    "topic",
                    "organization",
                    "product",
                    "technology",
                    "commitment",
                    "place",
                    "search",
                    "channel",
                ),
                name="subscription_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(rungs__contained_by=list(RUNGS)), name="subscription_rungs_known"),
        )

    def __str__(self) -> str:
        return f"subscription {self.pk} to {self.topic}"


class Event(models.Model):
    """Something to tell. Its key is made of what it says, so that planning again finds it and adds nothing."""

    class Kind(models.TextChoices):
        EXPIRING = "expiring"
        LAPSED = "lapsed"
        MOVED = "moved", "the end moved"
        DECLARED = "declared", "the actor declared something"

    key = models.CharField(max_length=120, unique=True)
    kind = WordField(max_length=10, choices=Kind)
    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="events")
    term = models.ForeignKey(Term, on_delete=models.CASCADE, null=True, blank=True, related_name="events")
    rung = models.PositiveSmallIntegerField(null=True, blank=True)
    ends_on = PartialDateField(null=True, blank=True)
    due_on = models.DateField(help_text="the day it is to be told: the calendar's, or the day its term was published")
    news = models.BooleanField(
        default=True, help_text="told to followers; an old fact that we learned late is only recorded"
    )
    planned_on = models.DateField(help_text="the day passed to the planner that found it")
    history_id = models.BigIntegerField(null=True, blank=True, help_text="the history row (TermEvent) it was read from")
    planned_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = (
            models.Index(fields=("due_on",), name="event_due"),
            models.Index(fields=("planned_on",), name="event_planned"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=("expiring", "lapsed"), rung__isnull=False, ends_on__isnull=False)
                | Q(kind__in=("moved", "declared"), rung__isnull=True, term__isnull=False),
                name="event_says_which_rung_or_term",
            ),
            models.CheckConstraint(condition=Q(rung__isnull=True) | Q(rung__in=RUNGS), name="event_rung_known"),
        )

    def __str__(self) -> str:
        return self.key


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

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="deliveries")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries")
    state = WordField(max_length=10, choices=State, default=State.PENDING, db_default=State.PENDING)
    planned_on = models.DateField(help_text="the day passed to the planner; how late it is counts from here")
    attempts = models.PositiveSmallIntegerField(default=0, db_default=0)
    message_id = models.CharField(max_length=120, blank=True, default="", db_default="")
    claimed_at = models.DateTimeField(null=True, blank=True, help_text="the last time a sender took it")
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True, help_text="the day passed to the sender")
    reason = models.TextField(blank=True, default="", db_default="", help_text="why it failed, was missed or cancelled")

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = (
            models.Index(fields=("state",), condition=Q(state__in=("pending", "claimed")), name="delivery_open"),
        )
        constraints = (
            models.UniqueConstraint(fields=("subscription", "event"), name="delivery_once"),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent") & Q(sent_at__isnull=True),
                name="delivery_sent_iff_it_has_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"delivery {self.pk} {self.state}"
