"""What every claim and every citation has in common, and the triggers that hold it.

A claim that is published (`published_on` is set) has a citation when its transaction commits: the database
refuses anything else, whoever writes and in whatever order.
"""

import pgtrigger
from django.db import models

from tracker.organizations.history import update_of


class Claim(models.Model):
    """Abstract: something the site asserts. Not published, it is a draft that only editors see."""

    published_on = models.DateField(
        null=True, blank=True, help_text="the day this site first showed it; empty for a draft"
    )
    origin = models.CharField(
        max_length=80, default="researched", help_text="researched, or the dataset it was imported from"
    )
    checked = models.BooleanField(default=True, help_text="a person compared this one row with its source")

    class Meta:
        abstract = True


class Citation(models.Model):
    """Abstract: one source for one claim. Concrete tables add `claim`."""

    source = models.ForeignKey("evidence.Source", on_delete=models.PROTECT, related_name="+")
    snapshot = models.ForeignKey("evidence.Snapshot", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    quote = models.TextField(blank=True, default="")
    page = models.CharField(max_length=40, blank=True, default="")
    note = models.TextField(blank=True, default="")

    class Meta:
        abstract = True
        ordering = ("id",)

    def __str__(self) -> str:
        return self.quote[:60] or f"source {self.source_id}"


def claim_triggers(claim_table: str, citation_table: str) -> list[pgtrigger.Trigger]:
    """For a claim's Meta: at commit, a published row of `claim_table` has a row in `citation_table`."""
    return [
        pgtrigger.Trigger(
            name="published_needs_citation",
            when=pgtrigger.After,
            timing=pgtrigger.Deferred,
            operation=pgtrigger.Insert | update_of("published_on"),
            func=_refuse_uncited(claim_table, citation_table, "NEW.id"),
        )
    ]


def citation_triggers(claim_table: str, citation_table: str) -> list[pgtrigger.Trigger]:
    """For a citation's Meta: taking the last citation from a published claim is refused at commit."""
    return [
        pgtrigger.Trigger(
            name="claim_keeps_citation",
            when=pgtrigger.After,
            timing=pgtrigger.Deferred,
            operation=pgtrigger.Delete | update_of("claim_id"),
            # The lock makes two transactions that each take one of the last two citations wait for each other.
            func=f"PERFORM 1 FROM {claim_table} WHERE id = OLD.claim_id FOR NO KEY UPDATE;"
            + _refuse_uncited(claim_table, citation_table, "OLD.claim_id"),
        ),
        pgtrigger.Trigger(
            name="truncate_keeps_citation",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Truncate,
            func=f"""
                IF EXISTS (SELECT 1 FROM {claim_table} WHERE published_on IS NOT NULL) THEN
                    RAISE EXCEPTION 'published rows of {claim_table} would be left without a citation'
                        USING ERRCODE = 'check_violation';
                END IF;
                RETURN NULL;
            """,
        ),
        snapshot_of_its_source(),
    ]


def snapshot_of_its_source() -> pgtrigger.Trigger:
    """For a citation's Meta: a snapshot that is cited is one of the source that is cited."""
    return pgtrigger.Trigger(
        name="snapshot_of_its_source",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=pgtrigger.Condition("NEW.snapshot_id IS NOT NULL"),
        func="""
            IF NOT EXISTS (
                SELECT 1 FROM evidence_snapshot WHERE id = NEW.snapshot_id AND source_id = NEW.source_id
            ) THEN
                RAISE EXCEPTION 'snapshot % is not one of source %', NEW.snapshot_id, NEW.source_id
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


def cited_once(name: str) -> models.UniqueConstraint:
    """For a citation's Meta: the same words of the same source stand once for a claim."""
    return models.UniqueConstraint("claim", "source", models.Func("quote", function="md5"), "page", name=name)


def _refuse_uncited(claim_table: str, citation_table: str, claim: str) -> str:
    return f"""
        IF EXISTS (SELECT 1 FROM {claim_table} WHERE id = {claim} AND published_on IS NOT NULL)
           AND NOT EXISTS (SELECT 1 FROM {citation_table} WHERE claim_id = {claim}) THEN
            RAISE EXCEPTION 'row % of {claim_table} is published and cites nothing', {claim}
                USING ERRCODE = 'check_violation',
                      HINT = 'Give it a citation in the same transaction, or leave published_on empty.';
        END IF;
        RETURN NULL;
    """
