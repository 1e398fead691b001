"""What docs/webhooks.md tells a receiver to do works."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from standardwebhooks import WebhookVerificationError

from tests.alerts.webhook.conftest import NOW, Receiver, parcel
from tests.conftest import ROOT
from tracker.alerts.channels.webhook import open_outbox, signing
from tracker.alerts.models import Endpoint, Event

TEXT = (ROOT / "docs" / "webhooks.md").read_text()
Verify = Callable[[str, dict[str, str], bytes], dict[str, Any]]


def written_there(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)


@pytest.fixture(params=[0, 1], ids=["with the library", "by hand"])
def verified(request: pytest.FixtureRequest) -> Verify:
    names: dict[str, Any] = {}
    exec(written_there("python")[request.param], names)
    verify: Verify = names["verified"]
    return verify


def test_the_code_in_the_guide_takes_our_message_and_nobody_elses(
    verified: Verify, receiver: Receiver, endpoint: Endpoint
) -> None:
    open_outbox(NOW.date(), NOW).deliver(parcel(endpoint))
    (request,) = receiver.asked
    headers = {name.lower(): value for name, value in request.headers.items()}
    assert verified(endpoint.secret, headers, request.get_data()) == receiver.bodies[0]
    for secret, body in ((signing.new_secret(), request.get_data()), (endpoint.secret, request.get_data() + b" ")):
        with pytest.raises((ValueError, WebhookVerificationError)):
            verified(secret, headers, body)


def test_the_code_in_the_guide_refuses_an_old_message_that_is_played_again(
    verified: Verify, endpoint: Endpoint
) -> None:
    old = signing.headers(endpoint, "id", "{}", at=datetime.now(UTC) - timedelta(minutes=6))
    with pytest.raises((ValueError, WebhookVerificationError), match="too old"):
        verified(endpoint.secret, old, b"{}")


def test_the_example_has_the_keys_of_a_message_and_every_type_is_named(receiver: Receiver, endpoint: Endpoint) -> None:
    open_outbox(NOW.date(), NOW).deliver(parcel(endpoint))
    (example,) = map(json.loads, written_there("json"))
    (body,) = receiver.bodies
    assert list(example) == list(body)
    assert list(example["data"]) == list(body["data"])
    assert list(example["data"]["sources"][0]) == list(body["data"]["sources"][0])
    assert all(f"`{kind}`" in TEXT for kind in Event.Kind.values)


def test_the_guide_can_be_read_on_the_site(client: Client, receiver: Receiver, db: None) -> None:
    answer = client.get("/webhooks/")
    assert answer.status_code == 200
    assert "<code>webhook-signature</code>" in answer.content.decode()
    assert not answer.cookies
