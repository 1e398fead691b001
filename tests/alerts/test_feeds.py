"""Feeds: what a feed reader sees, read with one; and what it is answered when it asks again."""

import json
from datetime import datetime
from typing import Any

import feedparser
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import etree, html

from tests.alerts.conftest import FURTHER_NOTICE, World, day
from tests.web import rows
from tracker.alerts import actions, topics
from tracker.alerts.channels.feed.entries import Entry, entries
from tracker.alerts.templatetags.alerts import fetched
from tracker.commitments.actions import extend
from tracker.commitments.models import Commitment
from tracker.dates import PartialDate
from tracker.organizations.models import Organization

pytestmark = pytest.mark.django_db
IN_HEAD = "//head/link[@rel='alternate']/@href"


def told(on: str, topic: str = "organization", slug: str = "amazon") -> list[Entry]:
    """What the feed holds after the planner has run on a day."""
    actions.plan(on=day(on))
    return entries(topics.find(topic, slug), day(on))


def read(client: Client, address: str) -> Any:
    """The feed as a feed reader parses it."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    parsed = feedparser.parse(answer.content)  # type: ignore[attr-defined,no-untyped-call]
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


@pytest.fixture(autouse=True)
def site(settings: Any) -> None:
    settings.SITE_URL = "https://watch.example.org"


def test_a_feed_tells_of_amazons_moratorium_in_the_words_of_the_mails(world: World) -> None:
    term = world.moratorium()
    (announced,) = told("2020-06-10")
    assert announced.title == "Announced: One-year moratorium on police use of Rekognition"
    assert "For one year the police may not use our face recognition." in announced.html
    assert 'href="https://www.aboutamazon.com/news/moratorium"' in announced.html

    warned = told("2021-03-12")
    assert [entry.title[:19] for entry in warned] == ["Runs out in 90 days", "Announced: One-year"]
    assert warned[1] == announced
    assert told("2021-05-11")[1] == warned[0], "what was said on its day is not said anew each day"

    extend(
        term.commitment,
        declared_on=PartialDate.parse("2021-05-18"),
        until=FURTHER_NOTICE,
        evidence=world.proof("until further notice", "https://paper.example/extended"),
        published_on=day("2021-05-18"),
    )
    assert [entry.title.partition(":")[0] for entry in told("2021-05-18")] == ["The end moved", "Announced"]


def test_a_topic_has_its_own_feed_and_anothers_events_are_not_in_it(client: Client, world: World) -> None:
    world.moratorium()
    world.ab1215()
    actions.plan(on=day("2026-01-01"))
    titles = {
        address: {entry.title.partition(": ")[2] for entry in read(client, f"/feeds/{address}.atom").entries}
        for address in (
            "everything",
            "organization/aws",
            "organization/rite-aid",
            "product/rekognition",
            "technology/face-recognition",
            "place/united-states",
            "commitment/ca-ab1215",
        )
    }
    amazon, law = "One-year moratorium on police use of Rekognition", "California AB 1215"
    assert titles == {
        "everything": {amazon, law},
        "organization/aws": {amazon},
        "organization/rite-aid": set(),
        "product/rekognition": {amazon},
        "technology/face-recognition": {amazon, law},
        "place/united-states": {law},
        "commitment/ca-ab1215": {law},
    }
    found = read(client, "/feeds/search.atom?q=Police+REKOG").feed
    assert found.title == "Watchback: “police rekog”"
    assert [link.href for link in found.links] == [
        "https://watch.example.org/search/?q=police+rekog",
        "https://watch.example.org/feeds/search.atom?q=police+rekog",
    ]
    assert {entry.title.partition(": ")[2] for entry in read(client, "/feeds/search.atom?q=calif").entries} == {law}


def test_atom_and_json_say_the_same_and_an_entrys_id_stays(client: Client, world: World) -> None:
    world.moratorium()
    actions.plan(on=day("2026-01-01"))
    atom = read(client, "/feeds/organization/amazon.atom")
    answer = client.get("/feeds/organization/amazon.json")
    assert answer["Content-Type"].startswith("application/feed+json")
    feed = json.loads(answer.content)
    assert {key: feed[key] for key in ("version", "title", "home_page_url", "feed_url")} == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Watchback: Amazon",
        "home_page_url": "https://watch.example.org/vendors/amazon/",
        "feed_url": "https://watch.example.org/feeds/organization/amazon.json",
    }
    written = etree.fromstring(client.get("/feeds/organization/amazon.atom").content).iterfind("{*}entry/{*}summary")
    assert [item["content_html"] for item in feed["items"]] == [summary.text for summary in written]
    assert len(feed["items"]) == 2
    for item, entry in zip(feed["items"], atom.entries, strict=True):
        assert {type(value) for value in item.values()} == {str}
        assert (item["id"], item["url"], item["title"]) == (entry.id, entry.link, entry.title)
        assert datetime.fromisoformat(item["date_published"]) <= datetime.fromisoformat(item["date_modified"])
    number = Commitment.objects.get().pk
    assert feed["items"][0]["id"] == f"tag:watch.example.org,2026:event:lapsed:{number}:2021-06-10:0"


def test_who_has_the_feed_is_not_sent_it_again_until_it_says_something_else(client: Client, world: World) -> None:
    world.moratorium()
    actions.plan(on=day("2020-06-10"))
    first = client.get("/feeds/everything.atom")
    assert first["Cache-Control"] == "public, max-age=600"
    assert not first.cookies
    again = client.get("/feeds/everything.atom", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    Commitment.objects.update(title="A moratorium")
    assert client.get("/feeds/everything.atom", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_an_empty_feed_is_a_feed_and_the_same_one_when_asked_again(client: Client, world: World) -> None:
    assert read(client, "/feeds/everything.atom").entries == []
    assert client.get("/feeds/everything.atom").content == client.get("/feeds/everything.atom").content


def test_a_title_full_of_markup_and_control_characters_is_shown_as_it_is(client: Client, world: World) -> None:
    made = rows.commitment(world.amazon, "odd", "</title> <script>alert(1)</script> & \x07 \x1b ]]> \ufffe\n“x”")
    rows.term(made, "2020-06-10", summary="<img src=x onerror=alert(1)> & more")
    actions.plan(on=day("2026-01-01"))
    (entry,) = read(client, "/feeds/everything.atom").entries
    assert entry.title.split() == ["Announced:", "</title>", "<script>alert(1)</script>", "&", "]]>", "“x”"]
    (item,) = json.loads(client.get("/feeds/everything.json").content)["items"]
    assert "&lt;img src=x onerror=alert(1)&gt; &amp; more" in item["content_html"]
    assert "<script>" not in item["content_html"]
    assert "<img" not in item["content_html"]


def test_a_former_slug_leads_on_and_what_never_was_is_not_found(client: Client, world: World) -> None:
    Organization.objects.filter(slug="amazon").update(slug="amazon-com")
    answer = client.get("/feeds/organization/amazon.json")
    assert (answer.status_code, answer["Location"]) == (301, "/feeds/organization/amazon-com.json")
    assert client.get("/feeds/organization/nobody.atom").status_code == 404
    assert client.get("/feeds/colour/amazon-com.atom").status_code == 404
    assert client.post("/feeds/everything.atom").status_code == 405


@pytest.mark.parametrize(
    ("query", "word"),
    [("", "at least one word"), ("q=%26", "at least one word"), ("q=a%00", "NUL"), ("q=" + "a" * 201, "too many")],
)
def test_a_search_that_cannot_be_made_is_refused_with_what_to_write(client: Client, query: str, word: str) -> None:
    answer = client.get(f"/feeds/search.atom?{query}")
    assert answer.status_code == 400
    assert word in answer.content.decode()


def test_a_feed_holds_a_hundred_and_asks_as_much_for_two_as_for_many(client: Client, world: World) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/feeds/organization/amazon.atom")
        return len(queries)

    def promise(number: int) -> None:
        made = rows.commitment(world.amazon, f"promise-{number}", about=world.rekognition)
        term = rows.term(made, "2020-06-10")
        rows.carve_out(term, rows.body(f"body-{number}"))

    promise(0)
    promise(1)
    actions.plan(on=day("2026-01-01"))
    few = asked()
    for number in range(2, 120):
        promise(number)
    actions.plan(on=day("2026-01-02"))
    assert asked() == few
    assert len(read(client, "/feeds/organization/amazon.atom").entries) == 100


def links(client: Client, page: str, xpath: str) -> list[str]:
    """The addresses at these places of a page."""
    found: Any = html.fromstring(client.get(page).content).xpath(xpath)
    return [str(address) for address in found]


def test_a_page_names_its_feeds_for_feed_readers_and_for_people(client: Client, world: World) -> None:
    term = world.moratorium()
    commitment = f"commitment/{term.commitment.slug}"
    pages = {
        "/": "everything",
        "/vendors/amazon/": "organization/amazon",
        "/agencies/ca-legislature/": "organization/ca-legislature",
        "/products/rekognition/": "product/rekognition",
        "/technologies/face-recognition/": "technology/face-recognition",
        "/places/california/": "place/california",
        f"/{commitment.replace('commitment', 'commitments', 1)}/": commitment,
    }
    for page, topic in pages.items():
        found = links(client, page, IN_HEAD)
        assert found == [f"/feeds/{topic}.atom", f"/feeds/{topic}.json", f"/calendar/{topic}.ics"]
        assert {client.get(address).status_code for address in found} == {200}
    found = links(client, "/search/?q=Rekog%26+b", IN_HEAD)
    assert found[0] == "/feeds/search.atom?q=Rekog%26+b"
    box = links(client, "/vendors/amazon/", "//section[@aria-labelledby='follow']//a/@href")
    assert box == [
        "/feeds/organization/amazon.atom",
        "/feeds/organization/amazon.json",
        "/calendar/organization/amazon.ics",
    ]


def test_without_a_channels_folder_no_page_names_it(world: World, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.alerts.without_feeds"
    assert fetched("organization", "amazon") == []
