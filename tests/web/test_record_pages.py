"""What every page of record does: any day, former slugs, kinds, HTML in names, queries that do not grow."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.web.record_world import World, build, multiply
from tracker.organizations.models import Organization

PAGES: dict[str, Callable[[World], str]] = {
    "agencies": lambda world: "/agencies/",
    "agencies of a state": lambda world: "/agencies/?state=il&kind=police&vendor=aws",
    "agency": lambda world: "/agencies/springfield-pd/",
    "federal agency": lambda world: "/agencies/ice/",
    "legislature": lambda world: "/agencies/il-legislature/",
    "product": lambda world: "/products/rekognition/",
    "technologies": lambda world: "/technologies/",
    "technology": lambda world: "/technologies/face-recognition/",
    "places": lambda world: "/places/",
    "country": lambda world: "/places/us/",
    "state": lambda world: "/places/il/",
    "city": lambda world: "/places/springfield-il/",
    "organization": lambda world: "/organizations/aclu/",
    "excepted organization": lambda world: "/organizations/thorn/",
    "finding": lambda world: "/findings/aclu-test/",
    "questions": lambda world: "/questions/",
    "question": lambda world: "/questions/ice-licence/",
    "evidence": lambda world: "/evidence/",
    "source": lambda world: world.article.get_absolute_url(),
    "search": lambda world: "/search/?q=police",
    "about": lambda world: "/about/",
    "method": lambda world: "/method/",
}


@pytest.fixture
def world(db: None) -> World:
    return build()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_record_opens_without_a_cookie_a_script_or_a_style_in_a_line(
    page: str, world: World, client: Client
) -> None:
    answer = client.get(PAGES[page](world))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert not answer.cookies
    assert "<script" not in text
    assert "style=" not in text
    assert text.count("<h1") == 1


def test_a_page_makes_as_many_queries_for_five_times_the_rows(world: World, client: Client) -> None:
    multiply(world, range(1))
    few = {page: queries_and_size(client, address(world)) for page, address in PAGES.items()}
    multiply(world, range(1, 5))
    many = {page: queries_and_size(client, address(world)) for page, address in PAGES.items()}
    assert {page: queries for page, (queries, _) in many.items()} == {
        page: queries for page, (queries, _) in few.items()
    }
    assert [page for page in PAGES if page not in UNLISTED and many[page][1] <= few[page][1]] == []


def queries_and_size(client: Client, address: str) -> tuple[int, int]:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(captured), len(answer.content)


UNLISTED = ("finding", "question", "about", "method", "city", "technologies", "agencies of a state")


@pytest.mark.parametrize(
    "day", ["yesterday", "2021-02-30", "20210518", "2021-W20-2", "0001-01-01", "9999-12-31", "2021-05-18\x00"]
)
def test_a_day_that_is_none_is_answered_with_400_and_what_to_write(day: str, world: World, client: Client) -> None:
    for page, address in PAGES.items():
        answer = client.get(address(world).partition("?")[0], {"on": day})
        assert answer.status_code == 400, page
        assert "?on=2021-05-18" in answer.content.decode(), page


@pytest.mark.parametrize(
    "address",
    [
        "/agencies/amazon/", "/agencies/aclu/", "/organizations/ice/", "/organizations/aws/",
        "/products/amazon/", "/places/ice/", "/technologies/rekognition/", "/findings/ice-licence/",
        "/questions/aclu-test/", "/evidence/amazon/",
    ],
)  # fmt: skip
def test_a_slug_of_another_kind_is_not_found(address: str, world: World, client: Client) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("record", "page"),
    [
        ("police", "/agencies/{}/"),
        ("aclu", "/organizations/{}/"),
        ("rekognition", "/products/{}/"),
        ("article", "/evidence/{}/"),
        ("illinois", "/places/{}/"),
        ("face", "/technologies/{}/"),
        ("test", "/findings/{}/"),
        ("ice_question", "/questions/{}/"),
    ],
)
def test_a_former_slug_leads_on_for_good(record: str, page: str, world: World, client: Client) -> None:
    row = getattr(world, record)
    old = row.slug
    row.slug = "renamed"
    row.save()
    answer = client.get(page.format(old), {"on": "2021-01-01"})
    assert answer.status_code == 301
    assert answer["Location"] == page.format("renamed") + "?on=2021-01-01"


def test_a_former_slug_of_an_agency_does_not_open_the_page_of_another_kind(world: World, client: Client) -> None:
    Organization.objects.filter(slug="springfield-pd").update(slug="renamed")
    assert client.get("/organizations/springfield-pd/").status_code == 404


BAD = "<script>alert(1)</script>\" onmouseover='x'"


def test_html_in_names_is_shown_and_not_obeyed(world: World, client: Client) -> None:
    for table in (
        world.aws,
        world.palantir,
        world.police,
        world.ice,
        world.aclu,
        world.thorn,
        world.illinois,
        world.springfield,
    ):
        type(table).objects.filter(pk=table.pk).update(name=BAD + table.name)
    type(world.rekognition).objects.filter(pk=world.rekognition.pk).update(name=BAD, note=BAD)
    type(world.face).objects.filter(pk=world.face.pk).update(name=BAD, description=BAD)
    type(world.article).objects.filter(pk=world.article.pk).update(title=BAD + "police", publisher=BAD, note=BAD)
    type(world.moratorium).objects.filter(pk=world.moratorium.pk).update(title=BAD, subject=BAD + "police")
    type(world.test).objects.filter(pk=world.test.pk).update(title=BAD, summary=BAD, outcome=BAD, figures={BAD: BAD})
    type(world.ice_question).objects.filter(pk=world.ice_question.pk).update(text=BAD, response=BAD, asked_by_words=BAD)
    for page, address in PAGES.items():
        answer = client.get(address(world))
        text = answer.content.decode()
        assert answer.status_code == 200, page
        assert "<script>alert" not in text, page
        assert "onmouseover='x'" not in text, page
        assert not text.lower().count("<script"), page


@pytest.mark.parametrize(
    "address",
    [
        "/search/?q=",
        "/agencies/?state=",
        "/evidence/?words=",
        "/questions/?answer=",
        "/places/?on=",
        "/agencies/?page=",
    ],
)
def test_ten_megabytes_of_query_string_are_refused_and_crash_nothing(
    address: str, world: World, client: Client
) -> None:
    answer = client.get(address + "a" * 10_000_000)
    assert answer.status_code == 400
    assert len(answer.content) < 20_000


@pytest.mark.parametrize("page", ["0", "-1", "two", "1e9", "²", "99999999", ""])
def test_a_page_that_is_no_number_is_refused_with_what_to_write(page: str, world: World, client: Client) -> None:
    answer = client.get("/agencies/", {"page": page})
    assert answer.status_code in (400, 404)


def test_a_page_past_the_end_is_not_found(world: World, client: Client) -> None:
    assert client.get("/agencies/?page=2").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/agencies/?state=atlantis",
        "/agencies/?kind=circus",
        "/agencies/?vendor=nobody",
        "/evidence/?kind=rumour",
        "/evidence/?health=ill",
    ],
)
def test_a_filter_that_is_no_choice_is_refused_with_the_choices(address: str, world: World, client: Client) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert "Choose one of" in answer.content.decode()
