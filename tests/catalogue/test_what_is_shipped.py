"""The shipped catalogue holds everything in the facts, and what it says on a day is what the facts say."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from tests.catalogue.loaded import LOADED_ON
from tests.conftest import shared
from tracker.catalogue.actions import Summary
from tracker.catalogue.catalogue import DATA
from tracker.catalogue.dumping import dump
from tracker.catalogue.reading import files
from tracker.commitments.lifecycle import EndKind, State
from tracker.commitments.models import CarveOut, Commitment, CommitmentDispute, Development, Term, Verdict
from tracker.dates import PartialDate
from tracker.evidence.models import Source
from tracker.organizations.models import Organization, Place, Product
from tracker.partnerships.models import Partnership, PartnershipDispute
from tracker.record.models import Finding, Question
from tracker.web.selectors.evidence import shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_catalogue")]

Facts = dict[str, list[dict[str, Any]]]
ADDED_FINDINGS = {
    "motherboard-rekognition-outlier-2020",
    "motherboard-doubt-2020",
    "amazon-statement-silence-2020",
    "atlas-ring-rows-2020",
}
"""Statements of the seed article that the facts do not hold as records of their own."""


def ids(rows: list[dict[str, Any]]) -> set[str]:
    """The ids in a section of the facts."""
    return {row["id"] for row in rows}


def slugs(rows: Any) -> set[str]:
    """The slugs of some rows."""
    return set(rows.values_list("slug", flat=True))


def test_every_record_of_the_facts_is_there_under_its_id(facts: Facts) -> None:
    assert slugs(Organization.objects.vendors()) == ids(facts["vendors"])
    assert slugs(Organization.objects.agencies()) == ids(facts["agencies"])
    assert slugs(Organization.objects.filter(role="body")) == ids(facts["organizations"]) | {"unnamed-maker"}
    assert slugs(Product.objects) == ids(facts["products"])
    assert slugs(Commitment.objects) == ids(facts["commitments"])
    assert slugs(Partnership.objects) == ids(facts["partnerships"]) | {"palantir--aws-cloud"}
    assert slugs(Finding.objects) == ids(facts["tests"]) | ids(facts["incidents"]) | ADDED_FINDINGS
    assert slugs(Question.objects) == ids(facts["questions"])
    assert slugs(shown()) == ids(facts["evidence"])
    disputes = slugs(CommitmentDispute.objects) | slugs(PartnershipDispute.objects)
    assert disputes == ids(facts["source_conflicts"])


def test_the_numbers_are_those_of_the_facts() -> None:
    counted = {
        "vendors": Organization.objects.vendors().count(),
        "products": Product.objects.count(),
        "agencies": Organization.objects.agencies().count(),
        "commitments": Commitment.objects.count(),
        "sources": shown().count(),
        "addresses": shown().exclude(url="").values("normalised_url").distinct().count(),
        "carve-outs": CarveOut.objects.count(),
        "disagreements": CommitmentDispute.objects.count() + PartnershipDispute.objects.count(),
    }
    assert counted == {
        "vendors": 46,
        "products": 54,
        "agencies": 285,
        "commitments": 64,
        "sources": 481,
        "addresses": 480,
        "carve-outs": 41,
        "disagreements": 22,
    }


def test_every_dated_change_became_a_term_a_verdict_or_a_development(facts: Facts) -> None:
    """Facebook's partial return is both: the promise was narrowed, and compromised by it."""
    for fact in facts["commitments"]:
        commitment = Commitment.objects.get(slug=fact["id"])
        told = {
            *Term.objects.filter(commitment=commitment, order__gt=1).values_list("summary", flat=True),
            *Verdict.objects.filter(commitment=commitment).values_list("summary", flat=True),
            *Development.objects.filter(commitment=commitment).values_list("summary", flat=True),
        }
        assert told == {change["summary"] for change in fact.get("changes", [])}, fact["id"]


def test_every_claim_cites_what_the_facts_cite(facts: Facts) -> None:
    def cited(row: Any) -> list[str]:
        return list(row.citations.order_by("pk").values_list("source__slug", flat=True))

    for section, model in (
        ("partnerships", Partnership),
        ("tests", Finding),
        ("incidents", Finding),
        ("questions", Question),
    ):
        for fact in facts[section]:
            assert cited(model.objects.get(slug=fact["id"])) == fact["evidence"]
    for fact in facts["commitments"]:
        assert cited(Term.objects.get(commitment__slug=fact["id"], order=1)) == fact["evidence"]
        carved = CarveOut.objects.filter(term__commitment__slug=fact["id"])
        assert sorted(map(cited, carved)) == sorted(one["evidence"] for one in fact.get("carve_outs", []))


