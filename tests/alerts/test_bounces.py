"""What came back, and who wants no more: counted once, and honoured."""

import pytest

from tests.alerts.conftest import FURTHER_NOTICE, Follow, Postbox, World, day, noon, run
from tracker.alerts import actions, links
from tracker.alerts.models import Delivery, Endpoint, Subscriber, Subscription
from tracker.commitments.actions import Subject, announce
from tracker.dates import PartialDate

pytestmark = pytest.mark.django_db

WHY = "5.1.1 550 no such user"


@pytest.fixture
def ada(world: World, follow: Follow, postbox: Postbox) -> Subscription:
    """She follows everything, and was sent word of the moratorium."""
    subscription = follow("everything")
    world.moratorium()
    run("2020-06-10")
    return subscription


def ids() -> list[str]:
    """The Message-IDs of what was sent, oldest first."""
    return list(Delivery.objects.filter(state="sent").order_by("pk").values_list("message_id", flat=True))


def kept(subscription: Subscription) -> tuple[int, str | None]:
    subscriber = Subscriber.objects.get(pk=subscription.subscriber_id)
    return subscriber.bounces, subscriber.stopped


def confirm_again(subscription: Subscription) -> None:
    token = links.confirm_url(subscription, on=day("2022-01-01")).rstrip("/").rpartition("/")[2]
    actions.confirm(token=token, on=day("2022-01-01"), now=noon("2022-01-01"))


def test_what_came_back_stays_sent_says_why_and_counts_once_however_often_it_is_told(ada: Subscription) -> None:
    for _ in range(3):
        assert actions.came_back(message_id=ids()[0], why=WHY, permanent=True)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.reason) == ("sent", f"came back: {WHY}")
    assert kept(ada) == (1, None)


def test_what_is_only_held_up_does_not_count_and_counts_when_it_is_given_up(ada: Subscription) -> None:
    actions.came_back(message_id=ids()[0], why="4.2.2 mailbox full", permanent=False)
    assert kept(ada) == (0, None)
    actions.came_back(message_id=ids()[0], why=WHY, permanent=True)
    actions.came_back(message_id=ids()[0], why="4.2.2 mailbox full", permanent=False)
    assert kept(ada) == (1, None)
    assert Delivery.objects.get().reason == f"came back: {WHY}"


def test_three_that_came_back_stop_the_address_and_a_confirmation_starts_it_again(
    ada: Subscription, postbox: Postbox
) -> None:
    run("2021-03-12")
    run("2021-05-11")
    for message_id in ids():
        actions.came_back(message_id=message_id, why=WHY, permanent=True)
    assert kept(ada) == (3, "bounced")
    postbox.empty()
    run("2021-06-03")
    assert postbox.messages == []
    confirm_again(ada)
    for message_id in ids():  # told once more, they are old news
        actions.came_back(message_id=message_id, why=WHY, permanent=True)
    assert kept(ada) == (0, None)
    run("2021-06-10")
    assert [subject.partition(":")[0] for subject in postbox.subjects()] == ["Lapsed"]


def test_a_digest_that_came_back_counts_once_whatever_it_held(world: World, follow: Follow, postbox: Postbox) -> None:
    subscription = follow("everything", cadence="daily")
    world.moratorium()
    announce(
        world.amazon,
        Subject("A pause", "a-pause", "moratorium"),
        declared_on=PartialDate.parse("2020-06-10"),
        end=FURTHER_NOTICE,
        evidence=world.proof("We pause."),
        published_on=day("2020-06-10"),
    )
    actions.plan(on=day("2020-06-10"), now=noon("2020-06-10"))
    actions.send(on=day("2020-06-11"), now=noon("2020-06-11"))
    (message,) = postbox.messages
    actions.came_back(message_id=str(message["Message-ID"]), why=WHY, permanent=True)
    assert kept(subscription) == (1, None)
    assert list(Delivery.objects.values_list("state", "reason")) == [("sent", f"came back: {WHY}")] * 2


def test_a_complaint_stops_the_address_at_once_and_cancels_what_waits(ada: Subscription, postbox: Postbox) -> None:
    actions.plan(on=day("2021-03-12"))
    assert actions.complained(message_id=ids()[0], why="abuse")
    assert kept(ada) == (0, "complained")
    assert list(Delivery.objects.order_by("pk").values_list("state", "reason")) == [
        ("sent", "called unwanted: abuse"),
        ("cancelled", "stopped: complained"),
    ]
    postbox.empty()
    run("2021-05-11")
    assert postbox.messages == []


def test_an_old_complaint_told_again_does_not_stop_an_address_confirmed_since(ada: Subscription) -> None:
    actions.complained(message_id=ids()[0], why="abuse")
    confirm_again(ada)
    actions.complained(message_id=ids()[0], why="abuse")
    assert kept(ada) == (0, None)


def test_who_complains_of_a_message_that_had_come_back_is_heard(ada: Subscription) -> None:
    actions.came_back(message_id=ids()[0], why=WHY, permanent=True)
    actions.complained(message_id=ids()[0], why="abuse")
    assert kept(ada) == (1, "complained")


@pytest.mark.parametrize("message_id", ["", "<4b5a6f7e-0000-4000-8000-000000000000@watch.example.org>", "%"])
def test_an_id_that_we_never_sent_changes_nothing(message_id: str, ada: Subscription) -> None:
    assert not actions.came_back(message_id=message_id, why=WHY, permanent=True)
    assert not actions.complained(message_id=message_id, why="abuse", address="bob@example.org")
    assert kept(ada) == (0, None)


def test_a_complaint_that_names_only_the_address_stops_it(ada: Subscription) -> None:
    assert actions.complained(message_id="", why="abuse", address="ADA@example.org")
    assert kept(ada) == (0, "complained")


def test_the_id_of_a_webhook_message_is_no_way_to_stop_mail(ada: Subscription) -> None:
    endpoint = Endpoint.objects.create(
        subscriber=ada.subscriber, url="https://hook.example.org/", secret="whsec_x", made_at=noon("2020-06-10")
    )
    Delivery.objects.update(endpoint=endpoint)
    assert not actions.came_back(message_id=ids()[0], why=WHY, permanent=True)
    assert not actions.complained(message_id=ids()[0], why="abuse")
    assert kept(ada) == (0, None)
