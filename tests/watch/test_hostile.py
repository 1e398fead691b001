"""A page that means harm costs one recorded check, and stops nothing."""

from datetime import datetime

import pytest
from django.core.cache import cache
from pytest_django import Settings

from tests.watch.asking.test_fetch import LOOPBACK, raw_server
from tracker.watch import actions, fetch
from tracker.watch.asking import charset
from tracker.watch.asking.outcomes import Refused
from tracker.watch.models import Check


@pytest.mark.parametrize("host", ["a..b", "a" * 64 + ".example", "x\udc80.example"], ids=ascii)
def test_a_host_that_is_no_name_is_refused(now: datetime, host: str) -> None:
    with pytest.raises(Refused):
        fetch.get(f"http://{host}/", now=now, heed_robots=False)


def test_a_redirect_to_a_host_that_is_no_name_is_refused(now: datetime, settings: Settings) -> None:
    with raw_server(b"HTTP/1.1 302 Found\r\nLocation: http://a..b/\r\nContent-Length: 0\r\n\r\n") as port:
        settings.WATCH_ALLOWED_LOOPBACK = (f"{LOOPBACK}:{port}",)
        with pytest.raises(Refused, match="part of its host"):
            fetch.get(f"http://{LOOPBACK}:{port}/", now=now, heed_robots=False)


@pytest.mark.parametrize(
    "name", ["idna", "punycode", "utf-7", "unicode_escape", "raw_unicode_escape", "utf-16", "utf-32", "undefined"]
)
def test_no_charset_that_a_page_may_name_loses_it_or_makes_text_that_cannot_be_kept(name: str) -> None:
    body = b"<p>plain \\ud800 +2AA- a..b \xe4</p>"
    text = charset.decode(body, charset.of(body, f"text/html; charset={name}"))
    assert text.encode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "answer",
    [
        b"Content-Type: text/plain\r\n\r\nWe stop\x00 the sale of our cameras to the police from today on, for good.",
        b"Content-Type: text/html\r\nX-Odd: a\x00b\r\nETag: x\x00\r\n\r\n<p>We stop the sale of our cameras today.</p>",
        b"Content-Type: text/plain; charset=utf-7\r\n\r\nWe stop +2AA- the sale of our cameras to the police today.",
        b"Content-Type: text/html\r\nContent-Encoding: \x00\r\n\r\n<p>Hello</p>",
        b"Content-Type: text/html\x00\r\n\r\n<p>We stop the sale of our cameras to the police today.</p>",
    ],
    ids=["NUL in text", "NUL in headers", "half a character", "NUL in the reason", "NUL in the type"],
)
def test_what_the_database_cannot_hold_is_left_out_and_the_check_recorded(
    answer: bytes, now: datetime, settings: Settings
) -> None:
    with raw_server(b"HTTP/1.1 200 OK\r\n" + answer) as port:
        settings.WATCH_ALLOWED_LOOPBACK = (f"{LOOPBACK}:{port}",)
        url = f"http://{LOOPBACK}:{port}/"
        cache.set(f"robots:{url}robots.txt", "=", 60)  # known already: this server answers once
        check = actions.check(actions.watch_page(url), now=now)
    assert Check.objects.get() == check
    assert "\x00" not in check.reason
