"""Other people's datasets and the releases of them that were imported."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from tracker.evidence.models import Body, Source
from tracker.organizations.fields import WordField
from tracker.organizations.models import Organization
from tracker.partnerships.models import Partnership


class Dataset(models.Model):
    """A dataset somebody else keeps, with the terms under which it may be used."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    licence = models.CharField(max_length=80, blank=True, default="", help_text="empty: none was stated")
    credit = models.CharField(max_length=300, blank=True, default="")

    def __str__(self) -> str:
        return self.name


class Import(models.Model):
    """One release of a dataset, applied as a whole in one transaction."""

    class State(models.TextChoices):
        APPLIED = "applied"
        UNDONE = "undone"

    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="imports")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    release = models.CharField(max_length=80)
    file_sha256 = models.CharField(max_length=64)
    applied_at = models.DateTimeField()
    state = WordField(max_length=8, choices=State, default=State.APPLIED)
    counts = models.JSONField(default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("dataset", "file_sha256"), name="import_once_per_file"),)

    def __str__(self) -> str:
        return f"{self.dataset} {self.release}"


class ImportedRow(models.Model):
    """A row of a dataset by its key, what it became, and what the dataset last wrote there.

    A record that no longer says what was `wrote` was corrected by an editor, and the next release leaves it alone.
    """

    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="rows")
    key = models.CharField(max_length=160)
    fingerprint = models.CharField(max_length=32, help_text="of all that the row says")
    wrote = models.JSONField(default=dict, help_text="by field of the record, as text")
    partnership = models.OneToOneField(
        Partnership, on_delete=models.SET_NULL, null=True, blank=True, related_name="imported"
    )
    organization = models.ForeignKey(
        Organization, on_delete=models.SET_NULL, null=True, blank=True, related_name="imported"
    )
    first_import = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="first_rows")
    last_import = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="last_rows")
    missing_since = models.ForeignKey(
        Import,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="missed_rows",
        help_text="the first release that no longer lists it",
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("dataset", "key"), name="imported_row_once"),
            models.CheckConstraint(
                condition=models.Q(partnership__isnull=True) | models.Q(organization__isnull=True),
                name="imported_row_is_one_thing",
            ),
        )

    def __str__(self) -> str:
        return f"{self.dataset_id}: {self.key}"


class Change(models.Model):
    """What an import did to one record, so that it can be taken back. `before` is empty for what it created."""

    class What(models.TextChoices):
        PARTNERSHIP = "partnership"
        ORGANIZATION = "organization"
        PLACE = "place"
        SOURCE = "source"
        CITATION = "citation"
        ROW = "row"

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="changes")
    what = WordField(max_length=12, choices=What)
    record = models.BigIntegerField(help_text="its number in its own table")
    before = models.JSONField(null=True, blank=True, help_text="the fields it changed, as they were")
    at = models.DateTimeField(
        db_default=Now(), help_text="PostgreSQL's time of the transaction, as the history of the record has it"
    )

    class Meta:
        constraints = (models.UniqueConstraint(fields=("of", "what", "record"), name="import_changes_once"),)

    def __str__(self) -> str:
        return f"{self.what} {self.record}"


class Suggestion(models.Model):
    """What a dataset says of a record that an editor has put otherwise. Editors decide; the record stays till then."""

    class State(models.TextChoices):
        OPEN = "open"
        TAKEN = "taken"
        REJECTED = "rejected"

    row = models.ForeignKey(ImportedRow, on_delete=models.CASCADE, related_name="suggestions")
    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="suggestions")
    field = models.CharField(max_length=40)
    ours = models.JSONField(null=True)
    theirs = models.JSONField(null=True)
    state = WordField(max_length=8, choices=State, default=State.OPEN)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("row", "field", "theirs"), name="import_suggests_once"),)

    def __str__(self) -> str:
        return f"{self.field}: {self.theirs}"


class Question(models.Model):
    """A name in a dataset of which it is not certain whom it means. An answer is remembered as an alias."""

    class Role(models.TextChoices):
        VENDOR = "vendor"
        AGENCY = "agency"

    class State(models.TextChoices):
        OPEN = "open"
        ANSWERED = "answered"
        NOBODY = "nobody", "nobody we have"

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="questions")
    role = WordField(max_length=6, choices=Role)
    name = models.CharField(max_length=300)
    state_code = models.CharField(max_length=2, blank=True, default="")
    why = models.CharField(max_length=200)
    rows = models.PositiveIntegerField(help_text="how many rows of the last release wait for the answer")
    candidates = models.JSONField(default=list, help_text="[{organization, reason}], the likeliest first")
    state = WordField(max_length=8, choices=State, default=State.OPEN)
    answer = models.ForeignKey(Organization, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("dataset", "role", "name", "state_code"), name="import_asks_once"),
        )

    def __str__(self) -> str:
        return self.name


class Upload(models.Model):
    """A file that an editor gave, on its way: mapped if need be, tried out, looked over, applied."""

    class State(models.TextChoices):
        MAPPING = "mapping", "waits to be told what its columns mean"
        WAITING = "waiting", "waits for a worker"
        TRYING = "trying", "is tried out"
        TRIED = "tried", "was tried out, and nothing was changed"
        APPLYING = "applying", "is applied"
        APPLIED = "applied", "was applied"
        STOPPED = "stopped", "was stopped, and nothing was changed"
        FAILED = "failed", "was refused, and nothing was changed"

    dataset = models.CharField(max_length=60, help_text="the name of a dataset we know, or “mapped”")
    mapping = models.TextField(blank=True, default="", help_text="YAML, for a file of anybody's")
    file_name = models.CharField(max_length=200)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = WordField(max_length=8, choices=State)
    report = models.JSONField(default=list, help_text="[[what, how many, such as]]")
    refused = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    problem = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.file_name

    @property
    def under_way(self) -> bool:
        """Whether a worker has it, or will."""
        return self.state in (self.State.WAITING, self.State.TRYING, self.State.APPLYING)
