"""What the catalogue last put into the database, so that an editor's later change is seen and never overwritten."""

from django.db import models


class LoadedRecord(models.Model):
    """One record of the catalogue as it was last loaded: the third side of the comparison between file and database."""

    section = models.CharField(max_length=40)
    slug = models.CharField(max_length=200)
    content = models.JSONField()
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("section", "slug"), name="loaded_record_once"),)

    def __str__(self) -> str:
        return f"{self.section}/{self.slug}"


class CatalogueLoad(models.Model):
    """A load that finished; the same digest of all files need not be loaded again."""

    digest = models.CharField(max_length=64)
    finished_at = models.DateTimeField(auto_now_add=True)
    summary = models.JSONField(default=dict)

    class Meta:
        ordering = ("-finished_at",)

    def __str__(self) -> str:
        return self.digest[:12]
