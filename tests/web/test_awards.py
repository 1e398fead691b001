"""What was obligated under contracts: the sums on the profiles, and the lines behind each."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from tests.refusals import rows
from tests.web import pages
from tests.web.record_world import World, body, build, deal, source
from tracker.organizations.models import Organization
from tracker.partnerships.models import Obligation, Partnership


def award(vendor: Organization, agency: Organization, number: str, **more: Any) -> Partnership:
    """A contract of that number, imported and not checked."""
    given = {"kind": "contract", "contract_number": number, "amount": 0, "currency": "USD", "checked": False, **more}
    return deal(vendor, agency, source(), origin="usaspending", **given)


def obligate(under: Partnership, line: int, on: str, amount: str, **more: str) -> None:
    """One line of a file."""
    Obligation.objects.create(partnership=under, line=line, on=on, amount=Decimal(amount), **more)


@pytest.fixture
def world(db: None) -> World:
    """Palantir was awarded money by ICE over three fiscal years, some of it taken back; Amazon's cloud got some."""
    made = build()
    first = award(made.palantir, made.ice, "70CTD022", via_words="CARAHSOFT")
    obligate(first, 2, "2024-09-30", "10000000.10", modification="P00003", what="INVESTIGATIVE CASE MANAGEMENT")
    obligate(first, 3, "2024-10-01", "29840000.00")
    obligate(first, 4, "2025-09-30", "0.01")
    obligate(award(made.palantir, made.ice, "70CTD011"), 5, "2025-10-01", "-54.70")
    obligate(award(made.aws, made.ice, "70CTD099"), 6, "2025-03-01", "0.00")
    return made


def test_an_agency_shows_what_it_obligated_by_vendor_and_fiscal_year(world: World, client: Client) -> None:
    page = pages.get(client, "/agencies/ice/")
    said = pages.words(page)
    assert "Vendor 2024 2025 2026 All" in said
    assert "Palantir 10,000,000.10 29,840,000.01 −54.70 39,839,945.41" in said
    assert "Amazon Web Services 0.00 0.00" in said
    assert "All 2 10,000,000.10 29,840,000.01 −54.70 39,839,945.41" in said
    assert 'href="/agencies/ice/awards/?vendor=palantir&amp;year=2025#lines">29,840,000.01<' in page


def test_every_sum_leads_to_the_lines_that_come_to_it(world: World, client: Client) -> None:
    said = pages.words(pages.get(client, "/agencies/ice/awards/?vendor=palantir&year=2025"))
    assert "USD 29,840,000.01 is the sum of these 2 lines" in said
    assert "1 October 2024" in said
    assert "30 September 2025" in said
    assert "INVESTIGATIVE" not in said, "that is of the year before"
    assert "via CARAHSOFT" in said
    assert "imported, not checked" in said
    said = pages.words(pages.get(client, "/agencies/ice/awards/?award=70CTD022&year=2024"))
    assert "70CTD022 modification P00003 INVESTIGATIVE CASE MANAGEMENT USD 10,000,000.10" in said


def test_the_sum_is_that_of_the_table_to_the_cent(world: World, client: Client) -> None:
    ((total,),) = rows("SELECT sum(amount) FROM partnerships_obligation")
    assert f"USD {total:,.2f} is the sum of these 5 lines" in pages.words(pages.get(client, "/agencies/ice/awards/"))


def test_a_vendor_shows_what_agencies_obligated_to_its_family(world: World, client: Client) -> None:
    page = pages.get(client, "/vendors/amazon/")
    assert "Immigration and Customs Enforcement 0.00 0.00" in pages.words(page)
    assert 'href="/vendors/amazon/awards/?agency=ice&amp;year=2025#lines">0.00<' in page
    assert "with Amazon Web Services" in pages.words(pages.get(client, "/vendors/amazon/awards/?agency=ice&year=2025"))


def test_a_contract_leads_to_its_lines(world: World, client: Client) -> None:
    assert 'href="/agencies/ice/awards/?award=70CTD022#lines"' in pages.get(client, "/agencies/ice/awards/")


def test_awards_are_summed_on_the_agencys_page_and_not_listed_among_its_suppliers(world: World, client: Client) -> None:
    page = pages.get(client, "/agencies/ice/")
    assert "awards whose lines are on record are in" in pages.words(page) or "other deal is on record" in page
    assert "70CTD022" not in page


def test_nothing_is_shown_where_no_source_says_what_was_obligated(world: World, client: Client) -> None:
    assert "obligated" not in pages.get(client, "/agencies/springfield-pd/").partition("<main")[2]
    assert "No source on record says" in pages.get(client, "/agencies/springfield-pd/awards/")
    assert "obligated" not in pages.get(client, "/agencies/ice/?on=2024-09-29").partition("<main")[2]


def test_a_day_shows_what_was_obligated_by_then(world: World, client: Client) -> None:
    page = pages.get(client, "/agencies/ice/?on=2024-10-01")
    assert "Palantir 10,000,000.10 29,840,000.00 39,840,000.10" in pages.words(page)
    assert 'href="/agencies/ice/awards/?vendor=palantir&amp;year=2025&amp;on=2024-10-01#lines"' in page


def test_two_currencies_are_never_added(world: World, client: Client) -> None:
    obligate(award(world.palantir, world.ice, "GB-1", currency="GBP"), 7, "2025-03-01", "5.00")
    said = pages.words(pages.get(client, "/agencies/ice/awards/?vendor=palantir&year=2025"))
    assert "in pounds Vendor 2025 All Palantir 5.00 5.00" in said
    assert "GBP 5.00 is the sum of those of these 3 lines that are in pounds" in said
    assert "USD 29,840,000.01 is the sum of" in said


def test_contracts_that_readers_do_not_see_count_for_nothing(world: World, client: Client) -> None:
    obligate(award(world.palantir, world.ice, "DRAFT", published_on=None), 8, "2025-03-01", "1000000.00")
    assert "29,840,000.01" in pages.get(client, "/agencies/ice/")
    assert "DRAFT" not in pages.get(client, "/agencies/ice/awards/")


def test_a_wrong_choice_is_answered_in_words_and_a_former_slug_leads_on(world: World, client: Client) -> None:
    assert "“2019” is no year here" in pages.words(pages.get(client, "/agencies/ice/awards/?year=2019", 400))
    pages.get(client, "/agencies/ice/awards/?vendor=nobody", 400)
    pages.get(client, "/agencies/nobody/awards/", 404)
    Organization.objects.filter(pk=world.ice.pk).update(slug="ice-hq")
    assert client.get("/agencies/ice/awards/?year=2025")["Location"] == "/agencies/ice-hq/awards/?year=2025"


def test_more_vendors_years_and_lines_take_no_more_queries(world: World, client: Client) -> None:
    paths = ("/agencies/ice/", "/agencies/ice/awards/", "/vendors/palantir/", "/vendors/palantir/awards/")

    def add(number: int) -> None:
        maker = body("vendor", "company", f"Maker {number}", f"maker-{number}", parent=world.palantir)
        obligate(award(maker, world.ice, f"N{number}"), 9, f"{2000 + number}-03-01", "1.00")

    add(0)
    few = {path: pages.queries(client, path) for path in paths}
    for number in range(1, 25):
        add(number)
    assert {path: pages.queries(client, path) for path in paths} == few
    assert "7 more, who are in the sum" in pages.words(pages.get(client, "/agencies/ice/"))
    assert few["/agencies/ice/awards/"] <= 10