def test_no_published_claim_is_without_a_source() -> None:
    for model in (Term, CarveOut, Verdict, Development, Partnership, Finding, Question):
        claims: QuerySet[Any] = model._default_manager.all()
        assert claims.filter(published_on=LOADED_ON).count() == claims.count()
        assert not claims.filter(citations=None).exists()
    connection.check_constraints()


def test_imported_rows_say_that_nobody_checked_them(facts: Facts) -> None:
    imported = {row["id"] for row in facts["partnerships"] if row["origin"] != "researched"}
    assert len(imported) == 233
    assert slugs(Partnership.objects.filter(checked=False)) == imported
    assert not Partnership.objects.filter(checked=False, status="confirmed").exists()


def standing(slug: str, on: str) -> tuple[State, EndKind | None]:
    """The state of a commitment on a day, and the kind of its end."""
    now = Commitment.objects.get(slug=slug).standing(date.fromisoformat(on))
    return now.state, now.end.kind if now.end else None


NO_DATE = {EndKind.INDEFINITE, EndKind.UNKNOWN, EndKind.PERMANENT}
EXPECTED: dict[str, tuple[State, set[EndKind] | None]] = {
    "not_started": (State.NOT_YET_MADE, None),
    "announced": (State.ANNOUNCED, None),
    "in_force": (State.IN_FORCE, NO_DATE),
    "in_force, no end": (State.IN_FORCE, NO_DATE),
    "in_force, no end, narrower wording": (State.IN_FORCE, NO_DATE),
    "in_force, dated end": (State.IN_FORCE, {EndKind.FIXED}),
    "in_force, conditional": (State.IN_FORCE, {EndKind.CONDITIONAL}),
    "lapsed": (State.LAPSED, {EndKind.FIXED}),
    "court supervision ended; policy unknown": (State.LAPSED, {EndKind.FIXED}),
    "rescinded": (State.SUPERSEDED, None),  # replaced by SB 741
    "replaced": (State.SUPERSEDED, None),
    "reversed": (State.ENDED, None),
    "broken": (State.IN_FORCE, NO_DATE),  # nobody withdrew it: the verdict stands beside the state
}


def test_the_state_on_a_day_is_the_one_expected(facts: Facts) -> None:
    assert len(facts["timeline_checks"]) == 24
    for check in facts["timeline_checks"]:
        state, ends = EXPECTED[check["expected"]]
        found, end = standing(check["commitment"], check["on"])
        assert found is state, check
        assert ends is None or end in ends, check


def test_what_is_expected_broken_has_the_verdict_broken_on_that_day(facts: Facts) -> None:
    broken = [check for check in facts["timeline_checks"] if check["expected"] == "broken"]
    assert broken
    for check in broken:
        day = date.fromisoformat(check["on"])
        verdicts = Verdict.objects.filter(commitment__slug=check["commitment"], value="broken")
        assert verdicts.filter(on__startswith__lte=day).exists()


def test_narrower_wording_is_a_term_of_its_own() -> None:
    ruling = Commitment.objects.get(slug="amazon-rekognition-police-moratorium").standing(date(2024, 2, 1)).ruling
    assert ruling
    assert (ruling.action, str(ruling.declared_on)) == ("narrowed", "2024-01-26")


@pytest.mark.parametrize(
    ("slug", "on", "state"),
    [
        ("baltimore-cb21-0001", "2022-12-31", State.IN_FORCE),
        ("baltimore-cb21-0001", "2023-01-01", State.LAPSED),
        ("new-orleans-2020-ban", "2022-07-21", State.ENDED),
        ("clearview-uk-ico-order", "2024-01-01", State.ENDED),
        ("clearview-uk-ico-order", "2025-10-07", State.IN_FORCE),
        ("ny-schools-2020", "2022-07-02", State.IN_FORCE),
        ("ny-schools-2020", "2023-09-27", State.SUPERSEDED),
        ("co-schools-sb113", "2025-07-01", State.IN_FORCE),
        ("chicago-shotspotter-end-2024", "2024-09-21", State.ANNOUNCED),
        ("chicago-shotspotter-end-2024", "2024-09-22", State.IN_FORCE),
        ("ice-paragon-stop-work-2024", "2025-08-30", State.ENDED),
        ("riteaid-ftc-5yr", "2028-12-31", State.IN_FORCE),
        ("riteaid-ftc-5yr", "2029-01-01", State.LAPSED),
    ],
)
def test_the_hard_cases(slug: str, on: str, state: State) -> None:
    assert standing(slug, on)[0] is state


