"""The search."""

import pytest
from django.test import Client

from tests.web.record_world import World, build, finding, source
from tests.web.test_agency_page import read
from tracker.organizations.models import Alias, Organization, ProductAlias


@pytest.fixture
def world(db: None) -> World:
    return build()


def found(client: Client, query: str) -> str:
    answer = client.get("/search/", {"q": query})
    assert answer.status_code == 200
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("amazon", "/vendors/amazon/"),
        ("AMAZ", "/vendors/amazon/"),
        ("ICE", "/agencies/ice/"),
        ("police springfield il", "/agencies/springfield-pd/"),
        ("springfield illinois", "/agencies/springfield-pd/"),
        ("rekog", "/products/rekognition/"),
        ("aws rekognition", "/products/rekognition/"),
        ("face recognition", "/technologies/face-recognition/"),
        ("illinois", "/places/il/"),
        ("moratorium amazon", "/commitments/moratorium/"),
        ("no police use", "/commitments/moratorium/"),
        ("licences", "/questions/ice-licence/"),
        ("civil liberties", "/organizations/aclu/"),
        ("failed", "/findings/aclu-test/"),
        ("pauses", "/evidence/"),
    ],
)
def test_a_search_finds(query: str, address: str, world: World, client: Client) -> None:
    Alias.objects.create(organization=world.aws, name="AWS")
    if query == "moratorium amazon":
        type(world.moratorium).objects.filter(pk=world.moratorium.pk).update(title="One-year moratorium")
    assert f'href="{address}' in found(client, query)


def test_former_and_other_names_are_found(world: World, client: Client) -> None:
    Alias.objects.create(organization=world.palantir, name="Old Crystal Ball")
    ProductAlias.objects.create(product=world.cloud, name="Nimbus")
    assert "Old <mark>Crystal</mark> Ball" in found(client, "crystal")
    assert "<mark>ICE</mark>" in found(client, "ice")
    assert "/products/aws-cloud/" in found(client, "nimb")


def test_the_matching_words_are_marked(world: World, client: Client) -> None:
    finding(source(), title="A slide", summary="It pairs a <b>celebrity</b> with a mugshot.")
    text = found(client, "mugshot")
    assert "<mark>mugshot</mark>" in text
    assert "<b>" not in text


def test_drafts_are_not_found(world: World, client: Client) -> None:
    finding(source(), title="Zebra", published_on=None)
    assert "Zebra" not in found(client, "zeb")


def test_an_empty_search_says_what_to_write(world: World, client: Client) -> None:
    assert "The beginning of a word is enough" in read(client, "/search/")
    assert "The beginning of a word is enough" in read(client, "/search/?q=++")


def test_nothing_found_says_that_it_may_still_exist(world: World, client: Client) -> None:
    text = found(client, "unheard of")
    assert "Nothing on record holds all of “unheard”, “of”" in text
    assert "it may still exist" in text


@pytest.mark.parametrize(
    "query",
    [
        "'",
        '"',
        "&|!():*<->",
        "a & | b",
        "\\",
        "%",
        "-- drop",
        "<script>",
        "日本",
        "é",
        "🙂",
        "a:*b",
        "_",
        "the",
        "'; --",
        "\u2402x\u2403",
    ],
)
def test_signs_of_any_kind_break_nothing(query: str, world: World, client: Client) -> None:
    assert "<script" not in found(client, query)


def test_too_long_a_text_is_refused_with_what_to_do(world: World, client: Client) -> None:
    assert client.get("/search/", {"q": "a" * 200}).status_code == 200
    answer = client.get("/search/", {"q": "a" * 201})
    assert answer.status_code == 400
    assert "Write at most 200" in answer.content.decode()


def test_a_nul_is_refused(world: World, client: Client) -> None:
    assert client.get("/search/", {"q": "a\x00b"}).status_code == 400


def test_more_than_a_page_of_results_says_so(world: World, client: Client) -> None:
    Organization.objects.bulk_create(
        Organization(role="agency", kind="police", name=f"Police {number}", slug=f"p-{number}") for number in range(30)
    )
    text = found(client, "police")
    assert text.count('href="/agencies/') == 20
    assert "Another word narrows it" in text


def test_what_is_called_so_comes_before_what_only_mentions_it(world: World, client: Client) -> None:
    for name, note in (("Zed", "Once called Aardvark"), ("Aardvark", "It sells to ICE")):
        Organization.objects.create(role="vendor", kind="company", name=name, slug=name.lower(), note=note)
    text = found(client, "aardvark")
    assert text.index("/vendors/aardvark/") < text.index("/vendors/zed/")
    text = found(client, "ice")
    assert text.index("/agencies/ice/") < text.index("/vendors/aardvark/")
