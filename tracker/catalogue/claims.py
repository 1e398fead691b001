"""The sections of what the site asserts: commitments with their terms, partnerships, findings, questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models

from tracker.catalogue import rules
from tracker.catalogue.fields import Data, Date, Day, Flag, Json, Number, Ref, Text, Word
from tracker.catalogue.keys import CLAIM, EVERYBODY, NOTE, SLUG, organization, product, technology
from tracker.catalogue.known import Known
from tracker.catalogue.parts import Children, Evidence, Links
from tracker.catalogue.reading import Node
from tracker.catalogue.report import Report
from tracker.catalogue.tables import Job, Part, Table
from tracker.commitments.models import (
    CarveOut,
    CarveOutCitation,
    Commitment,
    CommitmentDispute,
    CommitmentDisputedValue,
    Development,
    DevelopmentCitation,
    Term,
    TermCitation,
    Verdict,
    VerdictCitation,
)
from tracker.evidence.models import Source
from tracker.partnerships.models import (
    Partnership,
    PartnershipCitation,
    PartnershipDispute,
    PartnershipDisputedValue,
)
from tracker.record.models import Finding, FindingCitation, Question, QuestionCitation


@dataclass(frozen=True)
class Until(Part):
    """The number of the term of the same commitment that ends a carve-out."""

    def read(self, node: Node, report: Report) -> Json | None:
        if not isinstance(node.value, str) or not node.value.isdecimal() or int(node.value) < 2:
            report.say(node, f"“{self.key}” is no term", "write the number of the term that ends it: 2 is the second")
            return None
        return int(node.value)

    def stored(self, known: Known) -> Mapping[int, Json]:
        numbers = _numbers_of_terms()
        ended = CarveOut.objects.filter(until__isnull=False).values_list("pk", "until_id")
        return {key: numbers[term] for key, term in ended}

    def save(self, jobs: Sequence[Job], known: Known, on: date) -> None:
        for job in jobs:
            wanted = job.content.get(self.key)
            if wanted or job.row.until_id:
                terms = list(Term.objects.filter(commitment=job.row.term.commitment_id).order_by("order"))
                job.row.until = terms[wanted - 1] if wanted else None
                job.row.save(update_fields=["until"])


def _numbers_of_terms() -> dict[int, int]:
    numbers: dict[int, int] = {}
    counted: dict[int, int] = {}
    for key, commitment in Term.objects.order_by("commitment", "order").values_list("pk", "commitment_id"):
        counted[commitment] = numbers[key] = counted.get(commitment, 0) + 1
    return numbers


def _disagreements(dispute: type[models.Model], value: type[models.Model]) -> Children:
    values = Table(
        "a value",
        value,
        (Text("value", required=True), Ref("source", required=True, to=("sources",), model=lambda: Source)),
        parent="dispute",
    )
    table = Table(
        "a disagreement",
        dispute,
        (SLUG, Text("field", required=True), Text("choice", required=True)),
        (Children("values", required=True, table=values),),
        parent="about",
    )
    return Children("disagreements", table=table)


_CARVE_OUTS = Table(
    "a carve-out",
    CarveOut,
    (organization("organization"), Text("words"), Text("purpose"), *CLAIM),
    (Until("until"), Evidence("evidence", required=True, model=CarveOutCitation)),
    rules=(rules.carve_out,),
    parent="term",
)
_TERMS = Table(
    "a term",
    Term,
    (
        Word("action", required=True),
        Date("declared", attr="declared_on", required=True),
        Date("effective", attr="effective_from"),
        Word("end", attr="end_kind", usual="unknown"),
        Date("ends_on"),
        Flag("through", attr="ends_through"),
        Flag("computed", attr="end_computed"),
        Text("condition"),
        Date("not_before"),
        Text("end_note"),
        Date("confirmed", attr="confirmed_on"),
        Day("reconfirm_by"),
        Text("summary"),
        *CLAIM,
    ),
    (Evidence("evidence", required=True, model=TermCitation), Children("carve_outs", table=_CARVE_OUTS)),
    rules=(rules.term,),
    parent="commitment",
    position="order",
)
_VERDICTS = Table(
    "a verdict",
    Verdict,
    (
        Word("value", required=True),
        Date("date", attr="on", required=True),
        Text("summary", required=True),
        *CLAIM,
    ),
    (Evidence("evidence", required=True, model=VerdictCitation),),
    parent="commitment",
)
_DEVELOPMENTS = Table(
    "a development",
    Development,
    (
        Word("kind", required=True),
        Date("date", attr="on", required=True),
        Text("summary", required=True),
        *CLAIM,
    ),
    (Evidence("evidence", required=True, model=DevelopmentCitation),),
    parent="commitment",
)
COMMITMENTS = Table(
    "a commitment",
    Commitment,
    (
        SLUG,
        Text("title", required=True),
        organization("actor", required=True),
        Word("kind", required=True),
        Word("nature", required=True),
        Text("covers"),
        Text("subject"),
        Text("where"),
        Text("silent_on"),
        Text("reason_given"),
        NOTE,
    ),
    (
        Links("products", attr="products", owner=Commitment, to=("products",)),
        Links("technologies", attr="technologies", owner=Commitment, to=("technologies",)),
        Links("binds", attr="binds", owner=Commitment, to=EVERYBODY),
        Children("terms", required=True, table=_TERMS),
        Children("verdicts", table=_VERDICTS),
        Children("developments", table=_DEVELOPMENTS),
        _disagreements(CommitmentDispute, CommitmentDisputedValue),
    ),
    rules=(rules.commitment,),
)

PARTNERSHIPS = Table(
    "a partnership",
    Partnership,
    (
        SLUG,
        organization("vendor", required=True),
        organization("client", required=True),
        product("product"),
        technology(),
        Word("kind", required=True),
        organization("via"),
        Text("via_words"),
        Date("decided"),
        Date("started"),
        Date("ended"),
        Date("last_confirmed"),
        Word("status", required=True),
        Text("status_detail"),
        Text("end_reason"),
        Number("amount", decimals=2),
        Text("currency"),
        Text("contract_number"),
        Data("details"),
        NOTE,
        *CLAIM,
    ),
    (
        Evidence("evidence", required=True, model=PartnershipCitation),
        _disagreements(PartnershipDispute, PartnershipDisputedValue),
    ),
    rules=(rules.partnership,),
)

FINDINGS = Table(
    "a finding",
    Finding,
    (
        SLUG,
        Text("title", required=True),
        Word("kind", required=True),
        Text("category"),
        Date("date", attr="on", required=True),
        organization("subject"),
        product("product"),
        organization("agency"),
        organization("by"),
        Text("by_words"),
        Text("examined"),
        Text("summary", required=True),
        Text("outcome"),
        Text("response"),
        Text("caveat"),
        Number("tested"),
        Number("matched"),
        Data("figures"),
        *CLAIM,
    ),
    (Evidence("evidence", required=True, model=FindingCitation),),
    rules=(rules.finding,),
)

QUESTIONS = Table(
    "a question",
    Question,
    (
        SLUG,
        Text("text", required=True),
        organization("asked_of", required=True),
        organization("asked_by"),
        Text("asked_by_words"),
        Date("asked_on"),
        Word("outcome", required=True),
        Text("response_kind"),
        Text("response"),
        Text("follow_up"),
        Date("answered_on"),
        *CLAIM,
    ),
    (
        Links("products", attr="products", owner=Question, to=("products",)),
        Evidence("evidence", required=True, model=QuestionCitation),
    ),
    rules=(rules.question,),
)
