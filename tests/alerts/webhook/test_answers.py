"""What the other side answers, and what follows from it."""

from datetime import timedelta
from time import monotonic

import pytest
from pytest_django import Settings
from pytest_httpserver import HTTPServer
from werkzeug import Response

from tests.alerts.conftest import Follow, Postbox, links, text
from tests.alerts.webhook.conftest import NOW, Receiver, endpoint_at, parcel
from tests.watch.asking.test_fetch import LOOPBACK, raw_server
from tracker.alerts.channels import Refused
from tracker.alerts.channels.webhook import endpoints, open_outbox
from tracker.alerts.channels.webhook.outbox import WebhookOutbox
from tracker.alerts.models import Delivery, Endpoint, Event, Subscriber
from tracker.watch.fetch import Limits

BRIEF = Limits(seconds=0.5, redirects=0)


@pytest.fixture
def outbox() -> WebhookOutbox:
    return open_outbox(NOW.date(), NOW)


def refused(outbox: WebhookOutbox, endpoint: Endpoint) -> Refused:
    with pytest.raises(Refused) as caught:
        outbox.deliver(parcel(endpoint))
    return caught.value


def waiting(endpoint: Endpoint, follow: Follow) -> Delivery:
    subscription = follow("everything", channel="webhook", endpoint=endpoint)
    event = Event.objects.create(
        key="moved:1", kind="moved", claim="term", due_on=NOW.date(), planned_on=NOW.date(), history_id=1
    )
    return Delivery.objects.create(
        subscription=subscription,
        subscriber=endpoint.subscriber,
        endpoint=endpoint,
        event=event,
        planned_on=NOW.date(),
        ready_at=NOW,
    )


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_any_2xx_takes_the_message(outbox: WebhookOutbox, receiver: Receiver, endpoint: Endpoint, status: int) -> None:
    receiver.answer = Response(status=status)
    outbox.deliver(parcel(endpoint))
    outbox.deliver(parcel(endpoint, 2))
    assert len(receiver.asked) == 2


@pytest.mark.parametrize("status", [400, 401, 404, 408, 429, 500, 502, 503])
def test_any_other_answer_refuses_it_for_now_and_the_endpoint_is_asked_no_more_in_this_run(
    outbox: WebhookOutbox, receiver: Receiver, endpoint: Endpoint, status: int
) -> None:
    receiver.answer = Response(status=status)
    first = refused(outbox, endpoint)
    assert str(status) in str(first)
    assert not first.permanent
    assert not refused(outbox, endpoint).permanent
    assert len(receiver.asked) == 1
    endpoint.refresh_from_db()
    assert endpoint.off_since is None


def test_410_switches_the_endpoint_off_and_cancels_what_waits_for_it(
    outbox: WebhookOutbox, receiver: Receiver, endpoint: Endpoint, follow: Follow, postbox: Postbox
) -> None:
    delivery = waiting(endpoint, follow)
    receiver.answer = Response(status=410)
    assert refused(outbox, endpoint).permanent
    endpoint.refresh_from_db()
    assert (endpoint.off_since, endpoint.off_because) == (NOW, "it answered 410 Gone")
    assert len(postbox.to("ada@example.org")) == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.reason) == ("cancelled", "the webhook is switched off")
    assert refused(open_outbox(NOW.date(), NOW), endpoint).permanent
    assert len(receiver.asked) == 1


def test_when_the_retries_are_over_the_endpoint_is_switched_off_with_the_reason(
    outbox: WebhookOutbox, receiver: Receiver, endpoint: Endpoint, follow: Follow, postbox: Postbox
) -> None:
    delivery = waiting(endpoint, follow)
    receiver.answer = Response(status=500)
    why = str(refused(outbox, endpoint))
    for _ in range(2):  # of two messages that are given up on, the first switches it off
        outbox.gave_up(parcel(endpoint), why)
    (mail,) = postbox.to("ada@example.org")
    assert f"webhook at {receiver.server.host}:{receiver.server.port} is switched off" in str(mail["Subject"])
    assert "it answered 500 Internal Server Error." in text(mail)
    assert links(mail)[0].startswith("/subscriptions/manage/")
    endpoint.refresh_from_db()
    assert endpoint.off_because == "a message could not be delivered: it answered 500 Internal Server Error"
    delivery.refresh_from_db()
    assert delivery.state == "cancelled"
    endpoints.switch_on(endpoint, on=NOW.date() + timedelta(days=3))
    assert (endpoint.off_since, endpoint.off_because) == (None, "")
    delivery.subscription.refresh_from_db()
    assert delivery.subscription.since == NOW.date() + timedelta(days=3)


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("Tue, 18 May 2021 13:00:00 GMT", timedelta(hours=1)),
        ("99999999999999999999", timedelta(hours=12)),
        ("Fri, 31 Dec 9999 23:59:59 GMT", timedelta(hours=12)),
        ("Tue, 18 May 2021 11:00:00 GMT", None),
        ("Tue, 18 May 2021 25:00:00 GMT", None),
        ("soon", None),
        ("-5", None),
    ],
)
def test_who_asks_for_time_gets_it_up_to_half_a_day(
    outbox: WebhookOutbox, receiver: Receiver, endpoint: Endpoint, said: str, wait: timedelta | None
) -> None:
    receiver.answer = Response(status=429, headers={"Retry-After": said})
    assert refused(outbox, endpoint).retry_after == wait


