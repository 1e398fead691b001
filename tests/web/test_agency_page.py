"""The page of an agency and the list of agencies."""

from datetime import date

import pytest
from django.test import Client

from tests.web.record_world import World, build, deal, finding, question, source
from tracker.organizations.models import Organization
from tracker.web.selectors.partnerships import published, served


@pytest.fixture
def world(db: None) -> World:
    return build()


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_an_agency_shows_who_it_is_and_who_supplies_it(world: World, client: Client) -> None:
    text = read(client, "/agencies/springfield-pd/")
    assert "IL0840200" in text
    assert '<a href="/places/springfield-il/">Springfield</a>' in text
    assert '<a href="/vendors/aws/">Amazon Web Services</a>' in text
    assert '<a href="/products/rekognition/">Rekognition</a>' in text
    assert '<time datetime="2017-05">May 2017</time>' in text
    assert world.article.get_absolute_url() in text


def test_the_chain_behind_a_supplier_is_named(world: World, client: Client) -> None:
    text = read(client, "/agencies/ice/")
    assert "Who stands behind them" in text
    assert '<a href="/vendors/aws/">Amazon Web Services</a> <span class="link">hosts </span>' in text
    assert '<a href="/vendors/palantir/">Palantir</a>' in text


def test_an_agency_shows_the_law_of_its_state_and_the_promise_of_its_suppliers_owner(
    world: World, client: Client
) -> None:
    text = read(client, "/agencies/springfield-pd/?on=2020-12-01")
    assert "Rules that bind it, or laws of the place it is in" in text
    assert "/commitments/il-law/" in text
    assert "/commitments/moratorium/" in text


def test_a_promise_that_holds_elsewhere_is_not_shown(world: World, client: Client) -> None:
    type(world.moratorium).objects.filter(pk=world.moratorium.pk).update(where="Canada")
    assert "/commitments/moratorium/" not in read(client, "/agencies/springfield-pd/")
    type(world.moratorium).objects.filter(pk=world.moratorium.pk).update(where="Illinois")
    assert "/commitments/moratorium/" in read(client, "/agencies/springfield-pd/")


def test_a_day_before_anything_began_shows_nothing_of_it(world: World, client: Client) -> None:
    text = read(client, "/agencies/springfield-pd/?on=2016-01-01")
    assert "None of our sources names a vendor" in text
    assert "/commitments/" not in text.partition("<main")[2].partition("</main>")[0]


def test_a_promise_is_as_it_stood_on_the_day(world: World, client: Client) -> None:
    page = "/agencies/il-legislature/?on="
    assert "state-in-force" in read(client, page + "2022-06-01")
    assert "state-expiring" in read(client, page + "2022-12-01")
    assert "state-lapsed" in read(client, page + "2023-01-01")


def test_an_agency_without_a_known_vendor_says_that_this_is_not_the_same_as_none(world: World, client: Client) -> None:
    Organization.objects.create(role="agency", kind="police", name="Quiet PD", slug="quiet")
    text = read(client, "/agencies/quiet/")
    assert "That is not the same as none" in text
    assert '<span class="figure unknown">not known</span>' in text


def test_drafts_are_not_shown(world: World, client: Client) -> None:
    deal(world.palantir, world.police, source(), published_on=None)
    finding(source(), agency=world.police, title="Secret finding", published_on=None)
    question(world.police, source(), text="Secret question?", published_on=None)
    text = read(client, "/agencies/springfield-pd/")
    assert "Palantir" not in text
    assert "Secret" not in text


def test_an_imported_row_says_that_nobody_checked_it(world: World, client: Client) -> None:
    deal(world.palantir, world.police, source(), checked=False, origin="imported:atlas")
    assert "imported, not checked" in read(client, "/agencies/springfield-pd/")


def test_incidents_and_questions_of_an_agency_are_on_its_page(world: World, client: Client) -> None:
    finding(source(), kind="incident", agency=world.police, title="A wrongful arrest", on="2020")
    question(world.police, source(), text="Who approved it?")
    text = read(client, "/agencies/springfield-pd/")
    assert "A wrongful arrest" in text
    assert "Who approved it?" in text


def test_the_list_filters_by_state_kind_and_vendor(world: World, client: Client) -> None:
    assert "/agencies/ice/" in read(client, "/agencies/?kind=federal")
    assert "/agencies/springfield-pd/" not in read(client, "/agencies/?kind=federal")
    in_illinois = read(client, "/agencies/?state=il")
    assert "/agencies/springfield-pd/" in in_illinois
    assert "/agencies/ice/" not in in_illinois
    assert "/agencies/springfield-pd/" not in read(client, "/agencies/?vendor=palantir")
    assert "No agency on record fits that" in read(client, "/agencies/?vendor=palantir&kind=police")


def test_the_list_tells_unknown_from_denied(world: World, client: Client) -> None:
    Organization.objects.create(role="agency", kind="police", name="Quiet PD", slug="quiet")
    denying = Organization.objects.create(role="agency", kind="police", name="Denying PD", slug="denying")
    deal(world.palantir, denying, source(), status="denied")
    text = read(client, "/agencies/")
    assert "no source names one" in text
    assert 'not <a href="/vendors/palantir/">Palantir</a> (denied, only offered, or never began)' in text


def test_pages_of_the_list_keep_the_filter(world: World, client: Client) -> None:
    Organization.objects.bulk_create(
        Organization(role="agency", kind="police", name=f"PD {number:03}", slug=f"pd-{number}", place=world.springfield)
        for number in range(150)
    )
    text = read(client, "/agencies/?state=il&kind=police")
    assert "151 agencies" in text
    assert 'href="?state=il&amp;kind=police&amp;page=2"' in text
    assert "PD 149" not in text
    assert "/agencies/springfield-pd/" in read(client, "/agencies/?state=il&kind=police&page=2")


def test_a_partnership_that_ended_later_is_shown_as_running_on_an_earlier_day(world: World, client: Client) -> None:
    earlier = read(client, "/agencies/springfield-pd/?on=2020-06-09")
    assert "not ended by then" in earlier
    assert "running" in earlier
    assert ' to <time datetime="2020-06-10">' not in earlier
    later = read(client, "/agencies/springfield-pd/?on=2020-06-10")
    assert ' to <time datetime="2020-06-10">10 June 2020</time>' in later
    assert "running" not in later


def test_a_pitch_is_shown_as_an_offer_and_counts_as_no_use(world: World, client: Client) -> None:
    pitched = Organization.objects.create(role="agency", kind="federal", name="Pitched Office", slug="pitched")
    offer = deal(world.palantir, pitched, source(), kind="proposal", started="2018-06-12")
    assert 'not <a href="/vendors/palantir/">Palantir</a> (denied, only offered, or never began)' in read(
        client, "/agencies/"
    )
    assert offer in published(date(2026, 11, 23))
    assert offer not in served(date(2026, 11, 23))
    assert "proposal" in read(client, "/agencies/pitched/")
