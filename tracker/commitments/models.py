"""What they promised: commitments, the terms declared in turn, who is excepted, how well it was kept."""

from datetime import date
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q

from tracker.commitments import lifecycle
from tracker.commitments.querysets import CommitmentQuerySet, TermQuerySet
from tracker.evidence.claims import Citation, Claim, citation_triggers, cited_once, claim_triggers
from tracker.evidence.models import Dispute, DisputedValue
from tracker.organizations.fields import PartialDateField, WordField
from tracker.organizations.history import tracked, update_of
from tracker.organizations.models import Organization, Product, Technology
from tracker.organizations.slugs import FormerSlug, keeps_former_slugs


def _choices(of: type[lifecycle.Action] | type[lifecycle.EndKind]) -> list[tuple[str, str]]:
    return [(member.value, member.value.replace("_", " ")) for member in of]


@tracked()
class Commitment(models.Model):
    """A promise or rule of a company, an agency or a legislature about surveillance. Its state is computed."""

    class Kind(models.TextChoices):
        MORATORIUM = "moratorium"
        BAN = "ban"
        EXIT = "exit"
        LIMIT = "limit"
        PLEDGE = "pledge"

    class Nature(models.TextChoices):
        """What makes it binding, if anything does."""

        VOLUNTARY = "voluntary"
        STATUTE = "statute"
        ORDINANCE = "ordinance"
        COURT_ORDER = "court_order", "court order"
        REGULATOR = "regulator", "regulator's order"
        SETTLEMENT = "settlement"
        CONTRACT = "contract", "contract or terms of service"
        ADMINISTRATIVE = "administrative", "administrative decision"

    slug = models.SlugField(max_length=200, unique=True)
    title = models.CharField(max_length=250)
    actor = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="commitments")
    kind = WordField(max_length=10, choices=Kind)
    nature = WordField(max_length=14, choices=Nature)
    products = models.ManyToManyField(Product, blank=True, related_name="commitments")
    technologies = models.ManyToManyField(Technology, blank=True, related_name="commitments")
    binds = models.ManyToManyField(
        Organization, blank=True, related_name="bound_by", help_text="whom it binds, if not its actor"
    )
    covers = models.TextField("who is covered", blank=True, default="")
    subject = models.TextField("what is covered", blank=True, default="")
    where = models.TextField("where it holds", blank=True, default="")
    silent_on = models.TextField("what it does not cover or mention", blank=True, default="")
    reason_given = models.TextField(blank=True, default="")
    note = models.TextField(blank=True, default="")

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ("slug",)
        constraints = (models.CheckConstraint(condition=~Q(title=""), name="commitment_has_a_title"),)
        triggers: ClassVar = keeps_former_slugs("commitments_commitmentformerslug")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/commitments/{self.slug}/"

    def standing(self, on: date) -> lifecycle.Standing:
        """Where it stands on `on`, from its published terms. One query, none where `terms` is prefetched."""
        return lifecycle.standing((term.as_rule() for term in self.terms.all() if term.published_on), on)


class CommitmentFormerSlug(FormerSlug):
    """A slug by which a commitment was once known."""

    record = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="former_slugs")


@tracked()
class Term(Claim):
    """A claim that the actor declared something about its commitment: made it, moved its end, narrowed it, …"""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="terms")
    order = models.PositiveSmallIntegerField(help_text="tells apart what was declared on the same day")
    declared_on = PartialDateField()
    action = WordField(max_length=16, choices=_choices(lifecycle.Action))
    effective_from = PartialDateField(null=True, blank=True, help_text="empty: from the day declared")
    end_kind = WordField(max_length=12, choices=_choices(lifecycle.EndKind), default=lifecycle.EndKind.UNKNOWN)
    ends_on = PartialDateField(null=True, blank=True, help_text="the first day not covered")
    ends_through = models.BooleanField(
        default=False, help_text="the source names the last day covered: shown as “through …”"
    )
    end_computed = models.BooleanField(default=False, help_text="worked out from a length, not stated as a date")
    condition = models.TextField(blank=True, default="")
    not_before = PartialDateField(
        null=True, blank=True, help_text="a condition may carry a date: the later of the two rules"
    )
    end_note = models.TextField(blank=True, default="", help_text="what the source says about the end")
    confirmed_on = PartialDateField(null=True, blank=True, help_text="the last day up to which a source confirms it")
    reconfirm_by = models.DateField(null=True, blank=True)
    summary = models.TextField(blank=True, default="")

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ("commitment", "declared_on", "order")
        constraints = (
            models.UniqueConstraint(fields=("commitment", "order"), name="term_order_once"),
            models.CheckConstraint(condition=Q(order__gte=1), name="term_order_from_one"),
            models.CheckConstraint(condition=Q(order__gt=1) | Q(action="announced"), name="term_first_is_announced"),
            models.CheckConstraint(
                condition=Q(end_kind="fixed", ends_on__isnull=False) | ~Q(end_kind="fixed") & Q(ends_on__isnull=True),
                name="term_ends_on_iff_fixed",
            ),
            models.CheckConstraint(
                condition=Q(end_kind="conditional") & ~Q(condition="") | ~Q(end_kind="conditional") & Q(condition=""),
                name="term_condition_iff_conditional",
            ),
            models.CheckConstraint(
                condition=Q(not_before__isnull=True) | Q(end_kind="conditional"),
                name="term_not_before_needs_condition",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(effective_from__isnull=True, ends_on__startswith__gt=F("declared_on__startswith"))
                | Q(effective_from__isnull=True, ends_on__endswith__gt=F("declared_on__endswith"))
                | Q(effective_from__isnull=False, ends_on__startswith__gt=F("effective_from__startswith"))
                | Q(effective_from__isnull=False, ends_on__endswith__gt=F("effective_from__endswith")),
                name="term_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(action__in=[action.value for action in lifecycle.STOPS]) | Q(end_kind="unknown"),
                name="term_that_stops_has_no_end",
            ),
        )
        triggers: ClassVar = claim_triggers("commitments_term", "commitments_termcitation")

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.declared_on}"

    def end(self) -> lifecycle.End:
        """When it says the commitment ends."""
        return lifecycle.End(lifecycle.EndKind(self.end_kind), self.ends_on, self.condition, self.not_before)

    def as_rule(self) -> lifecycle.Term:
        """The term as the pure rules know it; `key` is its primary key."""
        return lifecycle.Term(
            order=self.order,
            declared_on=self.declared_on,
            action=lifecycle.Action(self.action),
            effective_from=self.effective_from,
            end=self.end(),
            reconfirm_by=self.reconfirm_by,
            key=self.pk,
        )