def test_a_bad_hook_does_not_keep_another_hook_of_the_same_host_from_being_told(
    outbox: WebhookOutbox, receiver: Receiver, endpoint: Endpoint, ada: Subscriber
) -> None:
    lost = endpoint_at(receiver.server.url_for("/lost"), ada)
    refused(outbox, lost)
    outbox.deliver(parcel(endpoint))
    assert [request.path for request in receiver.asked] == ["/lost", "/hook"]


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1/", "http://169.254.169.254/latest/meta-data/", "/elsewhere", "http://[::1]:8000/"]
)
@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed_wherever_it_leads(
    outbox: WebhookOutbox, receiver: Receiver, endpoint: Endpoint, status: int, target: str
) -> None:
    receiver.answer = Response(status=status, headers={"Location": target})
    answer = refused(outbox, endpoint)
    assert "redirects are not followed" in str(answer)
    assert not answer.permanent
    assert [request.path for request in receiver.asked] == ["/hook"]


@pytest.mark.parametrize("host", ["localhost", "127.1", "0x7f.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]"])
def test_a_name_that_has_come_to_mean_a_private_address_is_not_contacted(
    outbox: WebhookOutbox, httpserver: HTTPServer, ada: Subscriber, host: str
) -> None:
    answer = refused(outbox, endpoint_at(f"http://{host}:{httpserver.port}/hook", ada))
    assert "leads to" in str(answer)
    assert "loopback" in str(answer)
    assert not answer.permanent
    assert httpserver.log == []


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n" + b"a" * 100_000,
        b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n",
    ],
    ids=["10 GB", "a trickle"],
)
def test_an_answer_of_any_length_takes_the_message_by_its_status_and_is_not_read(
    answer: bytes, ada: Subscriber, settings: Settings
) -> None:
    with raw_server(answer, then_one_byte_every=0.01) as port:
        settings.WATCH_ALLOWED_LOOPBACK = (f"{LOOPBACK}:{port}",)
        started = monotonic()
        open_outbox(NOW.date(), NOW).deliver(parcel(endpoint_at(f"http://{LOOPBACK}:{port}/", ada)))
        assert monotonic() - started < 5


@pytest.mark.parametrize("begin", [b"", b"HTTP/1.1 200 OK\r\nX-Slow: "], ids=["status", "headers"])
def test_a_host_that_trickles_costs_one_time_limit_and_not_one_for_each_message(
    begin: bytes, receiver: Receiver, endpoint: Endpoint, ada: Subscriber, settings: Settings
) -> None:
    outbox = open_outbox(NOW.date(), NOW, BRIEF)
    with raw_server(begin, then_one_byte_every=0.05) as port:
        settings.WATCH_ALLOWED_LOOPBACK += (f"{LOOPBACK}:{port}",)
        slow = [endpoint_at(f"http://{LOOPBACK}:{port}/{number}", ada) for number in range(20)]
        started = monotonic()
        assert "not complete after" in str(refused(outbox, slow[0]))
        for endpoint_of_it in slow[1:]:
            assert "its host did not answer a moment ago" in str(refused(outbox, endpoint_of_it))
        outbox.deliver(parcel(endpoint))
        assert monotonic() - started < 3
    assert len(receiver.asked) == 1


def test_a_mail_server_that_is_down_does_not_keep_an_endpoint_on(
    outbox: WebhookOutbox, receiver: Receiver, endpoint: Endpoint, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = LOOPBACK, 1  # nobody listens there
    receiver.answer = Response(status=410)
    assert refused(outbox, endpoint).permanent
    endpoint.refresh_from_db()
    assert endpoint.off_since == NOW


def test_an_endpoint_that_was_removed_meanwhile_is_told_nothing(
    outbox: WebhookOutbox, receiver: Receiver, endpoint: Endpoint
) -> None:
    kept = parcel(endpoint)
    endpoints.remove(endpoint)
    with pytest.raises(Refused, match="removed"):
        outbox.deliver(kept)
    assert receiver.asked == []
