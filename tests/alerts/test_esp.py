"""An e-mail service in place of a mail server: Postmark's API on loopback, and its reports at our address."""

import base64
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from tests.alerts.conftest import Follow, Postbox, World, day, noon, run
from tracker.alerts import actions
from tracker.alerts.models import Delivery, Subscriber
from tracker.config.services import anymail

pytestmark = pytest.mark.django_db

SECRET = "hook:0123456789abcdef"
INACTIVE = "Found inactive addresses: ada@example.org. Inactive recipients had a hard bounce or a complaint."
ON, NOW = day("2020-06-10"), noon("2020-06-10")


@pytest.fixture
def service(httpserver: HTTPServer, postbox: Postbox, settings: Settings) -> HTTPServer:
    """Mail goes out through a service that takes everything."""
    given = {"server_token": "hush", "api_url": httpserver.url_for("/")}
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    settings.MAIL_SERVICE = "postmark"
    settings.ANYMAIL = anymail("postmark", given, SECRET, timeout=5)
    answer(httpserver, 200, {"ErrorCode": 0, "Message": "OK", "MessageID": "its-own", "To": "ada@example.org"})
    return httpserver


def answer(server: HTTPServer, status: int, body: object) -> None:
    server.clear()
    server.expect_request("/email", method="POST").respond_with_json(body, status=status)


@pytest.fixture
def ada(world: World, follow: Follow, service: HTTPServer) -> Subscriber:
    subscriber = follow("everything").subscriber
    world.moratorium()
    actions.plan(on=ON)
    return subscriber


def taken(server: HTTPServer) -> list[dict[str, Any]]:
    return [request.get_json() for request, _ in server.log]


Report = Callable[..., int]


@pytest.fixture
def report(ada: Subscriber, service: HTTPServer) -> Report:
    """The alert is sent; then the service reports of it. Returns the status of our answer."""
    actions.send(on=ON, now=NOW)
    (sent,) = taken(service)

    def report(secret: str = SECRET, path: str = "/esp/postmark/tracking/", **fields: object) -> int:
        body = {"RecordType": "Bounce", "Email": "ada@example.org", "Metadata": sent["Metadata"], "ID": 7, **fields}
        proof = "Basic " + base64.b64encode(secret.encode()).decode()
        return Client().post(path, body, content_type="application/json", headers={"authorization": proof}).status_code

    return report


def kept(subscriber: Subscriber) -> tuple[int, str | None]:
    subscriber.refresh_from_db()
    return subscriber.bounces, subscriber.stopped


def test_an_alert_goes_out_through_the_service_untracked_and_with_our_message_id(
    ada: Subscriber, service: HTTPServer
) -> None:
    assert actions.send(on=ON, now=NOW).sent == 1
    (sent,) = taken(service)
    headers = {header["Name"]: header["Value"] for header in sent["Headers"]}
    assert headers["Message-ID"] == Delivery.objects.get(state="sent").message_id
    assert headers["X-PM-KeepID"] == "true"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (sent["TrackOpens"], sent["TrackLinks"]) == (False, "None")
    assert sent["To"] == "ada@example.org"
    assert all(len(word) <= 80 for word in sent["Metadata"].values())
    assert "Amazon announced" in sent["TextBody"]
    assert "Amazon announced" in sent["HtmlBody"]


@pytest.mark.parametrize(
    ("status", "body", "state", "attempts", "bounces"),
    [
        (422, {"ErrorCode": 406, "Message": INACTIVE}, "failed", 1, 1),
        (422, {"ErrorCode": 300, "Message": "Invalid 'To' address: 'ada@example.org'."}, "failed", 1, 1),
        (422, {"ErrorCode": 406, "Message": "a refusal in words that anymail does not know"}, "pending", 1, 0),
        (422, {"ErrorCode": 400, "Message": "This From address is no sender of yours."}, "pending", 1, 0),
        (401, {"ErrorCode": 10, "Message": "No such server token"}, "pending", 1, 0),
        (429, {"ErrorCode": 429, "Message": "Too many requests"}, "pending", 1, 0),
        (500, {"ErrorCode": 500, "Message": "We are sorry"}, "pending", 1, 0),
        (200, ["nothing that we know"], "pending", 1, 0),
    ],
)
def test_only_what_is_said_of_the_address_fails_for_good(
    status: int, body: object, state: str, attempts: int, bounces: int, ada: Subscriber, service: HTTPServer
) -> None:
    answer(service, status, body)
    assert actions.send(on=ON, now=NOW).sent == 0
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts, kept(ada)) == (state, attempts, (bounces, None))
    assert "hush" not in delivery.reason


