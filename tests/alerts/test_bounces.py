"""Mail that comes back, complaints, and an e-mail service in the place of a mail server."""

import base64
import io
import json
import sys
from importlib import import_module

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings
from pytest_httpserver import HTTPServer

from tests.alerts.conftest import Follow, Postbox, World, day, noon, run
from tests.alerts.telling_world import partnership
from tracker.alerts import actions
from tracker.alerts.actions import bounces
from tracker.alerts.channels.email import returned
from tracker.alerts.channels.email.returned import Report
from tracker.alerts.models import Delivery, Subscriber

pytestmark = pytest.mark.django_db
ID = "<0f8fad5b-d9cb-469f-a165-70867728950e@watch.example.org>"


def report(
    fields: str, original: str, *, original_type: str = "message/rfc822", kind: str = "delivery-status"
) -> bytes:
    """A report in the three parts of RFC 3462."""
    return (
        f"From: MAILER-DAEMON@mx.example.net\r\nTo: bounces@watch.example.org\r\nSubject: returned\r\n"
        f'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type={kind}; boundary="b"\r\n\r\n'
        f"--b\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n"
        f"--b\r\nContent-Type: message/{kind}\r\n\r\n{fields}\r\n"
        f"--b\r\nContent-Type: {original_type}\r\n\r\n{original}\r\n--b--\r\n"
    ).encode()


ORIGINAL = f"From: watchback@watch.example.org\r\nSubject: Announced\r\nMessage-ID: {ID}\r\n\r\nwords\r\n"
FAILED = (
    "Reporting-MTA: dns; mx.example.net\r\n\r\nFinal-Recipient: rfc822; ada@example.org\r\n"
    "Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 no such user\r\n"
)


@pytest.mark.parametrize("original_type", ["message/rfc822", "text/rfc822-headers"])
def test_a_report_of_failure_names_our_message(original_type: str) -> None:
    found = returned.read(report(FAILED, ORIGINAL, original_type=original_type))
    assert found == returned.Returned(Report.FAILED, ID, "smtp; 550 no such user")


@pytest.mark.parametrize(
    "raw",
    [
        report(FAILED.replace("failed", "delayed").replace("5.1.1", "4.4.7"), ORIGINAL),
        report(FAILED.replace("5.1.1", "4.2.2"), ORIGINAL),
        report(FAILED, ORIGINAL.replace(ID, "<x@other.example>")),
        report(FAILED, "no headers at all"),
        b"Subject: I am on holiday\r\n\r\nUntil Monday.\r\n",
        b"",
        b"\x00\xff\xfe" * 1000,
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n"
        + b"--x\r\nContent-Type: multipart/mixed; boundary=x\r\n" * 500,
        b"A" * 2_000_000,
    ],
)
def test_what_is_no_report_about_a_message_of_ours_says_nothing(raw: bytes) -> None:
    assert returned.read(raw) is None


def test_a_complaint_is_told_from_other_feedback() -> None:
    abuse = report("Feedback-Type: abuse\r\nUser-Agent: x/1\r\n", ORIGINAL, kind="feedback-report")
    assert returned.read(abuse) == returned.Returned(Report.COMPLAINED, ID, "abuse")
    assert returned.read(abuse.replace(b"abuse", b"not-spam")) is None


@pytest.fixture
def sent(world: World, follow: Follow, postbox: Postbox) -> Delivery:
    """One mail that was taken, and one that waits."""
    follow("everything")
    world.moratorium()
    run("2020-06-10")
    partnership(world, started="2020-06", published_on=day("2020-06-20"))
    actions.plan(on=day("2020-06-20"))
    return Delivery.objects.get(state="sent")


def test_a_message_that_comes_back_twice_counts_once_and_three_of_them_stop_the_address(sent: Delivery) -> None:
    assert bounces.came_back(message_id=sent.message_id, why="550 no such user")
    assert not bounces.came_back(message_id=sent.message_id, why="550 no such user")
    assert not bounces.came_back(message_id=ID, why="550")
    assert list(Subscriber.objects.values_list("bounces", "stopped")) == [(1, None)]
    for _ in range(2):
        Delivery.objects.filter(pk=sent.pk).update(reason="")
        bounces.came_back(message_id=sent.message_id, why="550 no such user")
    assert list(Subscriber.objects.values_list("bounces", "stopped")) == [(3, "bounced")]
    assert not Delivery.objects.filter(state="pending").exists()