def test_an_old_fact_is_not_shown_as_todays_state() -> None:
    google = Commitment.objects.get(slug="google-face-api-2018")
    assert not google.standing(date(2019, 12, 1)).unconfirmed
    assert google.standing(date(2026, 9, 1)).unconfirmed
    [term] = google.terms.all()
    assert term.confirmed_on == PartialDate.parse("2018-12-14")


def test_amazons_exceptions_begin_with_the_term_that_made_them() -> None:
    carved = CarveOut.objects.filter(term__commitment__slug="amazon-rekognition-police-moratorium")
    assert {str(one): str(one.term.declared_on) for one in carved} == {
        "Thorn": "2020-06-10",
        "International Center for Missing and Exploited Children": "2020-06-10",
        "Marinus Analytics": "2020-06-10",
        "Missing-persons searches, as described by the company in January 2024": "2024-01-26",
    }


def test_every_commitment_is_about_a_technology() -> None:
    assert not Commitment.objects.filter(technologies=None).exists()


def test_an_order_against_a_vendor_is_found_from_the_vendor() -> None:
    clearview = Organization.objects.get(slug="clearview")
    assert slugs(clearview.bound_by) == {
        "clearview-uk-ico-order",
        "clearview-france-order",
        "clearview-netherlands-order",
        "clearview-italy-order",
    }


def test_every_state_of_the_union_has_its_codes_and_lies_in_it() -> None:
    states = Place.objects.filter(kind="state", parent__slug="united-states")
    assert states.count() == 56
    assert not states.filter(code="").exists()
    assert not states.filter(fips="").exists()
    assert not Organization.objects.agencies().filter(place=None).exists()


def test_every_statement_of_the_seed_article_leads_to_a_record(facts: Facts, whole_catalogue: Summary) -> None:
    tables: dict[str, Any] = {
        "commitments": Commitment,
        "partnerships": Partnership,
        "products": Product,
        "tests": Finding,
        "incidents": Finding,
        "questions": Question,
        **dict.fromkeys(("vendors", "organizations", "agencies"), Organization),
    }
    assert len(facts["seed_claims"]) == 19
    for claim in facts["seed_claims"]:
        for reference in claim["represented_by"]:
            section, slug = reference.split("/")
            if section == "datasets":
                assert Finding.objects.get(slug="atlas-ring-rows-2020").figures["ring_rows"] == 1501
            else:
                assert tables[section].objects.filter(slug=slug).exists(), reference


def test_amazon_hosts_palantir_and_palantir_serves_ice() -> None:
    hosting = Partnership.objects.get(vendor__slug="aws", client__slug="palantir")
    assert hosting.kind == "hosting"
    assert Partnership.objects.filter(vendor__slug="palantir", client__slug="ice").exists()


def test_an_opinion_of_the_article_has_its_author_in_front() -> None:
    opinion = Finding.objects.get(slug="motherboard-rekognition-outlier-2020")
    assert opinion.kind == "opinion"
    assert opinion.by
    assert opinion.by.slug == "motherboard"
    assert list(opinion.citations.values_list("source__slug", flat=True)) == ["seed-vice-2020"]


def test_the_article_itself_is_a_source_without_an_address() -> None:
    seed = Source.objects.get(slug="seed-vice-2020")
    assert (seed.url, seed.normalised_url) == ("", None)
    assert shared("seed/motherboard-2020-06-10.txt").read_text().count(seed.title) == 1


def test_nobody_reads_an_invisible_character_on_a_page() -> None:
    names = [
        *Organization.objects.values_list("name", flat=True),
        *Place.objects.values_list("name", flat=True),
    ]
    assert not [name for name in names if any(mark in name for mark in "\u200b\u200e\u200f\xa0")]


def test_the_whole_catalogue_is_dumped_into_the_very_same_bytes(whole_catalogue: object, tmp_path: Path) -> None:
    for name, content in files(DATA).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    assert dump(tmp_path).written == []
    Commitment.objects.filter(slug="zoom-e2ee-2020").update(note="Corrected")
    assert dump(tmp_path).written == ["vendors/zoom.yaml"]
    assert [name for name, content in files(tmp_path).items() if content != files(DATA)[name]] == ["vendors/zoom.yaml"]
