"""From the record to a subscriber's server, through the planner and the sender."""

from datetime import timedelta

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from tests.alerts.conftest import Follow, Postbox, World, day, noon, run
from tests.alerts.webhook.conftest import Receiver, endpoint_at
from tests.alerts.webhook.test_signatures import verified_by_library
from tracker.alerts import actions
from tracker.alerts.channels.webhook import endpoints, following
from tracker.alerts.models import Delivery, Endpoint
from tracker.alerts.sending.taking import MAX_ATTEMPTS

pytestmark = pytest.mark.django_db(transaction=True)

FIRST = "2020-06-10"


@pytest.fixture
def told(world: World, follow: Follow, receiver: Receiver, postbox: Postbox) -> Endpoint:
    """Amazon's moratorium, and a webhook that is told of Amazon as the mail is."""
    mail = follow("organization", world.amazon)
    endpoint = endpoint_at(receiver.url, mail.subscriber)
    following.follow_by_webhook(endpoint=endpoint, subscription=mail, on=day("2019-01-01"))
    world.moratorium()
    return endpoint


def test_a_promise_is_told_by_mail_and_by_webhook_once_each(
    told: Endpoint, receiver: Receiver, postbox: Postbox
) -> None:
    for _ in range(3):
        run(FIRST)
    assert len(postbox.subjects()) == 1
    (body,) = receiver.bodies
    assert body["type"] == "declared"
    assert body["data"]["headline"] == postbox.subjects()[0]
    assert body["data"]["sources"][0]["publisher"] == "Amazon"
    assert verified_by_library(receiver.asked[0], told.secret)


def test_a_refused_message_is_repeated_with_the_same_id_until_it_is_taken(told: Endpoint, receiver: Receiver) -> None:
    receiver.answer = Response(status=500)
    run(FIRST)
    receiver.answer = Response(status=200)
    actions.send(on=day(FIRST), now=noon(FIRST) + timedelta(minutes=1))
    assert len(receiver.asked) == 1
    actions.send(on=day(FIRST), now=noon(FIRST) + timedelta(minutes=6))
    actions.send(on=day(FIRST), now=noon(FIRST) + timedelta(days=1))
    first, second = receiver.asked
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.get_data() == second.get_data()


def test_a_server_that_stays_down_is_tried_for_about_two_days_then_switched_off_and_its_owner_told(
    told: Endpoint, receiver: Receiver, postbox: Postbox
) -> None:
    receiver.answer = Response(status=500)
    run(FIRST)
    delivery = Delivery.objects.get(endpoint=told)
    while delivery.state == "pending":
        actions.send(on=delivery.ready_at.date(), now=delivery.ready_at)
        delivery.refresh_from_db()
    assert len(receiver.asked) == MAX_ATTEMPTS
    assert timedelta(days=1.5) < delivery.ready_at - noon(FIRST) < timedelta(days=3)
    assert delivery.state == "failed"
    told.refresh_from_db()
    assert told.off_because == "a message could not be delivered: it answered 500 Internal Server Error"
    assert [subject.partition(" at ")[0] for subject in postbox.subjects()[1:]] == ["Your webhook"]


def test_what_is_due_while_a_webhook_is_off_is_not_posted_then_or_later(
    told: Endpoint, receiver: Receiver, postbox: Postbox
) -> None:
    endpoints.switch_off(told, because="you switched it off", now=noon("2019-01-01"))
    run(FIRST)
    endpoints.switch_on(told, on=day("2020-07-01"))
    run("2020-07-01")
    assert (receiver.asked, len(postbox.subjects())) == ([], 1)
    run("2021-03-12")
    assert [body["type"] for body in receiver.bodies] == ["expiring"]


def test_a_name_that_has_come_to_mean_a_private_address_is_never_contacted_and_in_the_end_switched_off(
    told: Endpoint, httpserver: HTTPServer
) -> None:
    Endpoint.objects.filter(pk=told.pk).update(url=f"http://127.1:{httpserver.port}/hook")
    run(FIRST)
    delivery = Delivery.objects.get(endpoint=told)
    while delivery.state == "pending":
        actions.send(on=delivery.ready_at.date(), now=delivery.ready_at)
        delivery.refresh_from_db()
    told.refresh_from_db()
    assert "127.1 leads to 127.0.0.1 (loopback)" in told.off_because
    assert httpserver.log == []
