"""The pages of a webhook, behind the link of the manage page."""

import json
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from werkzeug import Response

from tests.alerts.conftest import Follow, World
from tests.alerts.webhook.conftest import NOW, Receiver, endpoint_at
from tests.alerts.webhook.test_signatures import verified_by_library
from tracker.alerts import links
from tracker.alerts.channels.webhook import endpoints
from tracker.alerts.models import Endpoint, Subscriber, Subscription


def today() -> date:
    return timezone.now().date()


@pytest.fixture
def page(ada: Subscriber) -> str:
    """Ada's own page."""
    return f"/subscriptions/manage/{links.token(links.Purpose.MANAGE, ada.key, on=today())}/"


def test_a_subscriber_adds_a_webhook_chooses_what_goes_to_it_and_tests_it(
    page: str, client: Client, receiver: Receiver, world: World, follow: Follow
) -> None:
    mail = follow("organization", world.amazon)
    follow("product", world.rekognition)
    assert b"Add a webhook" in client.get(page).content
    answer = client.post(f"{page}webhooks/", {"url": receiver.url})
    endpoint = Endpoint.objects.get()
    own = f"{page}webhooks/{endpoint.pk}/"
    assert (answer.status_code, answer["Location"]) == (302, own)
    assert endpoint.secret in client.get(own).content.decode()
    assert endpoint.secret not in client.get(page).content.decode()

    assert client.post(own, {"change": "topics", "topic": [mail.pk]})["Location"] == own
    hook = Subscription.objects.get(channel="webhook")
    assert (hook.organization, hook.since) == (world.amazon, today())
    assert b"Posted to it: Amazon" in client.get(page).content

    tested = client.post(own, {"change": "test"})
    assert "The test was taken. It answered 204 No Content." in tested.content.decode()
    assert not tested.cookies
    assert verified_by_library(receiver.asked[-1], endpoint.secret)

    client.post(own, {"change": "topics"})
    hook.refresh_from_db()
    assert hook.ended_on == today()


def test_what_goes_to_the_webhook_alone_can_still_be_chosen_there(
    page: str, client: Client, endpoint: Endpoint, world: World, follow: Follow
) -> None:
    follow("organization", world.amazon, ended_on=today())
    hook = follow("organization", world.amazon, channel="webhook", endpoint=endpoint)
    own = f"{page}webhooks/{endpoint.pk}/"
    assert client.get(own).content.decode().count('type="checkbox"') == 1
    client.post(own, {"change": "topics", "topic": [hook.pk]})
    hook.refresh_from_db()
    assert hook.ended_on is None


def test_a_new_secret_is_shown_and_until_when_the_former_one_signs(
    page: str, client: Client, endpoint: Endpoint
) -> None:
    own = f"{page}webhooks/{endpoint.pk}/"
    former = endpoint.secret
    assert "signs as well until" not in client.get(own).content.decode()
    client.post(own, {"change": "rotate"})
    endpoint.refresh_from_db()
    shown = client.get(own).content.decode()
    assert endpoint.secret in shown
    assert former not in shown
    assert "The former secret signs as well until" in shown


def test_a_webhook_that_is_off_says_since_when_and_why_and_can_be_switched_on(
    page: str, client: Client, endpoint: Endpoint, receiver: Receiver
) -> None:
    endpoints.switch_off(endpoint, because="it answered 410 Gone", now=NOW)
    for place in (page, f"{page}webhooks/{endpoint.pk}/"):
        shown = client.get(place).content.decode()
        assert "18 May 2021" in shown
        assert "it answered 410 Gone." in shown
    client.post(f"{page}webhooks/{endpoint.pk}/", {"change": "on"})
    endpoint.refresh_from_db()
    assert endpoint.off_since is None
    client.post(f"{page}webhooks/{endpoint.pk}/", {"change": "off"})
    assert "you switched it off." in client.get(page).content.decode()


def test_a_removed_webhook_is_gone_with_what_went_to_it_and_the_mails_stay(
    page: str, client: Client, endpoint: Endpoint, follow: Follow
) -> None:
    mail = follow("everything")
    follow("everything", channel="webhook", endpoint=endpoint)
    assert client.post(f"{page}webhooks/{endpoint.pk}/", {"change": "remove"})["Location"] == page
    assert not Endpoint.objects.exists()
    assert list(Subscription.objects.all()) == [mail]


def test_a_refused_address_stays_in_the_form_beside_the_reason(page: str, client: Client, receiver: Receiver) -> None:
    answer = client.post(f"{page}webhooks/", {"url": 'http://localhost/"><script>'})
    assert answer.status_code == 400
    shown = answer.content.decode()
    assert "localhost leads to 127.0.0.1 (loopback)" in shown
    assert 'value="http://localhost/&quot;&gt;&lt;script&gt;"' in shown


def test_the_webhook_of_somebody_else_is_not_found(
    page: str, client: Client, receiver: Receiver, ada: Subscriber
) -> None:
    bob = Subscriber.objects.create(address="bob@example.org", requested_at=NOW, confirmed_at=NOW)
    theirs = endpoint_at(receiver.url, bob)
    for number in (theirs.pk, 10**30):
        assert client.get(f"{page}webhooks/{number}/").status_code == 404
        assert client.post(f"{page}webhooks/{number}/", {"change": "remove"}).status_code == 404
    assert Endpoint.objects.get() == theirs


def test_a_forged_link_and_a_strange_button_change_nothing(page: str, client: Client, endpoint: Endpoint) -> None:
    assert client.post(f"{page[:-2]}x/webhooks/{endpoint.pk}/", {"change": "remove"}).status_code == 400
    own = f"{page}webhooks/{endpoint.pk}/"
    assert client.post(own, {"change": "sell"}).status_code == 400
    assert client.get(own, {"change": "remove"}).status_code == 200
    client.post(own, {"change": "topics", "topic": ["9" * 5000, "x", "-1"]})
    endpoint.refresh_from_db()
    assert not endpoint.subscriptions.exists()


def test_the_download_has_the_address_of_a_webhook_and_no_secret(
    page: str, client: Client, endpoint: Endpoint, receiver: Receiver
) -> None:
    endpoints.rotate(endpoint=endpoint, now=NOW)
    answer = client.get(f"{page}data.json")
    assert [webhook["url"] for webhook in json.loads(answer.content)["webhooks"]] == [receiver.url]
    assert "whsec_" not in answer.content.decode()


def test_a_server_that_fails_the_test_is_named_with_what_it_answered(
    page: str, client: Client, endpoint: Endpoint, receiver: Receiver
) -> None:
    receiver.answer = Response("<script>secret of the intranet</script>", status=500)
    shown = client.post(f"{page}webhooks/{endpoint.pk}/", {"change": "test"}).content.decode()
    assert "The test was not taken: it answered 500 Internal Server Error." in shown
    assert "intranet" not in shown
