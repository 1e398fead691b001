"""What a subscriber follows."""

from functools import reduce
from operator import or_
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from tracker.alerts.models.subscribers import Endpoint, Subscriber
from tracker.commitments.models import Commitment
from tracker.organizations.fields import WordField
from tracker.organizations.models import Organization, Place, Product, Technology

RUNGS = (90, 30, 7, 1, 0)
"""Days before a fixed end on which a subscriber is warned; 0 is the day it has lapsed."""


WORDS = r"""^[^ :&|!()<>*'"\\]+( [^ :&|!()<>*'"\\]+)*$"""
"""Words with one space between them and no sign of PostgreSQL's text queries; see `searches.normal_search`."""


def all_rungs() -> list[int]:
    """Every rung: what a new subscription asks for."""
    return list(RUNGS)


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
    endpoint = models.ForeignKey(
        Endpoint, on_delete=models.CASCADE, null=True, blank=True, related_name="subscriptions"
    )
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
                fields=("subscriber", "topic", *_RECORDS, "search", "endpoint"),
                name="subscription_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(rungs__contained_by=list(RUNGS)), name="subscription_rungs_known"),
            models.CheckConstraint(
                condition=Q(channel="webhook", endpoint__isnull=False, cadence="at_once")
                | Q(channel="email", endpoint__isnull=True),
                name="subscription_endpoint_iff_webhook",
            ),
            models.CheckConstraint(
                condition=Q(search="") | Q(search__regex=WORDS), name="subscription_search_is_words"
            ),
        )

    def __str__(self) -> str:
        return f"subscription {self.pk} to {self.topic}"
