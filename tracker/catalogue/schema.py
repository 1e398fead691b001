"""The sections of the catalogue and the keys of their records: the format of the files, in one place.

CONTRIBUTING shows how to add a vendor; `manage.py catalogue check` names every key it does not know.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models

from tracker.catalogue import rules
from tracker.catalogue.fields import (
    Address,
    Checked,
    Data,
    Date,
    Day,
    Draft,
    Field,
    Flag,
    Json,
    Known,
    Number,
    Ref,
    Report,
    Slug,
    Text,
    Word,
)
from tracker.catalogue.reading import Node
from tracker.catalogue.tables import Children, Evidence, Job, Links, Names, Part, Table
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
from tracker.evidence.models import OrganizationCitation, ProductCitation, Source
from tracker.organizations.models import Alias, Organization, Place, Product, ProductAlias, Technology
from tracker.partnerships.models import (
    Partnership,
    PartnershipCitation,
    PartnershipDispute,
    PartnershipDisputedValue,
)
from tracker.record.models import Finding, FindingCitation, Question, QuestionCitation

FORMAT = 1
"""Raised when the same files lead to other rows, so that they are loaded again."""

EVERYBODY = ("vendors", "agencies", "organizations")
_SLUG = Slug("slug", required=True)
_NOTE = Text("note")


def _organization(
    key: str, *, attr: str = "", required: bool = False, to: tuple[str, ...] = EVERYBODY
) -> Ref:
    return Ref(key, attr, required, to=to, model=lambda: Organization)


def _product(key: str) -> Ref:
    return Ref(key, to=("products",), model=lambda: Product)


def _technology(*, required: bool = False) -> Ref:
    return Ref("technology", required=required, to=("technologies",), model=lambda: Technology)


def _place(key: str) -> Ref:
    return Ref(key, to=("places",), model=lambda: Place)


_CLAIM: tuple[Field, ...] = (
    Text("origin", usual="researched"),
    Checked("checked"),
    Draft("draft", attr="published_on"),
)


@dataclass(frozen=True)
class Until(Part):
    """The number of the term of the same commitment that ends a carve-out."""

    def read(self, node: Node, report: Report) -> Json | None:
        if not isinstance(node.value, str) or not node.value.isdecimal() or int(node.value) < 2:
            report.say(
                node, f"“{self.key}” is no term", "write the number of the term that ends it: 2 is the second"
            )
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
        (_SLUG, Text("field", required=True), Text("choice", required=True)),
        (Children("values", required=True, table=values),),
        parent="about",
    )
    return Children("disagreements", table=table)


PLACES = Table(
    "a place",
    Place,
    (
        _SLUG,
        Text("name", required=True),
        Word("kind", required=True),
        Text("code"),
        Text("fips"),
        _place("parent"),
    ),
    rules=(rules.place,),
)

TECHNOLOGIES = Table("a technology", Technology, (_SLUG, Text("name", required=True), Text("description")))

SOURCES = Table(
    "a source",
    Source,
    (
        _SLUG,
        Text("title", required=True),
        Flag("described", attr="title_is_description"),
        Text("publisher"),
        Date("published", attr="published_on"),
        Word("kind", required=True),
        Address("url", once="normalised_url"),
        Address("archived_at", attr="archive_url"),
        Text("seen"),
        _NOTE,
    ),
    rules=(rules.source,),
)


def _organizations(title: str, role: str, section: str, kind: Word, *more: Field) -> Table:
    return Table(
        title,
        Organization,
        (
            _SLUG,
            Text("name", required=True),
            kind,
            Word("standing", usual="active"),
            _organization("parent", to=(section,)),
            Date("parent_since"),
            _place("place"),
            *more,
            Address("website"),
            _NOTE,
            Text("origin"),
        ),
        (
            Names("aliases", model=Alias, parent="organization"),
            Evidence("evidence", model=OrganizationCitation),
        ),
        fixed={"role": role},
        rules=(rules.organization,),
    )


VENDORS = _organizations("a vendor", "vendor", "vendors", Word("kind", usual="company"))
AGENCIES = _organizations(
    "an agency",
    "agency",
    "agencies",
    Word("kind", required=True),
    Text("ori"),
    Number("latitude", decimals=5, low=-90, high=90),
    Number("longitude", decimals=5, low=-180, high=180),
)
BODIES = _organizations("an organisation", "body", "organizations", Word("kind", required=True))

PRODUCTS = Table(
    "a product",
    Product,
    (
        _SLUG,
        Text("name", required=True),
        _organization("vendor", required=True, to=("vendors",)),
        _technology(required=True),
        Date("launched"),
        Date("ended"),
        _NOTE,
    ),
    (Names("aliases", model=ProductAlias, parent="product"), Evidence("evidence", model=ProductCitation)),
    rules=(rules.product,),
)

_CARVE_OUTS = Table(
    "a carve-out",
    CarveOut,
    (_organization("organization"), Text("words"), Text("purpose"), *_CLAIM),
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
        *_CLAIM,
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
        *_CLAIM,
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
        *_CLAIM,
    ),
    (Evidence("evidence", required=True, model=DevelopmentCitation),),
    parent="commitment",
)
COMMITMENTS = Table(
    "a commitment",
    Commitment,
    (
        _SLUG,
        Text("title", required=True),
        _organization("actor", required=True),
        Word("kind", required=True),
        Word("nature", required=True),
        Text("covers"),
        Text("subject"),
        Text("where"),
        Text("silent_on"),
        Text("reason_given"),
        _NOTE,
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
        _SLUG,
        _organization("vendor", required=True),
        _organization("client", required=True),
        _product("product"),
        _technology(),
        Word("kind", required=True),
        _organization("via"),
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
        _NOTE,
        *_CLAIM,
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
        _SLUG,
        Text("title", required=True),
        Word("kind", required=True),
        Text("category"),
        Date("date", attr="on", required=True),
        _organization("subject"),
        _product("product"),
        _organization("agency"),
        _organization("by"),
        Text("by_words"),
        Text("examined"),
        Text("summary", required=True),
        Text("outcome"),
        Text("response"),
        Text("caveat"),
        Number("tested"),
        Number("matched"),
        Data("figures"),
        *_CLAIM,
    ),
    (Evidence("evidence", required=True, model=FindingCitation),),
    rules=(rules.finding,),
)

QUESTIONS = Table(
    "a question",
    Question,
    (
        _SLUG,
        Text("text", required=True),
        _organization("asked_of", required=True),
        _organization("asked_by"),
        Text("asked_by_words"),
        Date("asked_on"),
        Word("outcome", required=True),
        Text("response_kind"),
        Text("response"),
        Text("follow_up"),
        Date("answered_on"),
        *_CLAIM,
    ),
    (
        Links("products", attr="products", owner=Question, to=("products",)),
        Evidence("evidence", required=True, model=QuestionCitation),
    ),
    rules=(rules.question,),
)

SECTIONS: dict[str, Table] = {
    "places": PLACES,
    "technologies": TECHNOLOGIES,
    "sources": SOURCES,
    "vendors": VENDORS,
    "agencies": AGENCIES,
    "organizations": BODIES,
    "products": PRODUCTS,
    "commitments": COMMITMENTS,
    "partnerships": PARTNERSHIPS,
    "findings": FINDINGS,
    "questions": QUESTIONS,
}
"""In the order in which they are loaded: what others refer to comes first."""

REDIRECTED: tuple[Any, ...] = (Source, Organization, Product, Commitment)
"""Tables that keep former slugs."""
