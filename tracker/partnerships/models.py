"""Who works with whom: a vendor, its client, what is used, since when, and on whose platform."""

from typing import ClassVar, Self

from django.db import models

from tracker.evidence.claims import Citation, Claim, citation_triggers, cited_once, claim_triggers
from tracker.evidence.models import Dispute, DisputedValue
from tracker.organizations.fields import PartialDateField, WordField
from tracker.organizations.history import tracked
from tracker.organizations.models import Organization, Product, Technology

_CLAIM, _CITATION = "partnerships_partnership", "partnerships_partnershipcitation"


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    """Partnerships, read as English."""

    def between(self, one: str, other: str) -> Self:
        """Those in which one of the two serves the other, by their slugs, as readers see them."""
        either = models.Q(vendor__slug=one, client__slug=other) | models.Q(vendor__slug=other, client__slug=one)
        return self.filter(either, published_on__isnull=False).order_by("slug")

    def lasting(self) -> Self:
        """Those that may still be so: not ended, not denied, and not never begun."""
        over = (Partnership.Status.ENDED, Partnership.Status.DENIED, Partnership.Status.NEVER_STARTED)
        return self.exclude(status__in=over)


@tracked()
class Partnership(Claim):
    """A claim that `vendor` serves `client`. The client may be another vendor: hosting makes chains."""

    class Kind(models.TextChoices):
        USES = "uses"
        PILOTS = "pilots"
        CONTRACT = "contract"
        AGREEMENT = "agreement", "agreement or memorandum"
        DATA_SHARING = "data_sharing", "data sharing"
        HOSTING = "hosting"
        RESELLER = "reseller"
        FUNDING = "funding"
        PROMOTION = "promotion"
        PROPOSAL = "proposal"

    class Status(models.TextChoices):
        """What the sources say became of it. `unknown`: it once was, and no source says whether it still is."""

        REPORTED = "reported"
        CONFIRMED = "confirmed"
        DENIED = "denied"
        UNDISCLOSED = "undisclosed"
        UNKNOWN = "unknown"
        ENDED = "ended"
        PAUSED = "paused"
        REINSTATED = "reinstated"
        NEVER_STARTED = "never_started", "never started"

    slug = models.SlugField(max_length=200, unique=True)
    vendor = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="clients")
    client = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="suppliers")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, null=True, blank=True, related_name="partnerships")
    technology = models.ForeignKey(
        Technology, on_delete=models.PROTECT, null=True, blank=True, related_name="partnerships"
    )
    kind = WordField(max_length=14, choices=Kind)
    via = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="passed_on")
    via_words = models.CharField(
        max_length=200,
        blank=True,
        default="",
        help_text="a reseller or platform that has no record of its own",
    )
    decided = PartialDateField(
        null=True, blank=True, help_text="when the client decided, if that is what a source gives"
    )
    started = PartialDateField(null=True, blank=True)
    ended = PartialDateField(null=True, blank=True)
    last_confirmed = PartialDateField(null=True, blank=True)
    status = WordField(max_length=14, choices=Status)
    status_detail = models.CharField(max_length=80, blank=True, default="")
    end_reason = models.TextField(blank=True, default="")
    amount = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True, default="")
    contract_number = models.CharField(max_length=60, blank=True, default="")
    details = models.JSONField(
        default=dict,
        blank=True,
        help_text="what only this kind of source gives, such as cameras or retention",
    )
    note = models.TextField(blank=True, default="")

    objects: ClassVar = PartnershipQuerySet.as_manager()

    class Meta:
        ordering = ("slug",)
        indexes = (
            models.Index(fields=("vendor", "status"), name="partnership_vendor_status"),
            models.Index(fields=("client", "status"), name="partnership_client_status"),
        )
        constraints = (
            models.CheckConstraint(condition=~models.Q(vendor=models.F("client")), name="partnership_between_two"),
            models.CheckConstraint(
                condition=models.Q(started__isnull=True)
                | models.Q(ended__isnull=True)
                | models.Q(ended__endswith__gt=models.F("started__startswith")),
                name="partnership_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True, currency="")
                | models.Q(amount__isnull=False, currency__regex="^[A-Z]{3}$"),
                name="partnership_amount_has_currency",
            ),
        )
        triggers: ClassVar = claim_triggers(_CLAIM, _CITATION)

    def __str__(self) -> str:
        return self.slug


@tracked()
class PartnershipCitation(Citation):
    """A source for a partnership."""

    claim = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = (cited_once("partnership_cited_once"),)
        triggers: ClassVar = citation_triggers(_CLAIM, _CITATION)


class Obligation(models.Model):
    """Money promised under a contract on a day, or taken back (negative), as one line of a file has it.

    In the currency of the contract. No history is kept of it: nobody edits it, and the file that it is a line of is
    kept as it was, under the import that wrote it.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="obligations")
    on = models.DateField()
    amount = models.DecimalField(max_digits=16, decimal_places=2)
    modification = models.CharField(max_length=40, blank=True, default="", help_text="the number of the amendment")
    what = models.TextField(blank=True, default="", help_text="what it is for, in the words of the file")
    line = models.PositiveIntegerField(help_text="the line of the file")

    class Meta:
        ordering = ("on", "line")
        constraints = (
            models.UniqueConstraint(fields=("partnership", "line", "on"), name="obligation_once_per_line"),
            models.CheckConstraint(condition=models.Q(line__gt=0), name="obligation_has_a_line"),
        )

    def __str__(self) -> str:
        return f"{self.on}: {self.amount}"


class PartnershipDispute(Dispute):
    """Sources that disagree about a partnership."""

    about = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="disputes")


class PartnershipDisputedValue(DisputedValue):
    """One of the values."""

    dispute = models.ForeignKey(PartnershipDispute, on_delete=models.CASCADE, related_name="values")
