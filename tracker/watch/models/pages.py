"""What pages said: their versions, what is remembered and ruled of their habits, the articles they named."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from tracker.evidence.models import Snapshot
from tracker.organizations.fields import WordField
from tracker.watch.models.watches import Watch


class Memory(models.Model):
    """What is remembered of a watched page between two looks, as `reading.memory` or `kinds.news` wrote it."""

    watch = models.OneToOneField(Watch, on_delete=models.CASCADE, primary_key=True, related_name="memory")
    content = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "memories"

    def __str__(self) -> str:
        return f"memory of watch {self.watch_id}"


class Ruling(models.Model):
    """An editor's word on a habit of a page: that it is news after all, or noise here. It outranks what was learned."""

    watch = models.ForeignKey(Watch, on_delete=models.CASCADE, related_name="rulings")
    key = models.CharField(max_length=200, help_text="the habit, as reading names it")
    words = models.TextField(help_text="the habit, as the editor saw it")
    is_news = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at",)
        constraints = (models.UniqueConstraint(fields=("watch", "key"), name="ruling_once"),)

    def __str__(self) -> str:
        return f"{'news' if self.is_news else 'noise'}: {self.words[:60]}"


class Version(models.Model):
    """The text of a watched page while it stayed the same, as blocks read by one extractor."""

    watch = models.ForeignKey(Watch, on_delete=models.CASCADE, related_name="versions")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="versions")
    extractor = models.CharField(max_length=40)
    blocks = models.JSONField(default=list)
    blocks_sha256 = models.CharField(max_length=64)
    added = models.JSONField(
        default=list,
        blank=True,
        help_text="places of the blocks that were new",
        db_default=models.Value([], models.JSONField()),
    )
    removed = models.JSONField(
        default=list, blank=True, help_text="the blocks that were gone", db_default=models.Value([], models.JSONField())
    )
    same_as = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="told_again",
        help_text="the version that told the same change first, on another page of the site",
    )
    change_sha256 = models.CharField(
        max_length=64, blank=True, default="", db_default="", help_text="of what was new, as it is compared"
    )

    class Meta:
        ordering = ("-pk",)
        indexes = (models.Index(fields=("change_sha256",), condition=~Q(change_sha256=""), name="version_same_change"),)
        constraints = (models.UniqueConstraint(fields=("watch", "snapshot", "extractor"), name="version_once"),)

    def __str__(self) -> str:
        return f"version {self.pk} of watch {self.watch_id}"


class Article(models.Model):
    """What a feed, a sitemap or a listing named: remembered, and read once where it has a page of its own."""

    class State(models.TextChoices):
        WAITING = "waiting", "to be read"
        READ = "read"
        FAILED = "failed", "could not be read"

    watch = models.ForeignKey(Watch, on_delete=models.CASCADE, related_name="articles")
    named_in = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="articles_named")
    # From where to where its title and what the list says of it stand in that version's blocks.
    first_block = models.PositiveIntegerField()
    last_block = models.PositiveIntegerField()
    key = models.CharField(max_length=64, help_text="SHA-256 of what the list knows it by")
    link = models.TextField()
    title = models.TextField(blank=True, default="")
    published_on = models.DateField(null=True, blank=True)
    found_at = models.DateTimeField()
    state = WordField(max_length=7, choices=State, default=State.WAITING)
    due_at = models.DateTimeField(null=True, blank=True, help_text="when it is to be read, or tried again")
    tries = models.PositiveSmallIntegerField(default=0)
    reason = models.TextField(blank=True, default="", help_text="why it could not be read")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, null=True, blank=True, related_name="articles")

    class Meta:
        ordering = ("-found_at", "-pk")
        indexes = (models.Index(fields=("due_at",), condition=Q(state="waiting"), name="article_due"),)
        constraints = (
            models.UniqueConstraint(fields=("watch", "key"), name="article_once"),
            models.CheckConstraint(
                condition=Q(state="waiting", due_at__isnull=False) | ~Q(state="waiting") & Q(due_at__isnull=True),
                name="article_waits_for_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="read") | Q(version__isnull=False), name="article_read_has_a_version"
            ),
        )

    def __str__(self) -> str:
        return self.title or self.link
