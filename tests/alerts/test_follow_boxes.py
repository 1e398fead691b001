"""On every page that can be followed, a box that follows it; and saved searches from the box to the mail."""

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client

from tests.alerts.conftest import Postbox, World, day, links, noon, run
from tracker.alerts import actions
from tracker.alerts.models import Subscription
from tracker.alerts.searches import normal_search

pytestmark = pytest.mark.django_db

BOX = re.compile(r'<form class="follow" method="post" action="(.+?)">(.+?)</form>', re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="(.*?)">')

PAGES = {
    "/": "everything",
    "/vendors/amazon/": "Amazon",
    "/agencies/ca-legislature/": "California Legislature",
    "/organizations/aclu/": "ACLU",
    "/products/rekognition/": "Rekognition",
    "/technologies/face-recognition/": "Face recognition",
    "/places/california/": "California",
    "/commitments/amazon-rekognition-police-moratorium/": "One-year moratorium on police use of Rekognition",
    "/search/?q=Police+REKOG": "everything that matches “police rekog”",
}


@pytest.mark.parametrize(("page", "what"), PAGES.items(), ids=PAGES)
def test_the_box_on_a_page_follows_what_the_page_is_about(
    world: World, client: Client, postbox: Postbox, page: str, what: str
) -> None:
    world.moratorium()
    type(world.amazon).objects.create(role="body", kind="nonprofit", slug="aclu", name="ACLU")
    shown = client.get(page)
    assert shown.status_code == 200, urlsplit(page).path
    ((action, fields),) = BOX.findall(shown.content.decode())
    sent = dict(HIDDEN.findall(fields)) | {"address": "ada@example.org"}
    assert client.post(action, sent).status_code == 200
    (confirm,) = links(postbox.messages[0])
    assert f"Follow {what}?" in client.get(confirm).content.decode()


def test_a_search_is_followed_from_the_box_to_the_mail(world: World, client: Client, postbox: Postbox) -> None:
    """Written in two ways it is one subscription, and what its words do not name is not told."""
    for words in ("Police  rekog!", "police REKOG"):
        client.post("/subscribe/", {"topic": "search", "slug": words, "address": "ada@example.org"})
    subscription = Subscription.objects.get()
    assert subscription.search == "police rekog"
    (path,) = {links(message)[0] for message in postbox.messages}
    client.post(path)
    Subscription.objects.update(since=day("2019-01-01"))
    postbox.empty()
    world.moratorium()
    world.ab1215()
    run("2020-06-10")
    assert postbox.subjects() == ["Announced: One-year moratorium on police use of Rekognition"]
    actions.unsubscribe(subscription=subscription, on=day("2020-06-11"))
    assert actions.send(on=day("2021-03-12"), now=noon("2021-03-12")).sent == 0


@pytest.mark.parametrize("words", ["監視 カメラ", "Düsseldorf", "٣ ²", "ǅ ﬁ", "é", "a" * 300, "a " * 150])
def test_words_of_any_script_and_length_can_be_followed(
    world: World, client: Client, postbox: Postbox, words: str
) -> None:
    answer = client.post("/subscribe/", {"topic": "search", "slug": words, "address": "ada@example.org"})
    assert answer.status_code == 200
    assert Subscription.objects.get().search == normal_search(words)
