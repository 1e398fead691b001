"""Delivering: what a mail server may answer, what may change in between, and what comes again."""

import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from pytest_django import Settings

from tests.alerts.conftest import Follow, Postbox, World, day, noon, run
from tests.alerts.telling_world import partnership
from tracker.alerts import actions
from tracker.alerts.models import Delivery, Event
from tracker.commitments.models import Term
from tracker.dates import PartialDate

pytestmark = pytest.mark.django_db

ON = day("2020-06-10")
NOW = noon("2020-06-10")


@pytest.fixture
def three(world: World, follow: Follow, postbox: Postbox) -> None:
    """Three followers, one event, nothing sent."""
    for name in ("ada", "bob", "cyd"):
        follow("everything", address=f"{name}@example.org")
    world.moratorium()
    actions.plan(on=ON)


def state(name: str) -> str:
    return str(Delivery.objects.get(subscription__subscriber__address=f"{name}@example.org").state)


def test_a_batch_goes_over_one_connection(three: None, postbox: Postbox) -> None:
    assert actions.send(on=ON, now=NOW).sent == 3
    assert len(postbox.sessions) == 1


def test_sending_again_sends_nothing(three: None, postbox: Postbox) -> None:
    actions.send(on=ON, now=NOW)
    assert actions.send(on=ON, now=NOW + timedelta(days=1)) == actions.Sent()
    assert len(postbox.messages) == 3


def test_no_more_is_sent_than_asked_for(three: None, postbox: Postbox) -> None:
    assert actions.send(on=ON, now=NOW, limit=2).sent == 2
    assert len(postbox.messages) == 2


def test_an_address_refused_for_good_fails_and_the_others_are_sent(three: None, postbox: Postbox) -> None:
    postbox.answers["ada@example.org"] = ["550 no such user"]
    sent = actions.send(on=ON, now=NOW)
    assert (sent.sent, sent.failed) == (2, 1)
    failed = Delivery.objects.get(state="failed")
    assert failed.reason == "550 no such user"


def test_an_address_refused_for_now_is_tried_later_with_the_same_message_id_and_the_others_are_sent(
    three: None, postbox: Postbox
) -> None:
    postbox.answers["ada@example.org"] = ["450 busy"]
    assert actions.send(on=ON, now=NOW).sent == 2
    fixed_id = Delivery.objects.get(state="pending").message_id
    assert actions.send(on=ON, now=NOW + timedelta(minutes=1)).sent == 0
    assert actions.send(on=ON, now=NOW + timedelta(minutes=6)).sent == 1
    assert postbox.to("ada@example.org")[0]["Message-ID"] == fixed_id
    assert Delivery.objects.get(message_id=fixed_id).attempts == 2


def test_a_message_over_which_the_server_hangs_up_does_not_stop_the_others(three: None, postbox: Postbox) -> None:
    postbox.hang_up_on = {"ada@example.org"}
    sent = actions.send(on=ON, now=NOW)
    assert (sent.sent, sent.put_off) == (2, 1)
    assert (state("ada"), state("bob"), state("cyd")) == ("pending", "sent", "sent")


