"""What a receiver gets and how it knows that it came from us."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook, WebhookVerificationError
from werkzeug import Request

from tests.alerts.webhook.conftest import NOW, Receiver, parcel
from tracker.alerts.channels.webhook import endpoints, open_outbox, signing
from tracker.alerts.models import Endpoint


def send(endpoint: Endpoint, number: int = 1) -> None:
    open_outbox(NOW.date(), NOW).deliver(parcel(endpoint, number))


def verified_by_library(request: Request, secret: str) -> bool:
    try:
        Webhook(secret).verify(request.get_data(), dict(request.headers))
    except WebhookVerificationError:
        return False
    return True


def verified_by_hand(request: Request, secret: str) -> bool:
    """As docs/webhooks.md tells a receiver without the library."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{request.headers['webhook-id']}.{request.headers['webhook-timestamp']}.".encode() + request.get_data()
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return f"v1,{expected}" in request.headers["webhook-signature"].split(" ")


def test_a_receiver_reads_who_what_when_and_the_proof_as_json(receiver: Receiver, endpoint: Endpoint) -> None:
    send(endpoint)
    (request,) = receiver.asked
    assert request.content_type == "application/json"
    assert request.headers["webhook-id"] == "00000000-0000-4000-8000-000000000001"
    assert receiver.bodies == [
        {
            "type": "moved",
            "timestamp": "2021-05-18T00:00:00Z",
            "data": {
                "id": "00000000-0000-4000-8000-000000000001",
                "key": "moved:amazon:2021-05-18",
                "headline": "The end moved: One-year moratorium",
                "sentences": [
                    "It no longer ends on 10 June 2021.",
                    "It lasts until further notice: no date is given.",
                ],
                "excepted": ["Thorn"],
                "sources": [
                    {
                        "quote": "“Until further notice” – Zoë",
                        "publisher": "Amazon",
                        "url": "https://www.aboutamazon.com/news/moratorium",
                    }
                ],
                "page": "https://watch.example.org/commitments/moratorium",
                "topic": "Amazon",
                "due_on": "2021-05-18",
            },
        }
    ]


def test_a_message_is_verified_by_the_library_and_by_hand_and_by_no_other_secret(
    receiver: Receiver, endpoint: Endpoint
) -> None:
    send(endpoint)
    (request,) = receiver.asked
    assert verified_by_library(request, endpoint.secret)
    assert verified_by_hand(request, endpoint.secret)
    other = signing.new_secret()
    assert not verified_by_library(request, other)
    assert not verified_by_hand(request, other)


def test_a_repeat_has_the_same_id_and_words_and_a_second_message_another_id(
    receiver: Receiver, endpoint: Endpoint
) -> None:
    for number in (1, 1, 2):
        send(endpoint, number)
    first, again, second = receiver.asked
    assert (first.headers["webhook-id"], first.get_data()) == (again.headers["webhook-id"], again.get_data())
    assert second.headers["webhook-id"] != first.headers["webhook-id"]


def test_while_secrets_are_changed_both_sign_for_a_day_and_then_only_the_new_one(
    receiver: Receiver, endpoint: Endpoint
) -> None:
    old = endpoint.secret
    now = datetime.now(UTC)  # as receivers do, signatures look at the clock
    endpoints.rotate(endpoint=endpoint, now=now)
    send(endpoint)
    endpoints.rotate(endpoint=endpoint, now=now - timedelta(hours=25))
    send(endpoint)
    changing, changed = receiver.asked
    assert verified_by_library(changing, old)
    assert verified_by_hand(changing, old)
    endpoint.refresh_from_db()
    assert verified_by_library(changing, endpoint.former_secret)
    assert not verified_by_library(changed, endpoint.former_secret)
    assert verified_by_library(changed, endpoint.secret)


@pytest.mark.parametrize("seconds", [-1, 0])
def test_the_former_secret_ends_at_its_very_moment(endpoint: Endpoint, seconds: int) -> None:
    endpoints.rotate(endpoint=endpoint, now=NOW)
    assert endpoint.former_until is not None
    at = endpoint.former_until + timedelta(seconds=seconds)
    signatures = signing.headers(endpoint, "id", "{}", at=at)["webhook-signature"].split(" ")
    assert len(signatures) == (2 if seconds < 0 else 1)