def test_a_complaint_stops_the_address_at_once_and_cancels_what_waits(sent: Delivery, postbox: Postbox) -> None:
    assert bounces.complained(message_id=sent.message_id)
    assert Delivery.objects.get(event__kind="began").reason == "stopped: complained"
    postbox.empty()
    run("2021-03-12")
    assert postbox.messages == []


def test_a_mail_server_hands_over_what_came_back(sent: Delivery, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = ORIGINAL.replace(ID, sent.message_id)
    for raw in (b"", b"\x00", report(FAILED, ORIGINAL), report(FAILED, ours)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        call_command("alerts", "bounce")  # ends well whatever it gets, so that nothing is sent round
    sent.refresh_from_db()
    assert sent.reason == "came back: smtp; 550 no such user"


@pytest.fixture
def service(settings: Settings, postbox: Postbox, httpserver: HTTPServer) -> HTTPServer:
    """Postmark, as far as we talk to it."""
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    settings.ROOT_URLCONF = "tests.alerts.esp_urls"
    settings.ANYMAIL = {
        "POSTMARK_SERVER_TOKEN": "token",
        "POSTMARK_API_URL": httpserver.url_for("/"),
        "WEBHOOK_SECRET": "us:0123456789abcdefghij",
        "SEND_DEFAULTS": {"track_opens": False, "track_clicks": False},
    }
    return httpserver


def test_mail_through_a_service_is_not_tracked_and_carries_our_id(
    service: HTTPServer, world: World, follow: Follow
) -> None:
    service.expect_request("/email", method="POST").respond_with_json(
        {"ErrorCode": 0, "MessageID": "theirs", "To": "ada@example.org", "Message": "OK"}
    )
    follow("everything")
    world.moratorium()
    run("2020-06-10")
    assert Delivery.objects.get().state == "sent", Delivery.objects.get().reason
    posted = json.loads(service.log[0][0].data)
    assert (posted["TrackOpens"], posted["TrackLinks"]) == (False, "None")
    assert posted["Metadata"] == {"delivery": Delivery.objects.get().message_id}
    assert {header["Name"] for header in posted["Headers"]} >= {"List-Unsubscribe", "List-Unsubscribe-Post"}


INACTIVE = "You tried it.\nFound inactive addresses: ada@example.org.\nInactive recipients are so and so."


@pytest.mark.parametrize(
    ("status", "code", "words", "state"),
    [
        (422, 406, INACTIVE, "failed"),
        (422, 406, "in words that nobody has read before", "pending"),
        (429, 0, "slower", "pending"),
        (500, 0, "sorry", "pending"),
        (401, 10, "no token", "pending"),
    ],
)
def test_what_a_service_refuses_for_good_fails_and_what_is_ours_to_mend_waits(
    service: HTTPServer, world: World, follow: Follow, status: int, code: int, words: str, state: str
) -> None:
    service.expect_request("/email").respond_with_json({"ErrorCode": code, "Message": words}, status=status)
    follow("everything")
    world.moratorium()
    actions.plan(on=day("2020-06-10"))
    actions.send(on=day("2020-06-10"), now=noon("2020-06-10"))
    row = Delivery.objects.get()
    assert row.state == state, row.reason


def test_what_a_service_reports_counts_only_with_the_secret(
    sent: Delivery, service: HTTPServer, client: Client
) -> None:
    import_module("tracker.alerts.channels.email.esp")  # as AlertsConfig does where a service is used
    told = {
        "RecordType": "Bounce",
        "ID": 42,
        "Type": "HardBounce",
        "Email": "ada@example.org",
        "MessageID": "theirs",
        "BouncedAt": "2020-06-10T12:00:00Z",
        "Metadata": {"delivery": sent.message_id},
    }

    def tell(secret: str) -> int:
        key = base64.b64encode(secret.encode()).decode()
        answer = client.post(
            "/esp/postmark/tracking/",
            json.dumps(told),
            content_type="application/json",
            HTTP_AUTHORIZATION=f"Basic {key}",
        )
        return answer.status_code

    assert tell("us:wrong-wrong-wrong-wrong") == 400
    assert Subscriber.objects.get().bounces == 0
    assert tell("us:0123456789abcdefghij") == 200
    assert tell("us:0123456789abcdefghij") == 200
    assert Subscriber.objects.get().bounces == 1
    told |= {"RecordType": "SpamComplaint", "Type": "SpamComplaint"}
    assert tell("us:0123456789abcdefghij") == 200
    assert Subscriber.objects.get().stopped == "complained"