def test_a_service_that_does_not_answer_leaves_everything_waiting(
    ada: Subscriber, service: HTTPServer, settings: Settings
) -> None:
    settings.ANYMAIL = settings.ANYMAIL | {"POSTMARK_API_URL": "http://127.0.0.1:1/"}
    assert actions.send(on=ON, now=NOW).put_off == 1
    assert Delivery.objects.get().state == "pending"


def test_a_service_that_has_had_enough_is_left_alone_for_the_rest_of_the_run(
    world: World, follow: Follow, service: HTTPServer
) -> None:
    for number in range(10):
        follow("everything", address=f"reader{number}@example.org")
    world.moratorium()
    actions.plan(on=ON)
    service.clear()
    service.expect_request("/email").respond_with_handler(_enough)
    assert actions.send(on=ON, now=NOW).put_off == 10
    assert len(service.log) == 3
    assert Delivery.objects.filter(attempts=0).count() == 7


def _enough(request: Request) -> Response:
    return Response('{"ErrorCode": 429, "Message": "Slowly"}', HTTPStatus.TOO_MANY_REQUESTS)


def test_a_hard_bounce_reported_twice_counts_once(report: Report, ada: Subscriber) -> None:
    for _ in range(2):
        assert report(Type="HardBounce", Details="smtp;550 5.1.1 no such user") == 200
    assert kept(ada) == (1, None)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.reason) == ("sent", "came back: bounced: smtp;550 5.1.1 no such user")


@pytest.mark.parametrize(
    ("kind", "details"),
    [
        ("SoftBounce", "smtp;550 5.2.2 full"),
        ("HardBounce", "smtp;452 4.2.2 full"),
        ("Transient", "smtp;450 4.7.1 greylisted"),
        ("Blocked", "smtp;550 5.7.1 blocked"),
        ("AutoResponder", "I am away"),
    ],
)
def test_what_says_nothing_against_the_address_does_not_count(
    kind: str, details: str, report: Report, ada: Subscriber
) -> None:
    assert report(Type=kind, Details=details) == 200
    assert kept(ada) == (0, None)
    assert Delivery.objects.get().state == "sent"


def test_a_complaint_stops_the_address_at_once(report: Report, ada: Subscriber, service: HTTPServer) -> None:
    assert report(RecordType="SpamComplaint", Type="SpamComplaint") == 200
    assert kept(ada) == (0, "complained")
    run("2021-03-12")
    assert len(service.log) == 1


def test_who_ends_it_at_the_service_is_written_to_no_more(report: Report, ada: Subscriber) -> None:
    assert report(RecordType="SubscriptionChange", SuppressSending=True, SuppressionReason="ManualSuppression") == 200
    assert kept(ada) == (0, "complained")


@pytest.mark.parametrize("secret", ["", "hook:wrong", f"{SECRET}x"])
def test_a_report_without_the_secret_is_refused(secret: str, report: Report, ada: Subscriber) -> None:
    assert report(secret, Type="HardBounce") == 400
    assert kept(ada) == (0, None)


@pytest.mark.parametrize("service_name", ["mailgun", "sendgrid", "amazon_ses", "pigeons"])
def test_only_the_service_that_is_used_has_an_address_for_reports(
    service_name: str, report: Report, ada: Subscriber
) -> None:
    assert report(path=f"/esp/{service_name}/tracking/", Type="HardBounce") == 404
    assert kept(ada) == (0, None)


def test_without_an_email_service_there_is_no_address_for_reports(report: Report, settings: Settings) -> None:
    settings.MAIL_SERVICE = ""
    assert report(Type="HardBounce") == 404


@pytest.mark.parametrize(
    "words",
    [
        {},
        None,
        {"delivery": "4b5a6f7e-0000-4000-8000-000000000000", "site": "watch.example.org"},
        {"delivery": "\0", "site": "'; --"},
        {"delivery": ["a"], "site": 7},
    ],
)
def test_a_report_about_a_message_that_is_not_ours_changes_nothing(
    words: object, report: Report, ada: Subscriber, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO", "tracker"):
        assert report(Type="HardBounce", Metadata=words or {}, Details="550 ada@example.org unknown") == 200
    assert kept(ada) == (0, None)
    assert [record.getMessage() for record in caplog.records if record.name.startswith("tracker")] == [
        "the e-mail service reports of a message that we did not send: bounced"
    ]


def test_a_service_that_refuses_the_address_shows_the_asker_a_page(
    world: World, service: HTTPServer, client: Client
) -> None:
    answer(service, 422, {"ErrorCode": 406, "Message": INACTIVE})
    page = client.post("/subscriptions/", {"address": "ada@example.org"})
    assert page.status_code == 503
    assert "We cannot send mail right now" in page.content.decode()
