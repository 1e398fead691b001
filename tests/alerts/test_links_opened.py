"""Links of mails: opened by a scanner, twice, too late, or after their owner was forgotten. And what limits keep."""

import hashlib
import logging
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.cache import cache
from django.test import Client

from tests.alerts.conftest import Follow, Postbox, World
from tests.alerts.test_digests import at
from tests.alerts.test_manage_page import TODAY, everywhere
from tracker.alerts import links as signed
from tracker.alerts.links import Purpose
from tracker.alerts.models import Subscriber, Subscription
from tracker.config import logs

pytestmark = pytest.mark.django_db


def paths(subscription: Subscription) -> dict[str, str]:
    """Every page that a link of a mail opens for the owner of this subscription, and what hangs below it."""
    key = subscription.subscriber.key

    def token(purpose: Purpose, cadence: str = "") -> str:
        return signed.token(purpose, key, on=TODAY, subscription_id=subscription.pk, cadence=cadence)

    manage = f"/subscriptions/manage/{signed.token(Purpose.MANAGE, key, on=TODAY)}/"
    return {
        "confirm": f"/subscriptions/confirm/{token(Purpose.CONFIRM)}/",
        "unsubscribe": f"/subscriptions/unsubscribe/{token(Purpose.UNSUBSCRIBE)}/",
        "digest": f"/subscriptions/unsubscribe/{token(Purpose.DIGEST, 'daily')}/",
        "manage": manage,
        "data": f"{manage}data.json",
    }


def everything_kept() -> dict[str, list[dict[str, object]]]:
    """Every row of every table of alerts."""
    tables = apps.get_app_config("alerts").get_models()
    return {table.__name__: list(table._default_manager.order_by("pk").values()) for table in tables}


