"""Digests: many items in one mail, once a period, at the subscriber's own hour."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from tests.alerts.conftest import Follow, Postbox, World, day, text
from tests.alerts.telling_world import partnership
from tracker.alerts import actions, deliveries
from tracker.alerts.models import Delivery, Digest, Subscriber, Subscription
from tracker.commitments.models import Term

pytestmark = pytest.mark.django_db


def at(moment: str) -> actions.Sent:
    """What beat does at a moment (UTC): plan, then send."""
    now = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    actions.plan(on=now.date(), now=now)
    return actions.send(on=now.date(), now=now)


def in_zone(zone: str, hour: int = 8) -> None:
    Subscriber.objects.update(time_zone=zone, digest_hour=hour)


def news(world: World, number: int, published: str) -> None:
    partnership(world, slug=f"p{number}", started=published[:7], published_on=day(published))


def test_a_day_s_news_come_in_one_mail_at_eight_in_the_subscriber_s_zone(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    follow("everything", cadence="daily")
    in_zone("America/New_York")
    world.moratorium()
    news(world, 1, "2020-06-10")
    for moment in ("2020-06-10T00:05", "2020-06-10T11:55"):  # five to eight in New York
        at(moment)
        assert postbox.messages == []
    at("2020-06-10T12:00")
    (mail,) = postbox.messages
    assert str(mail["Subject"]).startswith("2 changes: ")
    words = text(mail)
    assert "* Announced: One-year moratorium on police use of Rekognition" in words
    assert "* Began: Amazon and Springfield Police (Rekognition)" in words
    assert "Your daily digest of everything on Watchback." in words
    assert Digest.objects.get().period == day("2020-06-10")
    assert {delivery.message_id for delivery in Delivery.objects.all()} == {mail["Message-ID"]}


def test_what_happens_after_the_hour_waits_for_the_next_day_even_if_nothing_was_sent_today(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    follow("everything", cadence="daily")
    at("2020-06-10T08:00")
    world.moratorium()
    at("2020-06-10T08:05")
    at("2020-06-10T23:55")
    assert postbox.messages == []  # and an empty digest is not sent
    at("2020-06-11T08:00")
    news(world, 1, "2020-06-11")
    at("2020-06-11T08:05")
    at("2020-06-11T12:00")
    assert len(postbox.messages) == 1
    at("2020-06-12T08:00")
    assert len(postbox.messages) == 2


def test_a_weekly_digest_comes_on_mondays(world: World, follow: Follow, postbox: Postbox) -> None:
    follow("everything", cadence="weekly")
    world.moratorium()  # a Wednesday
    for on in ("10", "11", "12", "13", "14"):
        at(f"2020-06-{on}T09:00")
    assert postbox.messages == []
    at("2020-06-15T08:00")
    assert len(postbox.messages) == 1
    assert "Your weekly digest" in text(postbox.messages[0])
    assert Digest.objects.get().period == day("2020-06-15")


def test_a_warning_that_would_come_after_the_end_is_sent_alone_at_once(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    follow("everything", cadence="weekly", since="2020-07-01")
    world.moratorium()
    at("2021-06-03T00:05")  # seven days before, a Thursday: Monday's digest still comes in time
    at("2021-06-07T08:00")
    assert [subject.partition(":")[0] for subject in postbox.subjects()] == ["Runs out in 3 days"]
    at("2021-06-09T00:05")  # the day before: the next digest would come on the 14th
    assert [subject.partition(":")[0] for subject in postbox.subjects()] == ["Runs out in 3 days", "Runs out tomorrow"]
    assert "You follow everything" in text(postbox.messages[1])


@pytest.mark.parametrize(
    ("zone", "moments"),
    [
        # the clock jumps from two to three on 14 March 2021, and from two back to one on 7 November
        ("America/New_York", ("2021-03-14T06:30", "2021-03-14T07:00")),
        ("America/New_York", ("2021-11-07T05:30", "2021-11-07T07:00")),
    ],
)
def test_a_digest_at_two_in_the_morning_comes_once_on_the_nights_the_clock_is_changed(
    world: World, follow: Follow, postbox: Postbox, zone: str, moments: tuple[str, str]
) -> None:
    follow("everything", cadence="daily")
    in_zone(zone, hour=2)
    on = moments[0][:10]
    world.moratorium(published=on)
    Term.objects.update(declared_on=on, ends_on="2030", effective_from=None)
    at(f"{on}T04:30")  # half past midnight in New York or later
    assert postbox.messages == []
    at(moments[0])
    at(moments[1])
    at(f"{on}T09:00")
    assert len(postbox.messages) == 1


def test_a_digest_that_the_server_refuses_for_now_is_the_same_mail_the_next_time(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    follow("everything", cadence="daily")
    world.moratorium()
    news(world, 1, "2020-06-10")
    at("2020-06-10T00:05")
    postbox.answers["ada@example.org"] = ["450 busy"]
    at("2020-06-10T08:00")
    first = set(Delivery.objects.values_list("message_id", "state"))
    assert {state for _, state in first} == {"pending"}
    news(world, 2, "2020-06-10")
    at("2020-06-10T08:10")
    (mail,) = postbox.messages
    assert (mail["Message-ID"], "pending") in first
    assert text(mail).count("* ") == 2
    at("2020-06-11T08:00")
    assert len(postbox.messages) == 2


def test_what_no_longer_holds_is_left_out_of_a_digest(world: World, follow: Follow, postbox: Postbox) -> None:
    follow("everything", cadence="daily")
    term = world.moratorium()
    news(world, 1, "2020-06-10")
    at("2020-06-10T00:05")
    Term.objects.filter(pk=term.pk).update(published_on=None)
    now = datetime(2020, 6, 10, 8, tzinfo=UTC)
    actions.send(on=now.date(), now=now)
    assert postbox.subjects() == ["Began: Amazon and Springfield Police (Rekognition)"]


def test_another_cadence_moves_what_waits(world: World, follow: Follow, postbox: Postbox) -> None:
    subscription = follow("everything", cadence="weekly")
    world.moratorium()
    at("2020-06-10T00:05")
    Subscription.objects.update(cadence="at_once")
    deliveries.reschedule(subscription.subscriber_id, datetime(2020, 6, 10, 9, tzinfo=UTC))
    at("2020-06-10T09:05")
    assert len(postbox.messages) == 1


def test_a_cadence_changed_by_sql_leaves_nothing_waiting_for_ever(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    follow("everything", cadence="daily")
    world.moratorium()
    at("2020-06-10T00:05")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE alerts_subscription SET cadence = 'at_once'")
    at("2020-06-10T08:05")
    at("2020-06-10T08:10")
    assert len(postbox.messages) == 1


def test_two_subscriptions_of_one_person_go_into_one_digest_and_say_each_thing_once(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    follow("organization", world.amazon, cadence="daily")
    follow("product", world.rekognition, cadence="daily")
    world.moratorium()
    at("2020-06-10T00:05")
    at("2020-06-10T08:00")
    (mail,) = postbox.messages
    assert text(mail).count("* ") == 1
