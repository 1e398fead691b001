from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.cache import cache
from pytest_django import Settings
from pytest_httpserver import HTTPServer

from tests.conftest import shared


@pytest.fixture
def now() -> datetime:
    """The moment that is passed to everything that records one."""
    return datetime(2020, 6, 10, 20, 0, tzinfo=UTC)


@pytest.fixture
def silent_site(httpserver: HTTPServer, settings: Settings) -> Iterator[HTTPServer]:
    """A web site on loopback that the door lets through, by exact host and port. It has no robots.txt of its
    own yet.
    """
    settings.WATCH_ALLOWED_LOOPBACK = (f"{httpserver.host}:{httpserver.port}",)
    cache.clear()
    yield httpserver
    cache.clear()


@pytest.fixture
def site(silent_site: HTTPServer) -> HTTPServer:
    """The same with no robots.txt: everything may be read."""
    silent_site.expect_request("/robots.txt").respond_with_data("", status=404)
    return silent_site


@pytest.fixture
def seed_article() -> str:
    """The article the project began with."""
    return shared("seed/motherboard-2020-06-10.txt").read_text()


@pytest.fixture
def announcements() -> Path:
    """The open cases of the benchmark of announcements."""
    return shared("bench/announcements/cases.jsonl")