def test_a_mail_scanner_that_opens_every_link_in_every_way_but_by_post_changes_nothing(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    waiting = follow("organization", world.amazon, cadence="daily", since="2020-06-01")
    follow("place", world.california, cadence="daily", since="2020-06-01")
    asked = follow("product", world.rekognition, address="new@example.org")
    Subscription.objects.filter(pk=asked.pk).update(since=None)
    Subscriber.objects.filter(pk=asked.subscriber_id).update(confirmed_at=None)
    world.moratorium()
    at("2020-06-10T00:05")
    scanner = Client(enforce_csrf_checks=True)
    before = everything_kept()
    for subscription in (waiting, asked):
        for name, path in paths(subscription).items():
            for query in ("", "?change=forget", "?change=stop&done=follows", "?List-Unsubscribe=One-Click"):
                answer = scanner.get(path + query)
                assert answer.status_code == 200, name
                assert not answer.cookies
                assert answer["Referrer-Policy"] == "no-referrer"
                assert "no-store" in answer["Cache-Control"]
            for method in ("head", "options", "put", "delete"):
                assert getattr(scanner, method)(path).status_code < 500
    assert everything_kept() == before
    assert before["Delivery"]


def test_the_link_that_ends_mails_is_good_for_ever_and_the_one_that_confirms_for_a_week(
    world: World, client: Client, follow: Follow
) -> None:
    subscription = follow("everything", cadence="daily")
    key = subscription.subscriber.key

    def post(view: str, purpose: Purpose, days: int, cadence: str = "") -> int:
        made = TODAY - timedelta(days=days)
        token = signed.token(purpose, key, on=made, subscription_id=subscription.pk, cadence=cadence)
        return client.post(f"/subscriptions/{view}/{token}/").status_code

    Subscription.objects.update(ended_on=TODAY)
    assert post("confirm", Purpose.CONFIRM, days=8) == 410
    assert Subscription.objects.get().ended_on == TODAY
    assert post("confirm", Purpose.CONFIRM, days=7) == 200
    assert Subscription.objects.get().ended_on is None
    for purpose, cadence in ((Purpose.UNSUBSCRIBE, ""), (Purpose.DIGEST, "daily")):
        Subscription.objects.update(ended_on=None)
        assert post("unsubscribe", purpose, days=3650, cadence=cadence) == 200
        assert Subscription.objects.get().ended_on == TODAY
        assert post("unsubscribe", purpose, days=3650, cadence=cadence) == 200  # opened twice


def test_links_of_who_was_forgotten_say_that_nothing_is_left(world: World, client: Client, follow: Follow) -> None:
    subscription = follow("everything", cadence="daily")
    all_of_them = paths(subscription)
    client.post(all_of_them["manage"], {"change": "forget"})
    for path in all_of_them.values():
        assert client.get(path).status_code == 410
        if not path.endswith(".json"):
            answer = client.post(path, {"change": "stop"})
            assert answer.status_code == 410
            assert b"There is nothing here any more" in answer.content
    assert not Subscriber.objects.exists()


def test_of_who_asked_nothing_is_kept_but_the_address_they_gave_and_two_hashes_that_nobody_can_redo_without_the_key(
    world: World, postbox: Postbox
) -> None:
    cache.clear()
    asker = Client(REMOTE_ADDR="203.0.113.7", HTTP_USER_AGENT="Odd Browser 1", HTTP_REFERER="https://from.example/")
    for path in ("/subscribe/", "/subscriptions/"):
        assert asker.post(path, {"topic": "everything", "address": "Ada@example.org"}).status_code == 200
    assert everywhere("Ada@example.org") == ["alerts_subscriber"]
    redis = cache._cache.get_client()  # type: ignore[attr-defined]
    stored = b" ".join(part for key in redis.keys("*") for part in (key, redis.dump(key))).lower()
    seen = ["203.0.113", "odd browser", "from.example", "ada@example.org"]
    seen += [hashlib.sha256(one.encode()).hexdigest() for one in ("203.0.113.0/24", "203.0.113.7", "ada@example.org")]
    for trace in seen:
        assert trace.encode() not in stored
        assert not everywhere(trace)
    assert len(redis.keys("*alerts:limit:*")) == 2
    assert all(0 < redis.ttl(key) <= 24 * 3600 for key in redis.keys("*alerts:limit:*"))


def test_who_reads_the_log_cannot_open_the_page_whose_form_was_refused(
    world: World, follow: Follow, client: Client, capfd: pytest.CaptureFixture[str]
) -> None:
    subscription = follow("everything")
    before = logging.getLogger().handlers[:]
    logs.set_up(debug=False)  # now that standard error is watched
    try:
        client.post(paths(subscription)["manage"], {"change": "nothing"})
        client.put(paths(subscription)["confirm"])
        lines = capfd.readouterr().err
    finally:
        logging.getLogger().handlers[:] = before
    assert "/subscriptions/manage/<link>/" in lines
    assert "/subscriptions/confirm/<link>/" in lines
    assert subscription.subscriber.key.hex not in lines


def test_both_ways_to_ask_for_a_mail_count_together(world: World, client: Client, postbox: Postbox) -> None:
    for _ in range(3):
        client.post("/subscribe/", {"topic": "everything", "address": "ada@example.org"})
        client.post("/subscriptions/", {"address": "ADA@example.org"})
    assert len(postbox.messages) == 5
    for number in range(24):
        client.post("/subscriptions/", {"address": f"r{number}@example.org"})
    refused = client.post("/subscriptions/", {"address": "eve@example.org"})
    assert refused.status_code == 429
    assert b'value="eve@example.org"' in refused.content
    assert not postbox.to("eve@example.org")


def test_a_search_of_any_length_is_followed_by_its_first_words(world: World, client: Client, postbox: Postbox) -> None:
    answer = client.post(
        "/subscribe/", {"topic": "search", "slug": "police " * 90 + "\x00", "address": "ada@example.org"}
    )
    assert answer.status_code == 200
    assert Subscription.objects.get().search == " ".join(["police"] * 12)
