"""Other people's datasets and the releases of them that were imported."""

from django.db import models

from tracker.evidence.models import Source
from tracker.organizations.fields import WordField


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
