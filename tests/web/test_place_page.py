"""The pages of places, products, technologies and other bodies."""

import pytest
from django.test import Client

from tests.web.record_world import World, build, deal, promise, source
from tests.web.test_agency_page import read
from tracker.organizations.models import Organization, Place


@pytest.fixture
def world(db: None) -> World:
    return build()


def test_a_state_shows_its_agencies_their_vendors_and_when_its_laws_run_out(world: World, client: Client) -> None:
    text = read(client, "/places/il/?on=2020-12-01")
    assert "/agencies/springfield-pd/" in text
    assert '<a href="/vendors/aws/">Amazon Web Services</a>' in text
    assert "/commitments/il-law/" in text
    assert "1 January 2023" in text


def test_a_city_shows_the_law_of_its_state(world: World, client: Client) -> None:
    text = read(client, "/places/springfield-il/")
    assert "Laws and orders from above it" in text
    assert "/commitments/il-law/" in text


def test_a_vendors_promise_is_shown_in_the_state_it_names_and_not_in_others(world: World, client: Client) -> None:
    alaska = Place.objects.create(kind="state", name="Alaska", slug="ak", code="AK", parent=world.us)
    about = {"where": "Illinois, state and local bodies"}
    promise(world.palantir, "No Illinois sales", "no-il", source(), declared_on="2022-05-11", about=about)
    assert "/commitments/no-il/" in read(client, "/places/il/")
    assert "/commitments/no-il/" not in read(client, f"/places/{alaska.slug}/")


def test_a_place_says_what_none_of_our_sources_says(world: World, client: Client) -> None:
    text = read(client, "/places/il/")
    assert "What none of our sources says" in text
    assert "Which vendors serve 1 of the 2 agencies above" in text


def test_the_list_of_states_writes_unknown_and_not_zero(world: World, client: Client) -> None:
    Place.objects.create(kind="state", name="Alaska", slug="ak", code="AK", parent=world.us)
    vermont = Place.objects.create(kind="state", name="Vermont", slug="vt", code="VT", parent=world.us)
    Organization.objects.create(role="agency", kind="police", name="VT PD", slug="vt-pd", place=vermont)
    text = read(client, "/places/?on=2020-12-01")
    rows = text.partition("</table>")[0].split("<tr>")
    illinois = next(row for row in rows if ">Illinois<" in row)
    assert [cell.split("</span>")[0] for cell in illinois.split('<span class="cell">')[1:]] == ["2", "1", "1", "1"]
    unknown = next(row for row in rows if ">Vermont<" in row)
    assert ">0<" not in unknown
    assert unknown.count("not known") == 2
    assert ">Alaska<" not in text.partition("</table>")[0]
    assert ">Alaska<" in text.partition("none of our sources says anything")[2]


def test_a_product_shows_its_clients_promises_and_tests(world: World, client: Client) -> None:
    text = read(client, "/products/rekognition/")
    assert "/agencies/springfield-pd/" in text
    assert "/commitments/moratorium/" in text
    assert "/findings/aclu-test/" in text
    assert 'a company of <a href="/vendors/amazon/">Amazon</a>' in text


def test_a_technology_counts_known_users_and_says_unknown_where_no_source_names_one(
    world: World, client: Client
) -> None:
    rows = read(client, "/technologies/").split("<tr>")
    face = next(row for row in rows if "Face recognition" in row)
    assert '<span class="cell">1</span></td> </tr>' in face.rpartition("Clients known")[2] + " "
    assert "/vendors/aws/" in read(client, "/technologies/face-recognition/")
    deal(world.aws, world.ice, source(), technology=world.face)
    assert "/agencies/ice/" in read(client, "/technologies/face-recognition/")


def test_a_body_shows_what_it_found_and_from_what_it_was_excepted(world: World, client: Client) -> None:
    assert "/findings/aclu-test/" in read(client, "/organizations/aclu/")
    text = read(client, "/organizations/thorn/")
    assert "/commitments/moratorium/" in text
    assert "Finding missing children." in text
    assert "/commitments/moratorium/" not in read(client, "/organizations/thorn/?on=2020-06-09")