@tracked()
class TermCitation(Citation):
    """A source for a term."""

    claim = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = (cited_once("term_cited_once"),)
        triggers: ClassVar = citation_triggers("commitments_term", "commitments_termcitation")


@tracked()
class CarveOut(Claim):
    """A claim that somebody or something is excepted from a term, and from what follows until another term ends it."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="carve_outs")
    until = models.ForeignKey(Term, on_delete=models.PROTECT, null=True, blank=True, related_name="ends_carve_outs")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="excepted_in"
    )
    words = models.TextField(blank=True, default="", help_text="who or what, where it is no organisation with a record")
    purpose = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(organization__isnull=False) | ~Q(words=""), name="carve_out_names_somebody"
            ),
            models.CheckConstraint(condition=Q(until__isnull=True) | ~Q(until=F("term")), name="carve_out_ends_later"),
        )
        triggers: ClassVar = [
            *claim_triggers("commitments_carveout", "commitments_carveoutcitation"),
            pgtrigger.Trigger(
                name="ends_within_its_commitment",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | update_of("term_id", "until_id"),
                condition=pgtrigger.Condition("NEW.until_id IS NOT NULL"),
                func="""
                    IF (SELECT count(DISTINCT commitment_id) FROM commitments_term
                        WHERE id IN (NEW.term_id, NEW.until_id)) > 1 THEN
                        RAISE EXCEPTION 'carve_out % would be ended by a term of another commitment', NEW.id
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.organization.name if self.organization else self.words


@tracked()
class CarveOutCitation(Citation):
    """A source for a carve-out."""

    claim = models.ForeignKey(CarveOut, on_delete=models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = (cited_once("carve_out_cited_once"),)
        triggers: ClassVar = citation_triggers("commitments_carveout", "commitments_carveoutcitation")


@tracked()
class Verdict(Claim):
    """A claim about whether the promise was kept, from a day on. It stands beside the state."""

    class Value(models.TextChoices):
        KEPT = "kept"
        COMPROMISED = "compromised"
        BROKEN = "broken"
        UNCLEAR = "unclear"

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="verdicts")
    on = PartialDateField()
    value = WordField(max_length=12, choices=Value)
    summary = models.TextField()

    class Meta:
        ordering = ("on", "id")
        constraints = (models.CheckConstraint(condition=~Q(summary=""), name="verdict_says_why"),)
        triggers: ClassVar = claim_triggers("commitments_verdict", "commitments_verdictcitation")

    def __str__(self) -> str:
        return f"{self.get_value_display()} {self.on}"


@tracked()
class VerdictCitation(Citation):
    """A source for a verdict."""

    claim = models.ForeignKey(Verdict, on_delete=models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = (cited_once("verdict_cited_once"),)
        triggers: ClassVar = citation_triggers("commitments_verdict", "commitments_verdictcitation")


@tracked()
class Development(Claim):
    """A claim about something that bears on the commitment and does not change its state."""

    class Kind(models.TextChoices):
        TOOK_EFFECT = "took_effect", "took full effect"
        CHALLENGED = "challenged"
        CONDITION = "condition", "a date in its condition passed"
        PROPOSED = "proposed", "change proposed"
        RELATED = "related", "related event"
        LAPSE_NOTED = "lapse_noted", "lapse noted by a source"

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="developments")
    on = PartialDateField()
    kind = WordField(max_length=12, choices=Kind)
    summary = models.TextField()

    class Meta:
        ordering = ("on", "id")
        constraints = (models.CheckConstraint(condition=~Q(summary=""), name="development_says_what"),)
        triggers: ClassVar = claim_triggers("commitments_development", "commitments_developmentcitation")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"


@tracked()
class DevelopmentCitation(Citation):
    """A source for a development."""

    claim = models.ForeignKey(Development, on_delete=models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = (cited_once("development_cited_once"),)
        triggers: ClassVar = citation_triggers("commitments_development", "commitments_developmentcitation")


class CommitmentDispute(Dispute):
    """Sources that disagree about a commitment."""

    about = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="disputes")


class CommitmentDisputedValue(DisputedValue):
    """One of the values."""

    dispute = models.ForeignKey(CommitmentDispute, on_delete=models.CASCADE, related_name="values")
