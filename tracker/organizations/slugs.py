"""Permanent addresses: a slug that changes goes on leading to its record.

The trigger keeps the old slug, so a change made by SQL redirects as well; a slug that once led to one
record never leads to another.
"""

import pgtrigger
from django.db import models

from tracker.organizations.history import update_of


class FormerSlug(models.Model):
    """Abstract: a slug by which a record was once known. Concrete tables add `record`, the record it leads to now."""

    slug = models.SlugField(max_length=200, unique=True)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.slug


def keeps_former_slugs(former_table: str) -> list[pgtrigger.Trigger]:
    """Triggers for a model with a `slug`, whose old slugs are kept in `former_table` (slug, since, record_id)."""
    return [
        pgtrigger.Trigger(
            name="slug_taken",
            when=pgtrigger.After,  # after the unique index, which waits for a rename under way
            operation=pgtrigger.Insert | update_of("slug"),
            func=f"""
                IF EXISTS (SELECT 1 FROM {former_table} WHERE slug = NEW.slug AND record_id <> NEW.id) THEN
                    RAISE EXCEPTION 'the slug "%" leads to another record since it was renamed', NEW.slug
                        USING ERRCODE = 'unique_violation';
                END IF;
                RETURN NEW;
            """,
        ),
        pgtrigger.Trigger(
            name="keep_old_slug",
            when=pgtrigger.After,
            operation=update_of("slug"),
            condition=pgtrigger.Condition("OLD.slug IS DISTINCT FROM NEW.slug"),
            func=f"""
                DELETE FROM {former_table} WHERE slug = NEW.slug AND record_id = NEW.id;
                INSERT INTO {former_table} (slug, since, record_id) VALUES (OLD.slug, now(), NEW.id);
                RETURN NULL;
            """,
        ),
    ]