def test_an_event_for_which_there_are_no_words_keeps_no_other_from_being_told(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    follow("everything", since="2020-07-01")
    world.moratorium()
    world.ab1215()
    actions.plan(on=day("2021-03-12"))
    sick = Event.objects.get(rung=90)
    Event.objects.filter(pk=sick.pk).update(term=None)  # as only a defect of ours could leave it
    follow("everything", since="2020-07-01", address="bob@example.org")
    actions.plan(on=day("2021-03-12"))
    partnership(world, started="2021-03", published_on=day("2021-03-12"))
    run("2021-03-12")
    assert sorted(postbox.subjects("bob@example.org")) == ["Began: Amazon and Springfield Police (Rekognition)"]
    waiting = Delivery.objects.filter(event=sick)
    assert set(waiting.values_list("state", flat=True)) == {"pending"}
    assert waiting[0].reason.startswith("AssertionError")


def test_an_address_that_never_answers_is_given_up_after_two_days_of_trying(three: None, postbox: Postbox) -> None:
    postbox.answers["ada@example.org"] = ["450 busy"] * 50
    for hours in range(0, 72, 4):
        actions.send(on=ON, now=NOW + timedelta(hours=hours))
    assert state("ada") in ("pending", "failed")
    for hours in range(72, 144, 6):
        actions.send(on=ON, now=NOW + timedelta(hours=hours))
    failed = Delivery.objects.get(state="failed")
    assert failed.reason == "gave up after 14 attempts: 450 busy"


def test_while_no_mail_server_answers_everything_waits_and_no_attempt_counts(
    three: None, postbox: Postbox, settings: Settings
) -> None:
    port = settings.EMAIL_PORT
    settings.EMAIL_PORT = 1
    assert actions.send(on=ON, now=NOW).put_off == 3
    assert set(Delivery.objects.values_list("state", "attempts")) == {("pending", 0)}
    settings.EMAIL_PORT = port
    assert actions.send(on=ON, now=NOW).sent == 3


def test_what_a_dead_sender_had_claimed_is_sent_after_an_hour_with_its_message_id(
    three: None, postbox: Postbox
) -> None:
    row = Delivery.objects.order_by("pk")[0]
    Delivery.objects.filter(pk=row.pk).update(
        state="claimed", claimed_at=NOW, message_id="<kept@example.org>", attempts=1
    )
    assert actions.send(on=ON, now=NOW + timedelta(minutes=30)).sent == 2
    assert actions.send(on=ON, now=NOW + timedelta(minutes=61)).sent == 1
    assert postbox.messages[-1]["Message-ID"] == "<kept@example.org>"


def test_a_claim_from_a_clock_that_was_a_day_ahead_is_taken_over(three: None, postbox: Postbox) -> None:
    Delivery.objects.update(
        state="claimed", claimed_at=NOW + timedelta(days=1), message_id="<kept@example.org>", attempts=1
    )
    assert actions.send(on=ON, now=NOW).sent == 3


def test_what_waits_longer_than_a_fortnight_is_missed_and_the_operators_are_told_once(
    three: None, postbox: Postbox, settings: Settings
) -> None:
    settings.ADMINS = [("Op", "op@example.org")]
    late = ON + timedelta(days=15)
    assert actions.send(on=late, now=NOW + timedelta(days=15)).missed == 3
    actions.send(on=late, now=NOW + timedelta(days=15))
    assert [str(message["Subject"]) for message in postbox.messages] == ["[Django] Alerts were missed"]
    assert "3 alerts could not be sent" in postbox.messages[0].get_content()


def test_who_unsubscribes_between_plan_and_send_gets_nothing(world: World, follow: Follow, postbox: Postbox) -> None:
    subscription = follow("everything")
    world.moratorium()
    actions.plan(on=ON)
    subscription.ended_on = ON
    subscription.save()  # not by the action, which would cancel what waits: the sender itself has to look
    assert actions.send(on=ON, now=NOW).cancelled == 1
    assert postbox.messages == []
    assert Delivery.objects.get().reason == "unsubscribed"


def test_an_end_edited_between_plan_and_send_is_not_warned_of(world: World, follow: Follow, postbox: Postbox) -> None:
    follow("everything", since="2020-07-01")
    term = world.moratorium()
    actions.plan(on=day("2021-03-12"))
    Term.objects.filter(pk=term.pk).update(ends_on=PartialDate.parse("2022-06-10"))
    assert actions.send(on=day("2021-03-12"), now=noon("2021-03-12")).cancelled == 1
    assert postbox.messages == []


def test_a_pause_holds_mails_back_until_its_day_and_then_sends_what_still_holds(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    subscription = follow("everything", since="2020-07-01")
    world.moratorium()
    actions.pause(subscriber=subscription.subscriber, until=day("2021-05-20"))
    run("2021-03-12")
    run("2021-05-11")
    assert postbox.messages == []
    run("2021-05-20")
    assert [subject.partition(":")[0] for subject in postbox.subjects()] == ["Runs out in 21 days"]


def test_nothing_is_sent_to_an_address_that_was_never_confirmed(world: World, follow: Follow, postbox: Postbox) -> None:
    subscription = follow("everything")
    subscription.subscriber.confirmed_at = None
    subscription.subscriber.save()
    world.moratorium()
    run("2020-06-10")
    assert postbox.messages == []
    assert not Delivery.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_three_senders_at_once_send_everything_once(world: World, follow: Follow, postbox: Postbox) -> None:
    for number in range(60):
        follow("everything", address=f"reader{number}@example.org")
    world.moratorium()
    actions.plan(on=ON)
    start = threading.Barrier(3)
    done: list[actions.Sent] = []

    def sender() -> None:
        start.wait()
        done.append(actions.send(on=ON, now=NOW))
        connection.close()

    threads = [threading.Thread(target=sender) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(sent.sent for sent in done) == 60
    assert set(Counter(message["To"] for message in postbox.messages).values()) == {1}
    assert len({message["Message-ID"] for message in postbox.messages}) == 60
