"""Why we believe it: sources, what they were when fetched, and what cites them."""

from typing import ClassVar

import pgtrigger
from django.db import models

from tracker.evidence.claims import Citation, cited_once, snapshot_of_its_source
from tracker.organizations.fields import PartialDateField, WordField
from tracker.organizations.history import tracked
from tracker.organizations.models import Organization, Product
from tracker.organizations.slugs import FormerSlug, keeps_former_slugs


def _sha256_of(column: str) -> models.Func:
    digest = models.Func(column, function="sha256")
    return models.Func(digest, models.Value("hex"), function="encode", output_field=models.CharField())


@tracked()
class Source(models.Model):
    """A page or document that claims rest on. One per normalised address; a printed document has none."""

    class Kind(models.TextChoices):
        OFFICIAL = "official", "official statement or text"
        COURT = "court", "court document"
        CONTRACT = "contract"
        RECORDS = "records", "records request"
        DATASET = "dataset"
        NEWS = "news"
        RESEARCH = "research"
        ADVOCACY = "advocacy"
        ANALYSIS = "analysis"
        SOCIAL = "social", "social media"
        REPOST = "repost", "repost of another's text"

    class Health(models.TextChoices):
        """How its link fares; `unknown` until it was first checked."""

        UNKNOWN = "unknown", "not checked yet"
        LIVE = "live"
        MOVED = "moved"
        BLOCKED = "blocked"
        DEAD = "dead"
        CHANGED = "changed", "changed since cited"

    slug = models.SlugField(max_length=200, unique=True)
    url = models.TextField("address", blank=True, default="")
    normalised_url = models.TextField(null=True, blank=True, unique=True)
    title = models.TextField()
    publisher = models.CharField(max_length=200, blank=True, default="")
    kind = WordField(max_length=10, choices=Kind)
    published_on = PartialDateField(null=True, blank=True)
    archive_url = models.TextField("archived copy elsewhere", blank=True, default="")
    seen = models.CharField("how it was read", max_length=20, blank=True, default="")
    title_is_description = models.BooleanField(
        default=False, help_text="the title is ours: the page's own was not seen"
    )
    note = models.TextField(blank=True, default="")
    health = WordField(max_length=10, choices=Health, default=Health.UNKNOWN)
    health_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("title",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(url="", normalised_url__isnull=True)
                | ~models.Q(url="") & models.Q(normalised_url__isnull=False),
                name="source_url_is_normalised",
            ),
            models.CheckConstraint(
                condition=models.Q(normalised_url__isnull=True)
                | models.Q(normalised_url__regex="^https://[^/?#@]+/[^#]*$"),
                name="source_normalised_url_form",
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="source_has_a_title"),
        )
        triggers: ClassVar = keeps_former_slugs("evidence_sourceformerslug")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/evidence/{self.slug}/"


class SourceFormerSlug(FormerSlug):
    """A slug by which a source was once known."""

    record = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="former_slugs")


class Body(models.Model):
    """Bytes as they came, once per hash, packed by `bodies.py`: read them with `bodies.content_of`.

    `content` is the bytes themselves, a zstd frame of them, or a zstd frame that is their difference from `base`,
    which is never a difference itself. The database holds what is stored to its hash; whether it unpacks to the
    bytes of `sha256` is asked each time it is read.
    """

    class Packing(models.TextChoices):
        PLAIN = "plain"
        ZSTD = "zstd"
        DELTA = "delta", "zstd, as the difference from another one"

    sha256 = models.CharField(max_length=64, primary_key=True)
    packing = WordField(max_length=5, choices=Packing, default=Packing.PLAIN, db_default="plain")
    base = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="differences")
    content = models.BinaryField()
    content_sha256 = models.CharField(
        max_length=64, blank=True, default="", db_default="", help_text="of what is stored, where it is packed"
    )

    class Meta:
        verbose_name_plural = "bodies"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(packing="plain", content_sha256="", sha256=_sha256_of("content"))
                | ~models.Q(packing="plain") & models.Q(content_sha256=_sha256_of("content")),
                name="body_is_what_its_hash_says",
            ),
            models.CheckConstraint(
                condition=models.Q(packing="delta", base__isnull=False)
                | ~models.Q(packing="delta") & models.Q(base__isnull=True),
                name="body_differs_from_its_base",
            ),
        )
        triggers: ClassVar = [
            pgtrigger.Protect(name="bytes_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="base_is_no_difference",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__packing="delta"),
                func="""
                    IF EXISTS (SELECT FROM evidence_body WHERE sha256 = NEW.base_id AND packing = 'delta') THEN
                        RAISE EXCEPTION 'a body cannot be the difference from a difference' USING ERRCODE = '23514';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.sha256[:12]


class Snapshot(models.Model):
    """What a source answered at one moment. The text is what `extractor` read from the bytes; it can be read again."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="snapshots")
    fetched_at = models.DateTimeField()
    final_url = models.TextField()
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    hops = models.JSONField(
        default=list,
        blank=True,
        help_text="redirects on the way: [{url, status, headers}, …]",
        db_default=models.Value([], models.JSONField()),
    )
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="snapshots")
    text = models.TextField(blank=True, default="")
    text_sha256 = models.CharField(max_length=64, blank=True, default="")
    extractor = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        ordering = ("-fetched_at",)
        constraints = (models.UniqueConstraint(fields=("source", "fetched_at", "body"), name="snapshot_once"),)
        triggers: ClassVar = [
            pgtrigger.ReadOnly(
                name="answer_is_kept", fields=["source", "fetched_at", "final_url", "status", "headers", "hops", "body"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} at {self.fetched_at:%Y-%m-%d %H:%M}"


@tracked()
class OrganizationCitation(Citation):
    """A source for who an organisation is, what it is called and to whom it belongs."""

    claim = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = (cited_once("organization_cited_once"),)
        triggers: ClassVar = [snapshot_of_its_source()]


@tracked()
class ProductCitation(Citation):
    """A source for what a product is and who sells it."""

    claim = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = (cited_once("product_cited_once"),)
        triggers: ClassVar = [snapshot_of_its_source()]


class Dispute(models.Model):
    """Abstract: two sources, two values for one field, and which one the site took. Concrete tables add `about`."""

    slug = models.SlugField(max_length=80, unique=True)
    field = models.CharField(max_length=80)
    choice = models.TextField(help_text="which value was taken, and why")

    class Meta:
        abstract = True
        ordering = ("slug",)

    def __str__(self) -> str:
        return f"{self.field}: {self.choice[:60]}"


class DisputedValue(models.Model):
    """Abstract: what one source gives for a disputed field. Concrete tables add `dispute`."""

    value = models.TextField()
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        ordering = ("id",)

    def __str__(self) -> str:
        return self.value
