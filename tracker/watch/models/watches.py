"""What is looked at, and what came of it: watches, their checks, and what they report of themselves."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from tracker.evidence.models import Snapshot, Source
from tracker.organizations.fields import WordField
from tracker.organizations.models import Organization

_A_DAY = timedelta(days=1)


class Outcome(models.TextChoices):
    """What a check came to."""

    FIRST = "first", "first seen"
    UNCHANGED = "unchanged"
    SUSPECTED = "suspected", "seemed changed, waits for a second look"
    CHANGED = "changed"
    MOVED = "moved"
    EMPTY = "empty", "suddenly finds nothing"
    BLOCKED = "blocked"
    MISSING = "missing", "not found"
    GONE = "gone", "not found three times over a day"
    REFUSED = "refused", "refused by robots.txt or by us"
    ERROR = "error"


# What says that a watch works: the site was reached and its page was read.
WORKED = (Outcome.FIRST, Outcome.UNCHANGED, Outcome.SUSPECTED, Outcome.CHANGED, Outcome.MOVED)


class WatchQuerySet(models.QuerySet["Watch"]):
    """Watches, read as English."""

    def due(self, now: datetime) -> "WatchQuerySet":
        """Active and to be checked at or before `now`, the longest waiting first."""
        return self.filter(
            Q(next_check_at__isnull=True) | Q(next_check_at__lte=now), state=Watch.State.ACTIVE
        ).order_by(models.F("next_check_at").asc(nulls_first=True), "pk")

    def with_report(self) -> "WatchQuerySet":
        """With the newest open report of each: `report` (its kind), `why` and `since`, or None."""
        newest = Report.objects.filter(watch=models.OuterRef("pk"), taken_back_at=None).order_by("-reported_at")
        return self.annotate(
            report=models.Subquery(newest.values("kind")[:1]),
            why=models.Subquery(newest.values("reason")[:1]),
            since=models.Subquery(newest.values("since")[:1]),
        )

    def in_need_of_a_hand(self) -> "WatchQuerySet":
        """Those `with_report` that an operator has marked broken, or that report themselves and are not paused."""
        reporting = Q(report__isnull=False) & ~Q(state=Watch.State.PAUSED)
        return self.filter(Q(state=Watch.State.BROKEN) | reporting)


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
    worked_at = models.DateTimeField(null=True, blank=True, help_text="when a check last worked")
    last_outcome = models.CharField(
        max_length=10, choices=Outcome, blank=True, default="", db_default="", help_text="what its last check came to"
    )
    etag = models.TextField(blank=True, default="", help_text="as the server sent it")
    last_modified = models.TextField(blank=True, default="", help_text="as the server sent it")
    answered_by = models.TextField(blank=True, default="", db_default="", help_text="the address both are from")
    answer_sha256 = models.CharField(
        max_length=64, blank=True, default="", db_default="", help_text="of its last bytes"
    )
    moved_to = models.TextField(blank=True, default="", db_default="", help_text="where the site says it is now")

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

    watch = models.ForeignKey(Watch, on_delete=models.CASCADE, related_name="checks")
    at = models.DateTimeField()
    outcome = WordField(max_length=10, choices=Outcome)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.TextField(blank=True, default="")
    took = models.DurationField(null=True, blank=True)
    since = models.DateTimeField(null=True, blank=True, help_text="when a change was first seen")
    moved_to = models.TextField(blank=True, default="", db_default="")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-at",)
        constraints = (
            models.UniqueConstraint(fields=("watch", "at"), name="check_once"),
            models.CheckConstraint(condition=~Q(outcome="moved") | ~Q(moved_to=""), name="check_moved_says_where"),
        )

    def __str__(self) -> str:
        return f"{self.watch_id} {self.at:%Y-%m-%d %H:%M} {self.outcome}"


class Report(models.Model):
    """A watch that tells of itself that it needs a hand. Taken back by itself when it works again."""

    class Kind(models.TextChoices):
        SILENT = "silent", "has not worked for longer than usual"
        EMPTY = "empty", "suddenly finds nothing"
        GONE = "gone", "its page is gone"
        REPLACED = "replaced", "another page stands in its place"
        MOVED = "moved", "its page has moved"
        REFUSED = "refused", "its site asks us not to read it"

    watch = models.ForeignKey(Watch, on_delete=models.CASCADE, related_name="reports")
    kind = WordField(max_length=8, choices=Kind)
    reason = models.TextField(blank=True, default="")
    since = models.DateTimeField(help_text="since when it is so")
    reported_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-reported_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("watch", "kind"), condition=Q(taken_back_at__isnull=True), name="report_open_once"
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True) | Q(taken_back_at__gte=models.F("reported_at")),
                name="report_is_taken_back_after_it_was_made",
            ),
        )

    def __str__(self) -> str:
        return f"watch {self.watch_id} {self.get_kind_display()}"
