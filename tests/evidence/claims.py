"""One draft of every kind of claim, as the least that its table accepts."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import models

from tracker.commitments.models import CarveOut, Commitment, Development, Term, Verdict
from tracker.dates import PartialDate
from tracker.evidence.claims import Claim
from tracker.evidence.models import Source
from tracker.organizations.models import Organization
from tracker.partnerships.models import Partnership
from tracker.record.models import Finding, Question

A_DAY = PartialDate(date(2020, 6, 10))


def a_source(slug: str = "announcement", **given: Any) -> Source:
    """A printed document: a source without an address."""
    return Source.objects.create(**{"slug": slug, "title": f"The {slug}", "kind": "official", **given})


def a_company(slug: str = "amazon", **given: Any) -> Organization:
    """A vendor."""
    return Organization.objects.create(
        **{"slug": slug, "name": slug.title(), "role": "vendor", "kind": "company", **given}
    )


def a_commitment(slug: str = "moratorium") -> Commitment:
    """A promise without a term."""
    actor = Organization.objects.filter(slug="amazon").first() or a_company()
    return Commitment.objects.create(
        slug=slug, title="No police use for a year", actor=actor, kind="moratorium", nature="voluntary"
    )


def a_term(**given: Any) -> Term:
    """The first term of a new promise, a draft."""
    commitment = given.pop("commitment", None) or a_commitment()
    return Term.objects.create(
        **{"commitment": commitment, "order": 1, "declared_on": A_DAY, "action": "announced", **given}
    )


def a_partnership(**given: Any) -> Partnership:
    """A company serves an agency."""
    client = Organization.objects.create(slug="orlando", name="Orlando", role="agency", kind="police")
    return Partnership.objects.create(
        **{
            "slug": "amazon-orlando",
            "vendor": a_company(),
            "client": client,
            "kind": "uses",
            "status": "reported",
            **given,
        }
    )


def a_finding(**given: Any) -> Finding:
    """A test of a product."""
    return Finding.objects.create(
        **{"slug": "aclu-2018", "kind": "test", "title": "28 members", "on": A_DAY, "summary": "…", **given}
    )


def a_question(**given: Any) -> Question:
    """A question that was not answered."""
    return Question.objects.create(
        **{
            "slug": "ice",
            "asked_of": a_company(),
            "asked_by_words": "Vice",
            "text": "And ICE?",
            "outcome": "unanswered",
            **given,
        }
    )


DRAFTS: dict[type[Claim], Callable[[], Claim]] = {
    Partnership: a_partnership,
    Term: a_term,
    CarveOut: lambda: CarveOut.objects.create(term=a_term(), words="Thorn"),
    Verdict: lambda: Verdict.objects.create(commitment=a_commitment(), on=A_DAY, value="kept", summary="…"),
    Development: lambda: Development.objects.create(commitment=a_commitment(), on=A_DAY, kind="related", summary="…"),
    Finding: a_finding,
    Question: a_question,
}


def citations_of(claim: type[models.Model]) -> type[models.Model]:
    """The citation table of a claim table."""
    found: type[models.Model] = claim._meta.get_field("citations").related_model  # type: ignore[assignment]
    return found
