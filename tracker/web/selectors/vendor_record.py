"""A vendor's profile: what was found and asked, and how its evidence fares."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q

from tracker.commitments.models import TermCitation
from tracker.evidence.models import OrganizationCitation, Source
from tracker.partnerships.models import PartnershipCitation, PartnershipDispute, PartnershipDisputedValue
from tracker.record.models import Finding, FindingCitation, Question, QuestionCitation
from tracker.web.selectors import record
from tracker.web.selectors.rows import Rows, first_rows
from tracker.web.selectors.vendors import Family


@dataclass(frozen=True)
class Kindred:
    """Findings of one kind, under its heading."""

    heading: str
    findings: list[Finding]


_HEADINGS = {
    Finding.Kind.TEST: "Tests",
    Finding.Kind.DOCUMENT: "Documents",
    Finding.Kind.STATEMENT: "Statements",
    Finding.Kind.INCIDENT: "Incidents",
    Finding.Kind.PROTEST: "Protests",
    Finding.Kind.LAWSUIT: "Lawsuits",
    Finding.Kind.OPINION: "Opinions, with a name in front",
}


def findings_of(family: Family, on: date) -> list[Kindred]:
    """What was found about the family or its products by `on`, by kind."""
    about = Q(subject__in=family.keys) | Q(product__vendor__in=family.keys)
    rows = first_rows(record.findings(on).filter(about))
    by_kind = {kind: [row for row in rows if row.kind == kind] for kind in _HEADINGS}
    return [Kindred(heading, by_kind[kind]) for kind, heading in _HEADINGS.items() if by_kind[kind]]


def questions_of(family: Family, on: date) -> Rows[Question]:
    """What the family was asked by `on`, the unanswered first, the longest asked before the others."""
    rows = first_rows(record.questions(on).filter(asked_of__in=family.keys))
    return Rows(sorted(rows, key=lambda row: -(row.days_unanswered(on) or -1)), rows.more)


def evidence_of(family: Family) -> list[tuple[str, int]]:
    """How many sources stand behind the page, by the state of their link, in one query."""
    keys = family.keys
    cited = (
        OrganizationCitation.objects.filter(claim__in=keys),
        PartnershipCitation.objects.filter(claim__vendor__in=keys, claim__published_on__isnull=False),
        TermCitation.objects.filter(claim__commitment__actor__in=keys, claim__published_on__isnull=False),
        FindingCitation.objects.filter(claim__subject__in=keys, claim__published_on__isnull=False),
        QuestionCitation.objects.filter(claim__asked_of__in=keys, claim__published_on__isnull=False),
    )
    behind = Q()
    for citations in cited:
        behind |= Q(pk__in=citations.order_by().values("source"))
    counts = dict(
        Source.objects.filter(behind).order_by().values("health").annotate(n=Count("pk")).values_list("health", "n")
    )
    return [(label, counts[health]) for health, label in Source.Health.choices if health in counts]


def disputes_of(family: Family) -> list[PartnershipDispute]:
    """Where sources disagree about its partnerships. Two queries."""
    values = Prefetch("values", PartnershipDisputedValue.objects.select_related("source"))
    return list(
        PartnershipDispute.objects.filter(about__vendor__in=family.keys)
        .select_related("about")
        .prefetch_related(values)[:20]
    )
