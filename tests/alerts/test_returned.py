"""What a mail server pipes to us: the reports of four kinds of servers, complaints, and whatever else may come in."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from tests.alerts.conftest import Follow, Postbox, World, day, noon, run
from tests.conftest import ROOT
from tracker.alerts import actions
from tracker.alerts.channels.email.returned import LARGEST, Returned, read
from tracker.alerts.models import Delivery, Subscriber

SAMPLES = Path(__file__).parent / "returned"
ID = "<0a1b2c3d-4e5f-4a6b-8c7d-0123456789ab@watch.example.org>"
NEVER_SENT = "<ffffffff-4e5f-4a6b-8c7d-0123456789ab@watch.example.org>"
SERVERS = ("postfix", "exim", "exchange", "gmail")


def sample(name: str, message_id: str = ID) -> bytes:
    return (SAMPLES / f"{name}.eml").read_bytes().replace(b"@ID@", message_id.encode())


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("postfix", "5.1.1 smtp; 550 5.1.1 <ada@example.org>: nobody of that name here"),
        ("exim", "5.0.0 smtp; 550 unknown user"),
        ("exchange", "5.1.10 smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found by SMTP address lookup"),
        (
            "gmail",
            "5.1.1 smtp; 550-5.1.1 The account that you tried to reach is not there. 550 5.1.1 Look for typing errors.",
        ),
    ],
)
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_a_report_is_read_whoever_writes_it(name: str, why: str, line_end: bytes) -> None:
    raw = sample(name).replace(b"\n", line_end)
    assert read(raw) == Returned((ID,), complaint=False, permanent=True, why=why)


def test_a_report_that_returns_no_headers_is_known_by_what_it_answers() -> None:
    raw = sample("gmail").replace(b"Message-ID: " + ID.encode(), b"X-Nothing: 1")
    found = read(raw)
    assert found is not None
    assert found.message_ids == (ID,)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"Action: failed", b"Action: delayed"),
        (b"Action: failed", b"Action: delivered"),
        (b"Action: failed", b"Action: relayed"),
        (ID.encode(), b"<20200610.17@elsewhere.example>"),
        (b"message/delivery-status", b"text/plain"),
    ],
)
def test_what_is_no_failure_of_ours_is_no_report(before: bytes, after: bytes) -> None:
    assert read(sample("postfix").replace(before, after)) is None


def test_a_server_that_gave_up_over_a_passing_reason_does_not_speak_against_the_address() -> None:
    found = read(sample("postfix").replace(b"Status: 5.1.1", b"Status: 4.4.1"))
    assert found is not None
    assert not found.permanent


def test_a_complaint_is_read_and_its_opposite_is_not() -> None:
    assert read(sample("complaint")) == Returned((ID,), complaint=True, permanent=True, why="abuse")
    assert read(sample("complaint").replace(b"Type: abuse", b"Type: not-spam")) is None


def nested(times: int) -> bytes:
    return b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(times))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0" * 1000,
        b"\n\n\n",
        b"Content-Type: message/rfc822\n\n" * 20_000,
        nested(5_000),
        nested(39) + b"x\n" * 1000,
        sample("postfix") + b"x" * LARGEST,
        b"Content-Type: multipart/report; boundary*=klingon'%zz\xff\n\n--x\n",
        b"Content-Type: message/delivery-status\n\nAction: failed\nStatus: 5.1.1\n",
        b"References: " + f"{ID} ".encode() * 20_000,
        sample("postfix").replace(b"text/rfc822-headers", b"text/rfc822-headers\nContent-Transfer-Encoding: base64"),
    ],
    ids=range(11),
)
def test_what_is_malformed_or_far_too_much_is_dropped(raw: bytes) -> None:
    assert read(raw) is None


@given(st.sampled_from((*SERVERS, "complaint")), st.integers(0, 4000), st.integers(0, 40), st.binary(max_size=40))
def test_no_damage_to_a_report_makes_it_fail(name: str, start: int, length: int, put: bytes) -> None:
    raw = sample(name)
    found = read(raw[:start] + put + raw[start + length :])
    assert found is None or found.message_ids


@pytest.fixture
def ada(world: World, follow: Follow, postbox: Postbox) -> Subscriber:
    """She follows everything, and was sent word of the moratorium."""
    subscriber = follow("everything").subscriber
    world.moratorium()
    run("2020-06-10")
    return subscriber


def pipe(raw: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    call_command("alerts", "bounce")
    assert sys.stdin.buffer.read() == b"", "what is not read to its end looks like a failure to the mail server"


def kept(subscriber: Subscriber) -> tuple[int, str | None]:
    subscriber.refresh_from_db()
    return subscriber.bounces, subscriber.stopped


@pytest.mark.django_db
@pytest.mark.parametrize("server", SERVERS)
def test_a_report_counts_once_against_the_address_of_the_message_that_we_sent(
    server: str, ada: Subscriber, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    message_id = str(postbox.messages[0]["Message-ID"])
    pipe(sample(server, message_id), monkeypatch)
    pipe(sample(server, message_id), monkeypatch)
    assert kept(ada) == (1, None)
    assert Delivery.objects.get().reason.startswith("came back: 5.")


@pytest.mark.django_db
def test_a_complaint_through_the_pipe_stops_the_address(
    ada: Subscriber, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions.plan(on=day("2021-03-12"))
    pipe(sample("complaint", str(postbox.messages[0]["Message-ID"])), monkeypatch)
    assert kept(ada) == (0, "complained")
    assert actions.send(on=day("2021-03-12"), now=noon("2021-03-12")) == actions.Sent()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (sample("complaint", NEVER_SENT), "returned mail: a report about a message that we did not send"),
        (sample("gmail", NEVER_SENT), "returned mail: a report about a message that we did not send"),
        (b"Subject: buy ada@example.org\n\nnow\0\xff", "returned mail: no report about a message of ours (35 bytes)"),
        (b"x" * (LARGEST + 9), f"returned mail: no report about a message of ours ({LARGEST + 1} bytes)"),
    ],
    ids=["complaint", "bounce", "other", "large"],
)
def test_what_is_forged_or_none_of_ours_changes_nothing_and_leaves_one_line_that_names_nobody(
    raw: bytes, line: str, ada: Subscriber, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO", "tracker"):
        pipe(raw, monkeypatch)
    assert caplog.messages == [line]
    assert kept(ada) == (0, None)


@pytest.mark.parametrize(("raw", "status"), [(b"hello\0", 0), (sample("postfix"), 75)], ids=["not ours", "ours"])
def test_the_mail_server_is_told_to_come_back_only_for_a_report_that_the_database_cannot_take(
    raw: bytes, status: int
) -> None:
    variables = {
        **os.environ,
        "DATABASE_URL": "postgres://ada@127.0.0.1:1/watch",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "SECRET_KEY": "for the tests alone",
        "EMAIL_URL": "file:",
    }
    command = [sys.executable, "manage.py", "alerts", "bounce"]
    done = subprocess.run(command, cwd=ROOT, env=variables, input=raw, capture_output=True, check=False)
    assert done.returncode == status
    assert done.stderr.count(b"\n") == 1
