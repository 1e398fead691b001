"""More that can be told: a partnership, a verdict, a question, each with its source, as rows of the tables."""

from typing import Any

from django.db import transaction

from tests.alerts.conftest import World
from tracker.commitments.models import CarveOut, CarveOutCitation, Commitment, Verdict, VerdictCitation
from tracker.evidence.actions import Quoted
from tracker.evidence.claims import Citation, Claim
from tracker.organizations.models import Organization
from tracker.partnerships.models import Partnership, PartnershipCitation
from tracker.record.models import Question, QuestionCitation


@transaction.atomic
def cited(claim: Claim, by: type[Citation], evidence: list[Quoted]) -> None:
    """Save a claim together with its sources."""
    claim.save()
    by._default_manager.bulk_create(quoted.cite(by, claim) for quoted in evidence)


def partnership(world: World, **columns: Any) -> Partnership:
    """Amazon serves the police of Springfield; what is not given stays open."""
    client, _ = Organization.objects.get_or_create(
        slug="springfield-pd",
        defaults={"role": "agency", "kind": "police", "name": "Springfield Police", "place": world.california},
    )
    row = Partnership(
        **{
            "slug": "amazon-springfield",
            "vendor": world.amazon,
            "client": client,
            "product": world.rekognition,
            "kind": "uses",
            "status": "confirmed",
            **columns,
        }
    )
    cited(row, PartnershipCitation, world.proof("The police of Springfield use Rekognition."))
    return row


def verdict(world: World, commitment: Commitment, **columns: Any) -> Verdict:
    """Somebody found that the promise was broken."""
    row = Verdict(**{"commitment": commitment, "value": "broken", "summary": "Sold all the same.", **columns})
    cited(row, VerdictCitation, world.proof("The sales went on."))
    return row


def question(world: World, **columns: Any) -> Question:
    """Asked of Amazon, without an answer."""
    row = Question(
        **{
            "slug": "ice",
            "asked_of": world.amazon,
            "asked_by_words": "A reporter",
            "asked_on": "2020-06-11",
            "text": "Did ICE license Rekognition?",
            "outcome": "unanswered",
            **columns,
        }
    )
    cited(row, QuestionCitation, world.proof("Amazon did not reply."))
    return row


def carve_out(world: World, term: Any, words: str, published: str) -> CarveOut:
    """Somebody is excepted."""
    row = CarveOut(term=term, words=words, published_on=published)
    cited(row, CarveOutCitation, world.proof(f"{words} may go on."))
    return row
