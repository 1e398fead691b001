"""A subscriber's own page: how often, at what hour, what was sent, and how to be forgotten."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.alerts.conftest import Follow, Postbox, World, day, run, unsubscribe_address
from tests.alerts.telling_world import partnership
from tests.alerts.test_digests import at
from tracker.alerts import actions
from tracker.alerts import links as signed
from tracker.alerts.models import Delivery, Endpoint, Subscriber, Subscription
from tracker.alerts.sending.ledger import bounced
from tracker.evidence.models import Source

pytestmark = pytest.mark.django_db
TODAY = timezone.now().date()


def manage_path(subscription: Subscription) -> str:
    return f"/subscriptions/manage/{signed.token(signed.Purpose.MANAGE, subscription.subscriber.key, on=TODAY)}/"


def test_the_cadence_is_chosen_with_the_warnings(world: World, client: Client, follow: Follow) -> None:
    subscription = follow("organization", world.amazon)
    path = manage_path(subscription)
    choice = {"change": "choose", "subscription": subscription.pk, "rung": ["7"]}
    assert client.post(path, choice | {"cadence": "weekly"}).status_code == 302
    subscription.refresh_from_db()
    assert (subscription.cadence, subscription.rungs) == ("weekly", [7])
    refused = client.post(path, choice | {"cadence": "hourly"})
    assert refused.status_code == 400
    assert b"Choose at once, daily or weekly." in refused.content
    assert "on Mondays at 8:00" in client.get(path).content.decode()


def test_hour_and_zone_are_chosen_and_nothing_that_postgresql_does_not_know(
    world: World, client: Client, follow: Follow
) -> None:
    path = manage_path(follow("everything"))
    clock = {"change": "clock", "hour": "18", "time_zone": "America/Denver"}
    assert client.post(path, clock).status_code == 302
    assert list(Subscriber.objects.values_list("time_zone", "digest_hour")) == [("America/Denver", 18)]
    for wrong in ({"time_zone": "Middle/Earth"}, {"time_zone": ""}, {"hour": "24"}, {"hour": "noon"}):
        assert client.post(path, clock | wrong).status_code == 400
    assert list(Subscriber.objects.values_list("time_zone", "digest_hour")) == [("America/Denver", 18)]
    assert 'value="America/Denver" selected' in client.get(path).content.decode()


def test_what_waits_for_a_digest_goes_with_the_hour_that_is_chosen(
    world: World, client: Client, follow: Follow, postbox: Postbox
) -> None:
    subscription = follow("everything", cadence="daily")
    partnership(world, started=f"{TODAY:%Y-%m}", published_on=TODAY)
    now = timezone.now()
    actions.plan(on=TODAY, now=now)
    path = manage_path(subscription)
    client.post(path, {"change": "clock", "hour": f"{(now + timedelta(hours=3)).hour}", "time_zone": "UTC"})
    assert Delivery.objects.get().ready_at - now < timedelta(hours=3)
    client.post(path, {"change": "choose", "subscription": subscription.pk, "cadence": "at_once"})
    assert Delivery.objects.get().ready_at - now < timedelta(minutes=1)
    assert not Delivery.objects.get().in_digest


def test_everything_is_stopped_with_one_button(world: World, client: Client, follow: Follow) -> None:
    first = follow("organization", world.amazon)
    follow("place", world.california)
    client.post(manage_path(first), {"change": "stop"})
    assert set(Subscription.objects.values_list("ended_on", flat=True)) == {TODAY}


def test_the_list_of_what_was_sent_has_the_words_that_were_sent(
    world: World, client: Client, follow: Follow, postbox: Postbox
) -> None:
    subscription = follow("everything", since="2020-06-01")
    term = world.moratorium()
    run("2020-06-10")
    commitment = term.commitment
    commitment.title = "Another title"
    commitment.save()
    postbox.answers["ada@example.org"] = ["550 no such user"]
    run("2021-03-12")
    page = client.get(manage_path(subscription)).content.decode()
    assert "Announced: One-year moratorium on police use of Rekognition" in page
    assert "Announced: Another title" not in page
    assert "Expiring: Another title" in page  # never sent: what it is about now, not the key of a row
    assert "e-mail, could not be delivered" in page


def test_the_link_in_a_digest_ends_the_digest_and_nothing_else(
    world: World, client: Client, follow: Follow, postbox: Postbox
) -> None:
    follow("organization", world.amazon, cadence="daily", since="2020-06-01")
    follow("place", world.california, cadence="daily", since="2020-06-01")
    at_once = follow("commitment", world.moratorium().commitment, since="2020-06-11")
    at("2020-06-10T00:05")
    at("2020-06-10T08:00")
    (mail,) = postbox.messages
    path = unsubscribe_address(mail).strip("<>").removeprefix("https://watch.example.org")
    looked = client.get(path)
    assert b"Stop your daily digest?" in looked.content
    assert b"<li>Amazon</li><li>California</li>" in looked.content
    assert Subscription.objects.filter(ended_on=None).count() == 3
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert list(Subscription.objects.filter(ended_on=None)) == [at_once]
    assert b"You do not follow" in client.get(path).content


def test_an_address_that_bounced_three_times_is_told_so_and_starts_again_by_confirming(
    world: World, client: Client, follow: Follow, postbox: Postbox
) -> None:
    subscription = follow("everything")
    for _ in range(3):
        bounced(subscription.subscriber_id)
    world.moratorium()
    run("2020-06-10")
    assert postbox.messages == []
    assert b"its mail came back" in client.get(manage_path(subscription)).content
    token = signed.token(signed.Purpose.CONFIRM, subscription.subscriber.key, on=TODAY, subscription_id=subscription.pk)
    client.post(f"/subscriptions/confirm/{token}/")
    assert list(Subscriber.objects.values_list("stopped", "bounces")) == [(None, 0)]


def test_forgotten_means_that_no_table_knows_the_address_or_the_key(
    world: World, client: Client, follow: Follow, postbox: Postbox
) -> None:
    subscription = follow("everything", cadence="daily", since="2020-06-01")
    world.moratorium()
    at("2020-06-10T00:05")
    at("2020-06-10T08:00")
    Endpoint.objects.create(
        subscriber=subscription.subscriber,
        url="https://hooks.example.org/ada",
        secret="whsec_x",
        made_at=timezone.now(),
    )
    key = str(subscription.subscriber.key)
    found = everywhere("ada@example.org"), everywhere("hooks.example.org/ada"), everywhere(key)
    assert all(found)
    assert client.post(manage_path(subscription), {"change": "forget"}).status_code == 200
    assert (everywhere("ada@example.org"), everywhere("hooks.example.org/ada"), everywhere(key)) == ([], [], [])
    assert Source.objects.exists()  # it looked into tables that are not empty


def everywhere(text: str) -> list[str]:
    """The tables of the whole database in which a row holds this text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        tables = [row[0] for row in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(f'SELECT 1 FROM "{table}" t WHERE strpos(t::text, %s) > 0 LIMIT 1', [text])
            if cursor.fetchone():
                found.append(table)
    return found


@pytest.mark.parametrize(
    "address",
    [
        "ada@example.org\nBcc: eve@example.org",
        "a" * 300 + "@example.org",
        "ada@" + "b" * 300 + ".org",
        '"\x01 x"@example.org',
        '"two words"@example.org',
        "ada@exa\ud800mple.org",
        "ada\x00@example.org",
        "ada@localhost",
        "ada@[127.0.0.1]",
        "<ada@example.org>",
        "ada@example.org, eve@example.org",
    ],
)
def test_what_is_no_address_is_refused_in_words_and_nothing_is_kept(
    world: World, client: Client, postbox: Postbox, address: str
) -> None:
    sent = address.encode("utf-8", "surrogatepass")
    answer = client.post("/subscribe/", {"topic": "everything", "address": sent})
    assert answer.status_code == 400
    assert b"That is not an e-mail address." in answer.content or b"at most 254" in answer.content
    assert not Subscriber.objects.exists()
    assert postbox.messages == []


def test_a_search_is_followed_by_its_words(world: World, client: Client, postbox: Postbox) -> None:
    answer = client.post(
        "/subscribe/", {"topic": "search", "slug": "  Police,  SPRINGFIELD! ", "address": "ada@example.org"}
    )
    assert answer.status_code == 200
    assert Subscription.objects.get().search == "police springfield"
    assert postbox.subjects() == ["Confirm: “police springfield”"]


def test_every_page_of_record_has_the_box_to_follow_it(world: World, client: Client) -> None:
    partnership(world, published_on=day("2020-06-10"))
    commitment = world.moratorium().commitment
    for path, topic in (
        ("/", "everything"),
        (world.amazon.get_absolute_url(), "organization"),
        ("/agencies/springfield-pd/", "organization"),
        (world.rekognition.get_absolute_url(), "product"),
        (world.faces.get_absolute_url(), "technology"),
        (world.california.get_absolute_url(), "place"),
        (commitment.get_absolute_url(), "commitment"),
        ("/search/?q=springfield", "search"),
    ):
        page = client.get(path).content.decode()
        assert f'name="topic" value="{topic}"' in page, path
        assert page.count('id="follow-address"') == 1, path
