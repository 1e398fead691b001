"""What a subscriber may add, and what goes to it."""

from datetime import timedelta

import pytest
from pytest_httpserver import HTTPServer

from tests.alerts.conftest import Follow, World, day
from tests.alerts.webhook.conftest import NOW, Receiver, endpoint_at
from tracker.alerts.channels.webhook import endpoints, following
from tracker.alerts.channels.webhook.endpoints import NotAdded, add_endpoint
from tracker.alerts.models import Endpoint, Subscriber, Subscription


def test_an_added_address_has_a_secret_of_its_own_and_is_not_contacted(receiver: Receiver, ada: Subscriber) -> None:
    first = add_endpoint(subscriber=ada, url=f" {receiver.url}\n", now=NOW)
    second = add_endpoint(subscriber=ada, url=f"{receiver.url}?two", now=NOW)
    assert first.url == receiver.url
    assert first.secret.startswith("whsec_")
    assert first.secret != second.secret
    assert receiver.asked == []


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://127.0.0.1:8000/", "loopback"),
        ("http://169.254.169.254/latest/meta-data/", "link-local"),
        ("http://[::1]:8000/", "loopback"),
        ("http://10.0.0.1/", "private"),
        ("http://localhost:8000/", "localhost leads to 127.0.0.1"),
        ("http://127.1/", "loopback"),
        ("http://2130706433/", "loopback"),
        ("http://[::ffff:10.0.0.1]/", "private"),
        ("http://10.1/", "private"),
        ("https://ada:secret@hooks.example.org/", "name or password"),
        ("https://hooks.example.org/\nHost: else", "line break"),
        ("https://hooks.exa\nmple.org/", "line break"),
        ("https://hooks.example.org/\x00", "line break"),
        ("https://hooks.example.org/a b", "space"),
        ("javascript:alert(1)", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("//hooks.example.org/", "only http and https"),
        ("https://", "without a host"),
        ("", "only http and https"),
        ("https://hooks.example.org:25/", "port 25"),
        ("https://hooks.example.org/" + "a" * 5000, "longer than 500"),
        ("https://hooks.example.org/" + "ä" * 200, "longer than 500"),
        ("https://a..b/", "part of its host"),
        ("https://☃.net/", "not an address"),
        ("http://１２７.0.0.1/", "not an address"),
        ("https://[::1", "not an address"),
        ("https://" + "a23456789." * 30 + "example/", "leads nowhere"),
        ("https://x\udc80.example/", "line break"),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_an_address_that_we_would_not_post_to_is_refused_at_once_and_the_person_told_why(
    receiver: Receiver, ada: Subscriber, url: str, why: str
) -> None:
    with pytest.raises(NotAdded, match=why):
        add_endpoint(subscriber=ada, url=url, now=NOW)
    assert not Endpoint.objects.exists()


def test_an_address_is_kept_once_however_it_is_written(receiver: Receiver, ada: Subscriber) -> None:
    add_endpoint(subscriber=ada, url=receiver.url + "/ä", now=NOW)
    for spelling in ("/ä", "/%C3%A4", "/ä#part"):
        with pytest.raises(NotAdded, match="already"):
            add_endpoint(subscriber=ada, url=receiver.url.replace("http:", "HTTP:") + spelling, now=NOW)


def test_a_subscriber_has_at_most_five(receiver: Receiver, ada: Subscriber) -> None:
    for number in range(5):
        add_endpoint(subscriber=ada, url=f"{receiver.url}/{number}", now=NOW)
    with pytest.raises(NotAdded, match="Remove one first"):
        add_endpoint(subscriber=ada, url=f"{receiver.url}/5", now=NOW)


def test_addresses_cannot_be_tried_without_end(receiver: Receiver, ada: Subscriber) -> None:
    for _ in range(endpoints.ADDED.times):
        with pytest.raises(NotAdded, match="loopback"):
            add_endpoint(subscriber=ada, url="http://localhost/", now=NOW)
    with pytest.raises(NotAdded, match="too often"):
        add_endpoint(subscriber=ada, url="http://localhost/", now=NOW)


@pytest.mark.django_db
def test_a_webhook_is_told_of_the_same_thing_as_the_mail_from_that_day_on(
    world: World, endpoint: Endpoint, follow: Follow
) -> None:
    mail = follow("organization", world.amazon, rungs=[30, 0], cadence="weekly")
    hook = following.follow_by_webhook(endpoint=endpoint, subscription=mail, on=day("2021-05-18"))
    assert (hook.channel, hook.endpoint, hook.cadence) == ("webhook", endpoint, "at_once")
    assert (hook.organization, hook.rungs, hook.since) == (world.amazon, [30, 0], day("2021-05-18"))
    assert following.follow_by_webhook(endpoint=endpoint, subscription=mail, on=day("2021-05-19")) == hook
    following.unfollow(endpoint=endpoint, subscription=mail, on=day("2021-05-20"))
    mail.refresh_from_db()
    hook.refresh_from_db()
    assert (mail.ended_on, hook.ended_on) == (None, day("2021-05-20"))
    following.follow_by_webhook(endpoint=endpoint, subscription=mail, on=day("2021-06-01"))
    hook.refresh_from_db()
    assert (hook.since, hook.ended_on) == (day("2021-06-01"), None)
    assert Subscription.objects.count() == 2


def test_a_test_says_what_the_other_side_answered_and_is_no_news(receiver: Receiver, endpoint: Endpoint) -> None:
    endpoints.switch_off(endpoint, because="you switched it off", now=NOW)
    assert endpoints.send_test(endpoint=endpoint, now=NOW) == endpoints.Tested(True, "It answered 204 No Content.")
    (body,) = receiver.bodies
    assert body["type"] == "test"
    assert endpoint.secret not in str(body)
    receiver.answer.status_code = 410
    assert endpoints.send_test(endpoint=endpoint, now=NOW).words == "The test was not taken: it answered 410 Gone."


def test_a_test_reaches_nothing_private_and_says_so(ada: Subscriber, httpserver: HTTPServer) -> None:
    tested = endpoints.send_test(endpoint=endpoint_at(f"http://localhost:{httpserver.port}/", ada), now=NOW)
    assert not tested.taken
    assert "localhost leads to 127.0.0.1 (loopback)" in tested.words
    assert httpserver.log == []


def test_tests_are_limited_for_a_subscriber_and_not_for_an_endpoint(
    receiver: Receiver, endpoint: Endpoint, ada: Subscriber
) -> None:
    other = endpoint_at(f"{receiver.url}?other", ada)
    for number in range(endpoints.TESTED.times):
        assert endpoints.send_test(endpoint=(endpoint, other)[number % 2], now=NOW).taken
    assert "often enough" in endpoints.send_test(endpoint=endpoint, now=NOW + timedelta(minutes=1)).words
    assert len(receiver.asked) == endpoints.TESTED.times
