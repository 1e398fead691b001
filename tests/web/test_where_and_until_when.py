"""By state and on the map: where a vendor's clients are. And of a client that ended it: when, and what says so."""

import pytest
from django.test import Client

from tests.web import pages, rows
from tests.web.record_world import World, body, build, deal, source
from tracker.organizations.models import Organization, Place
from tracker.partnerships.models import PartnershipCitation
from tracker.web.dots import draw, spot


@pytest.fixture
def world(db: None) -> World:
    return build()


def police(name: str, place: Place, at: tuple[str, str] | None = None) -> Organization:
    """A police department, with coordinates or without."""
    where = {"latitude": at[0], "longitude": at[1]} if at else {}
    return body("agency", "police", name, name.lower().replace(" ", "-"), place=place, **where)


def ring_in_two_states(world: World) -> None:
    """Two in Illinois, three in Oregon, one of the country; one offer and one denial, which count for nothing."""
    ring = body("vendor", "company", "Ring", "ring")
    oregon = rows.state()
    clients = [
        *(police(f"Bend {number}", oregon, ("44.06", "-121.31")) for number in range(3)),
        police("Cairo", world.springfield, ("37.0", "-89.18")),
        police("Joliet", world.illinois),
        world.ice,
    ]
    cited = source("Atlas", kind="dataset", publisher="Electronic Frontier Foundation")
    for client in clients:
        made = deal(ring, client, cited, checked=False, origin="atlas-of-surveillance")
        PartnershipCitation.objects.create(claim=made, source=source(publisher="The Bulletin"))
    deal(ring, police("Salem", oregon, ("44.9", "-123.0")), source(), kind="proposal")
    deal(ring, police("Eugene", oregon, ("44.1", "-123.1")), source(), status="denied")


def test_a_vendor_shows_its_partnerships_by_state_and_each_count_leads_to_them(world: World, client: Client) -> None:
    ring_in_two_states(world)
    page = pages.get(client, "/vendors/ring/")
    said = pages.words(page)
    assert "State Partnerships Oregon 3 Illinois 2 No one state, or not known 1" in said
    assert said.count("not individually checked") == 1
    assert "All 6 are imported (atlas of surveillance), not individually checked." in said
    for state, number in (("oregon", 3), ("il", 2), ("none", 1)):
        address = f"?clients=agencies&amp;state={state}#list"
        assert f'href="{address}"' in page
        listed = pages.get(client, f"/vendors/ring/?clients=agencies&state={state}")
        assert f"{number} deal" in pages.words(listed)
        rows_listed = listed.partition('id="list"')[2].partition("</table>")[0]
        assert rows_listed.count("Electronic Frontier Foundation") == number, "the dataset is the evidence of each row"
        assert rows_listed.count("The Bulletin") == number, "and so is the row's own link"


def test_a_vendor_without_an_agency_shows_neither_states_nor_map(world: World, client: Client) -> None:
    body("vendor", "company", "Quiet", "quiet")
    page = pages.get(client, "/vendors/quiet/")
    assert 'class="dots"' not in page
    assert "tally-table" not in page


def test_more_states_take_no_more_queries(world: World, client: Client) -> None:
    ring_in_two_states(world)
    paths = ("/vendors/ring/", "/places/", "/")
    few = {path: pages.queries(client, path) for path in paths}
    ring = Organization.objects.get(slug="ring")
    for number in range(14):
        state = rows.state(f"State {number}", f"S{number}")
        deal(ring, police(f"PD {number}", state, ("40", f"-{80 + number}")), source())
    assert {path: pages.queries(client, path) for path in paths} == few
    assert "<summary>5 more</summary>" in pages.get(client, "/vendors/ring/")


def test_agencies_of_one_town_are_one_dot_and_those_without_are_counted(world: World, client: Client) -> None:
    ring_in_two_states(world)
    (bend_x, bend_y), (cairo_x, cairo_y) = spot(44.1, -121.3) or (0, 0), spot(37.0, -89.2) or (0, 0)
    for path in ("/vendors/ring/", "/places/", "/"):
        page = pages.get(client, path)
        assert page.count(f'<path class="dots-few" d="M{bend_x} {bend_y}h0"/>') == 1, "three at Bend, none at Salem"
        assert page.count(f'<path class="dots-one" d="M{cairo_x} {cairo_y}h0"/>') == 1
    said = pages.words(pages.get(client, "/vendors/ring/"))
    assert "4 agencies as dots on the United States; the table by state says it in words." in said
    assert "2 more have no dot: where they are is not on record" in said


def test_an_agency_abroad_has_no_dot_on_the_states(world: World, client: Client) -> None:
    canada = Place.objects.create(kind="country", name="Canada", slug="canada", code="CA")
    deal(world.palantir, police("Toronto", canada, ("43.65", "-79.38")), source())
    assert 'class="dots"' not in pages.get(client, "/places/")


@pytest.mark.parametrize(
    ("latitude", "longitude", "at"),
    [
        (36.9988, -109.0448, (265, 328)),
        (71.3526, -156.5671, (90, 465)),
        (18.9173, -155.6734, (314, 603)),
        (18.46, -66.11, None),
        (13.44, 144.79, None),
        (55.75, 37.62, None),
    ],
    ids=["Four Corners", "the north of Alaska", "the south of Hawaii", "San Juan", "Guam", "Moscow"],
)
def test_a_point_is_where_the_outline_has_it(latitude: float, longitude: float, at: tuple[int, int] | None) -> None:
    assert spot(latitude, longitude) == at


def test_two_thousand_dots_are_light() -> None:
    spread = {(25 + 0.3 * (n % 80), -124 + 0.5 * (n // 80)): 1 + n % 7 for n in range(2_000)}
    drawn = draw(spread)
    assert drawn.shown == sum(spread.values())
    assert len(drawn.one + drawn.few + drawn.many) < 30_000


def test_a_city_that_ended_it_shows_the_month_and_the_article_that_says_so(world: World, client: Client) -> None:
    dataset = source("Decisions", kind="dataset", publisher="Some Tracker")
    article = source("Council ends it", publisher="The Bulletin", published_on=rows.when("2026-01-15"))
    made = deal(world.palantir, world.police, dataset, status="ended", ended="2026-01", end_reason="residents objected")
    PartnershipCitation.objects.create(claim=made, source=article)
    page = pages.get(client, "/agencies/springfield-pd/")
    status = page.partition("The Bulletin")[0].rpartition('data-label="Status"')[2]
    assert "ended in January 2026" in pages.words(f"<{status}")
    assert article.get_absolute_url() in page
    assert "Residents objected." in pages.words(page)
    assert "ended in January" not in pages.words(pages.get(client, "/agencies/springfield-pd/?on=2025-12-31"))


def test_of_several_sources_only_those_of_then_or_later_say_that_it_ended(world: World, client: Client) -> None:
    made = deal(world.palantir, world.police, source(publisher="Of The Start"), status="ended", ended="2021-06")
    for publisher, published in (("Of The End", "2021-06"), ("Of Before", "2021-05")):
        told = source(publisher=publisher, published_on=rows.when(published))
        PartnershipCitation.objects.create(claim=made, source=told)
    said = pages.words(pages.get(client, "/agencies/springfield-pd/"))
    assert "ended in June 2021 [ Of The End ]" in said
