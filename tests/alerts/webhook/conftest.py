"""A receiver on loopback that the door lets through, an endpoint there, and parcels for it."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.cache import cache
from pytest_django import Settings
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from tracker.alerts.channels import Item, Parcel
from tracker.alerts.channels.webhook import signing
from tracker.alerts.models import Endpoint, Subscriber
from tracker.alerts.telling import Notice, Proof

NOW = datetime(2021, 5, 18, 12, tzinfo=UTC)


class Receiver:
    """A subscriber's server: what it was sent at /hook, and what it answers there."""

    def __init__(self, server: HTTPServer) -> None:
        self.server = server
        self.url = server.url_for("/hook")
        self.answer = Response(status=204)
        server.expect_request("/hook", method="POST").respond_with_handler(lambda request: self.answer)

    @property
    def asked(self) -> list[Request]:
        return [request for request, _ in self.server.log]

    @property
    def bodies(self) -> list[dict[str, Any]]:
        return [json.loads(request.get_data()) for request in self.asked]


@pytest.fixture
def receiver(httpserver: HTTPServer, settings: Settings) -> Iterator[Receiver]:
    settings.WATCH_ALLOWED_LOOPBACK = (f"{httpserver.host}:{httpserver.port}",)
    settings.SITE_URL = "https://watch.example.org"
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.SECURE_SSL_REDIRECT = False
    cache.clear()
    yield Receiver(httpserver)
    cache.clear()


@pytest.fixture
def ada(db: None) -> Subscriber:
    return Subscriber.objects.create(address="ada@example.org", requested_at=NOW, confirmed_at=NOW)


def endpoint_at(url: str, subscriber: Subscriber) -> Endpoint:
    """An endpoint as it may stand in the table, whatever its name has come to mean since it was added."""
    return Endpoint.objects.create(subscriber=subscriber, url=url, secret=signing.new_secret(), made_at=NOW)


@pytest.fixture
def endpoint(receiver: Receiver, ada: Subscriber) -> Endpoint:
    return endpoint_at(receiver.url, ada)


MOVED = Item(
    "moved:amazon:2021-05-18",
    "moved",
    date(2021, 5, 18),
    Notice(
        headline="The end moved: One-year moratorium",
        sentences=("It no longer ends on 10 June 2021.", "It lasts until further notice: no date is given."),
        excepted=("Thorn",),
        proofs=(Proof("“Until further notice” – Zoë", "Amazon", "https://www.aboutamazon.com/news/moratorium"),),
        path="/commitments/moratorium",
    ),
)


def parcel(endpoint: Endpoint, number: int = 1) -> Parcel:
    return Parcel(
        message_id=f"<00000000-0000-4000-8000-{number:012}@watch.example.org>",
        items=(MOVED,),
        topic="Amazon",
        cadence="at_once",
        subscriber_key=endpoint.subscriber.key,
        subscription_id=1,
        address=endpoint.subscriber.address,
        endpoint_id=endpoint.pk,
    )
