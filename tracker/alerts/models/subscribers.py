"""Who may be written to, and where."""

import uuid
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from tracker.organizations.fields import WordField


class Subscriber(models.Model):
    """An address that may be written to once it is confirmed. No account, no name."""

    class Stopped(models.TextChoices):
        """Why nothing more is sent to it, although it follows something. Confirming once more starts it again."""

        BOUNCED = "bounced", "its mail came back"
        COMPLAINED = "complained", "somebody called our mail unwanted"

    address = models.EmailField(max_length=254)
    requested_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    paused_until = models.DateField(null=True, blank=True)
    time_zone = models.CharField(max_length=40, default="UTC", db_default="UTC")
    digest_hour = models.PositiveSmallIntegerField(
        default=8, db_default=8, help_text="the hour of the day, in this time zone, at which a digest is sent"
    )
    key = models.UUIDField(default=uuid.uuid4, unique=True, help_text="stands in signed links in place of the address")
    bounces = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="messages refused for good, or come back, since it was confirmed"
    )
    stopped = WordField(max_length=10, choices=Stopped, null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(Lower("address"), name="subscriber_address_once"),
            models.CheckConstraint(condition=Q(digest_hour__lte=23), name="subscriber_digest_hour_is_one"),
        )
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="time_zone_is_known",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("time_zone"),  # type: ignore[no-untyped-call]
                # PostgreSQL itself refuses a zone that it does not know; one such row would stop every digest.
                func="PERFORM now() AT TIME ZONE NEW.time_zone; RETURN NEW;",
            )
        ]

    def __str__(self) -> str:
        return f"subscriber {self.pk}"


class Endpoint(models.Model):
    """An address of a subscriber's own server that is told by webhook. Its messages are signed with its secret.

    During a change of secrets both sign, until `former_until`.
    """

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="endpoints")
    url = models.CharField(max_length=500)
    secret = models.CharField(max_length=100, help_text="as Standard Webhooks writes it: whsec_ and base64")
    former_secret = models.CharField(max_length=100, blank=True, default="")
    former_until = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    off_since = models.DateTimeField(null=True, blank=True)
    off_because = models.TextField(blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("subscriber", "url"), name="endpoint_once"),
            models.CheckConstraint(
                condition=Q(former_secret="", former_until__isnull=True)
                | ~Q(former_secret="") & Q(former_until__isnull=False),
                name="endpoint_former_secret_has_an_end",
            ),
            models.CheckConstraint(condition=~Q(secret=""), name="endpoint_has_a_secret"),
        )

    def __str__(self) -> str:
        return f"endpoint {self.pk}"
