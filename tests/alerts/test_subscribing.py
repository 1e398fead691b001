"""Following by mail: asked twice, told nothing about others, ended at once, forgotten entirely."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import Settings

from tests.alerts.conftest import Follow, Postbox, World, day, links, run, unsubscribe_address
from tracker import networks
from tracker.alerts import actions
from tracker.alerts import links as signed
from tracker.alerts.models import Delivery, Subscriber, Subscription

pytestmark = pytest.mark.django_db


def today() -> date:
    return timezone.now().date()


def ask(client: Client, address: str = "ada@example.org", topic: str = "organization", slug: str = "amazon") -> object:
    return client.post("/subscribe/", {"topic": topic, "slug": slug, "address": address})


def test_a_follower_confirms_by_mail_and_only_the_button_confirms(
    world: World, client: Client, postbox: Postbox
) -> None:
    answer = client.post("/subscribe/", {"topic": "organization", "slug": "amazon", "address": "Ada@Example.org"})
    assert answer.status_code == 200
    assert not answer.cookies
    (path,) = links(postbox.messages[0])
    assert b"Follow Amazon?" in client.get(path).content
    assert Subscription.objects.get().since is None
    assert Subscriber.objects.get().confirmed_at is None
    assert client.post(path).status_code == 200
    assert Subscription.objects.get().since == today()
    assert client.post(path).status_code == 200
    assert Subscription.objects.count() == 1


def test_the_answer_is_the_same_for_an_address_that_follows_already(
    world: World, client: Client, follow: Follow, postbox: Postbox
) -> None:
    follow("organization", world.amazon, address="ada@example.org")
    known = client.post("/subscribe/", {"topic": "organization", "slug": "amazon", "address": "ADA@example.org"})
    new = client.post("/subscribe/", {"topic": "organization", "slug": "amazon", "address": "new@example.org"})
    assert known.content == new.content
    assert len(postbox.messages) == 2
    assert [message["Subject"] for message in postbox.messages] == ["Confirm: Amazon"] * 2


@pytest.mark.parametrize(
    "address",
    [
        "ada@example.org\nBcc: all@example.org",
        "a" * 300 + "@example.org",
        "nonsense",
        "",
        "ada@",
        "ada@localhost\r\n",
        "ada@exa mple.org",
        "\x00@example.org",
        "ada@" + "ü" * 300 + ".org",
    ],
)
def test_what_is_no_address_gets_an_error_beside_the_field_and_no_mail(
    world: World, client: Client, postbox: Postbox, address: str
) -> None:
    answer = client.post("/subscribe/", {"topic": "organization", "slug": "amazon", "address": address})
    assert answer.status_code == 400
    assert b'role="alert"' in answer.content
    assert postbox.messages == []
    assert not Subscriber.objects.exists()


def test_a_domain_in_another_script_is_written_to(world: World, client: Client, postbox: Postbox) -> None:
    assert client.post("/subscribe/", {"topic": "everything", "address": "ada@bücher.example"}).status_code == 200
    assert postbox.messages[0]["To"] == "ada@xn--bcher-kva.example"


@pytest.mark.parametrize(
    ("topic", "slug"), [("organization", "nobody"), ("search", " & ! "), ("tree", "oak"), ("place", "a\x00")]
)
def test_what_does_not_exist_cannot_be_followed(
    world: World, client: Client, postbox: Postbox, topic: str, slug: str
) -> None:
    answer = client.post("/subscribe/", {"topic": topic, "slug": slug, "address": "ada@example.org"})
    assert answer.status_code == 404
    assert not Subscriber.objects.exists()


def test_one_address_gets_five_such_mails_a_day_and_nobody_can_tell(
    world: World, client: Client, postbox: Postbox
) -> None:
    answers = [client.post("/subscribe/", {"topic": "everything", "address": "ada@example.org"}) for _ in range(7)]
    assert len(postbox.messages) == 5
    assert len({answer.content for answer in answers}) == 1


def test_one_network_may_ask_thirty_times_an_hour(world: World, postbox: Postbox) -> None:
    for number in range(30):
        client = Client(REMOTE_ADDR=f"203.0.113.{number}")
        assert (
            client.post("/subscribe/", {"topic": "everything", "address": f"r{number}@example.org"}).status_code == 200
        )
    answer = Client(REMOTE_ADDR="203.0.113.99").post("/subscribe/", {"topic": "everything", "address": "x@example.org"})
    assert answer.status_code == 429
    assert b"Try again in an hour" in answer.content
    elsewhere = Client(REMOTE_ADDR="198.51.100.1").post(
        "/subscribe/", {"topic": "everything", "address": "x@example.org"}
    )
    assert elsewhere.status_code == 200


@pytest.mark.parametrize(
    ("direct", "forwarded", "counted"),
    [
        ("203.0.113.7", "", "203.0.113.0/24"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.0/24"),  # nobody but our own proxy is believed
        ("127.0.0.1", "10.0.0.1, 198.51.100.1", "198.51.100.0/24"),
        ("::1", "2001:db8:1:2::3", "2001:db8:1::/48"),
        ("127.0.0.1", "nonsense", "unknown"),
        ("::ffff:203.0.113.7", "", "203.0.113.0/24"),
    ],
)
def test_behind_a_proxy_the_network_is_the_one_that_the_proxy_saw(direct: str, forwarded: str, counted: str) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=direct)
    if forwarded:
        request.META["HTTP_X_FORWARDED_FOR"] = forwarded
    assert networks.asker(request) == counted


def test_the_limits_keep_no_address_and_expire(world: World, client: Client, postbox: Postbox) -> None:
    client.post("/subscribe/", {"topic": "everything", "address": "ada@example.org"}, REMOTE_ADDR="203.0.113.7")
    redis = cache._cache.get_client()  # type: ignore[attr-defined]
    keys = [key.decode() for key in redis.keys("*alerts:limit:*")]
    assert len(keys) == 2
    assert not any("ada@" in key or "203.0" in key for key in keys)
    assert all(0 < redis.ttl(key) <= 24 * 3600 for key in keys)


def test_without_a_mail_server_the_asker_is_told_to_try_again(
    world: World, client: Client, postbox: Postbox, settings: Settings
) -> None:
    settings.EMAIL_PORT = 1
    answer = client.post("/subscribe/", {"topic": "everything", "address": "ada@example.org"})
    assert answer.status_code == 503
    assert b"Try again in a few minutes" in answer.content
    assert b"ada@example.org" in answer.content


@pytest.mark.parametrize("purpose", ["confirm", "unsubscribe", "manage"])
def test_a_forged_link_is_refused_and_changes_nothing(
    world: World, client: Client, follow: Follow, purpose: str
) -> None:
    subscription = follow("everything")
    token = signed.token(
        signed.Purpose(purpose), subscription.subscriber.key, on=today(), subscription_id=subscription.pk
    )
    other = "unsubscribe" if purpose == "manage" else "manage"
    for bad in (
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        token[:20],
        "x" * 5000,
        ":",
        token.split(":")[0],
    ):
        assert client.post(f"/subscriptions/{purpose}/{bad}/", {"change": "forget"}).status_code == 400
    assert client.post(f"/subscriptions/{other}/{token}/", {"change": "forget"}).status_code == 400
    subscription.refresh_from_db()
    assert subscription.ended_on is None


def test_a_link_that_has_expired_says_so_and_how_to_get_another(world: World, client: Client, follow: Follow) -> None:
    subscription = follow("everything")
    long_ago = today() - timedelta(days=91)
    answer = client.get(
        f"/subscriptions/manage/{signed.token(signed.Purpose.MANAGE, subscription.subscriber.key, on=long_ago)}/"
    )
    assert answer.status_code == 410
    assert b"This link has expired" in answer.content
    assert b"/subscriptions/" in answer.content


def test_one_click_ends_a_subscription_without_cookie_or_question_and_a_scanner_that_looks_ends_nothing(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    subscription = follow("organization", world.amazon)
    world.moratorium()
    run("2020-06-10")
    path = unsubscribe_address(postbox.messages[0])[1:-1].removeprefix("https://watch.example.org")
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(path).status_code == 200
    assert strict.head(path).status_code in (200, 405)
    subscription.refresh_from_db()
    assert subscription.ended_on is None
    answer = strict.post(path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200
    assert not answer.cookies
    subscription.refresh_from_db()
    assert subscription.ended_on == today()
    assert strict.post(path).status_code == 200
    postbox.empty()
    run("2021-03-12")
    assert postbox.messages == []


def test_unsubscribing_cancels_what_waits(world: World, follow: Follow, postbox: Postbox) -> None:
    subscription = follow("everything")
    world.moratorium()
    actions.plan(on=day("2020-06-10"))
    actions.unsubscribe(subscription=subscription, on=day("2020-06-10"))
    assert Delivery.objects.get().state == "cancelled"
    run("2020-06-11")
    assert postbox.messages == []


def test_who_ended_a_subscription_follows_again_only_after_confirming_again(
    world: World, client: Client, follow: Follow, postbox: Postbox
) -> None:
    subscription = follow("organization", world.amazon)
    actions.unsubscribe(subscription=subscription, on=day("2020-01-01"))
    ask(client)
    assert Subscription.objects.get().ended_on is not None
    client.post(links(postbox.messages[0])[0])
    assert Subscription.objects.get().ended_on is None
    assert Subscription.objects.get().since == today()


def manage_path(subscription: Subscription) -> str:
    return f"/subscriptions/manage/{signed.token(signed.Purpose.MANAGE, subscription.subscriber.key, on=today())}/"


def test_the_own_page_shows_what_is_followed_and_what_was_sent_and_changes_it(
    world: World, client: Client, follow: Follow, postbox: Postbox
) -> None:
    subscription = follow("organization", world.amazon)
    world.moratorium()
    run("2020-06-10")
    path = manage_path(subscription)
    page = client.get(path).content.decode()
    assert "Announced: One-year moratorium on police use of Rekognition" in page
    assert "10 June 2020" in page
    client.post(path, {"change": "choose", "subscription": subscription.pk, "rung": ["7", "0"]})
    subscription.refresh_from_db()
    assert subscription.rungs == [7, 0]
    assert client.post(path, {"change": "choose", "subscription": subscription.pk, "rung": ["8"]}).status_code == 400
    client.post(path, {"change": "pause", "until": "2030-01-01"})
    assert Subscriber.objects.get().paused_until == day("2030-01-01")
    assert client.post(path, {"change": "pause", "until": "2021-02-30"}).status_code == 400
    client.post(path, {"change": "unfollow", "subscription": subscription.pk})
    subscription.refresh_from_db()
    assert subscription.ended_on == today()
    assert client.post(path, {"change": "everything"}).status_code == 400


def test_nobody_changes_the_subscription_of_another(
    world: World, client: Client, follow: Follow, postbox: Postbox
) -> None:
    own, other = follow("everything"), follow("everything", address="bob@example.org")
    for number in (str(other.pk), "9" * 40, "-1", "²"):
        assert client.post(manage_path(own), {"change": "unfollow", "subscription": number}).status_code == 404
    other.refresh_from_db()
    assert other.ended_on is None


def test_the_download_holds_what_we_keep(world: World, client: Client, follow: Follow, postbox: Postbox) -> None:
    subscription = follow("organization", world.amazon)
    world.moratorium()
    run("2020-06-10")
    data = client.get(manage_path(subscription) + "data.json").json()
    assert data["address"] == "ada@example.org"
    assert data["follows"][0]["what"] == "Amazon"
    assert data["deliveries"][0]["state"] == "sent"


def test_forgotten_means_every_row_is_gone(world: World, client: Client, follow: Follow, postbox: Postbox) -> None:
    subscription = follow("organization", world.amazon)
    world.moratorium()
    run("2020-06-10")
    path = manage_path(subscription)
    assert b"We have forgotten you" in client.post(path, {"change": "forget"}).content
    assert (Subscriber.objects.count(), Subscription.objects.count(), Delivery.objects.count()) == (0, 0, 0)
    assert client.get(path).status_code == 410


def test_an_unconfirmed_address_is_dropped_after_a_week(world: World, client: Client, postbox: Postbox) -> None:
    ask(client)
    now = timezone.now()
    actions.drop_unconfirmed(now=now + timedelta(days=6))
    assert Subscriber.objects.exists()
    actions.drop_unconfirmed(now=now + timedelta(days=8))
    assert not Subscriber.objects.exists()


def test_the_link_to_the_own_page_goes_by_mail_and_the_screen_tells_nobody_who_follows(
    world: World, client: Client, follow: Follow, postbox: Postbox
) -> None:
    follow("everything")
    known = client.post("/subscriptions/", {"address": "ada@example.org"})
    unknown = client.post("/subscriptions/", {"address": "eve@example.org"})
    assert known.content == unknown.content
    assert client.get(links(postbox.to("ada@example.org")[0])[0]).status_code == 200
    assert links(postbox.to("eve@example.org")[0]) == []


def test_pages_can_show_the_form_for_what_they_are_about(world: World, client: Client) -> None:
    page = client.get("/subscribe/", {"topic": "organization", "slug": "amazon"})
    assert b"Amazon" in page.content
    assert not page.cookies
    assert client.get("/subscribe/").status_code == 200
