import gzip
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from time import monotonic

import pytest
from django.core.cache import cache
from pytest_django import Settings
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from tracker.watch import fetch
from tracker.watch.asking import charset, pace
from tracker.watch.asking.outcomes import Refused, RobotsForbid, RobotsUnreachable, TooLarge, TooSlow, Unreachable, Wait
from tracker.watch.fetch import Limits

LOOPBACK = "127.0.0.1"


def serve(site: HTTPServer, path: str, body: bytes = b"<p>Hello</p>", **headers: str) -> str:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    site.expect_request(path).respond_with_response(Response(body, headers=named, content_type="text/html"))
    return site.url_for(path)


@contextmanager
def raw_server(answer: bytes, *, then_one_byte_every: float | None = None) -> Iterator[int]:
    """A server that sends `answer` as it is, then trickles until the other side hangs up. Yields its port."""
    stop = threading.Event()
    listener = socket.create_server((LOOPBACK, 0))

    def run() -> None:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with closing(connection):
            connection.recv(65536)
            try:
                connection.sendall(answer)
                while then_one_byte_every is not None and not stop.wait(then_one_byte_every):
                    connection.sendall(b"a")
            except OSError:
                return

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        stop.set()
        listener.close()
        thread.join(5)


@contextmanager
def impatient_server() -> Iterator[tuple[int, list[int]]]:
    """A server that hangs up after two answers. Yields its port and how many answers each connection got."""
    listener = socket.create_server((LOOPBACK, 0))
    answers: list[int] = []

    def run() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            answers.append(0)
            with closing(connection):
                while answers[-1] < 2 and connection.recv(65536):
                    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
                    answers[-1] += 1

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1], answers
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


def test_a_page_comes_back_whole_with_what_is_needed_to_ask_again(site: HTTPServer, now: datetime) -> None:
    url = serve(site, "/page", b"<p>Hello</p>", ETag='W/"abc"', Last_Modified="Wed, 10 Jun 2020 10:00:00 GMT")
    answer = fetch.get(url, now=now)
    assert (answer.status, answer.body, answer.content_type) == (200, b"<p>Hello</p>", "text/html")
    assert (answer.etag, answer.last_modified) == ('W/"abc"', "Wed, 10 Jun 2020 10:00:00 GMT")
    assert answer.fetched_at == now


def test_the_server_is_told_honestly_who_asks(site: HTTPServer, now: datetime, settings: Settings) -> None:
    settings.SITE_URL = "https://watchback.example"
    fetch.get(serve(site, "/page"), now=now)
    asked = site.log[-1][0].headers
    assert asked["User-Agent"] == "Watchback/1.0 (+https://watchback.example/about)"
    assert "Cookie" not in asked
    assert "Authorization" not in asked


def test_an_unchanged_page_is_answered_304_when_asked_with_what_the_server_said(
    site: HTTPServer, now: datetime
) -> None:
    def answer(request: Request) -> Response:
        same = request.headers.get("If-None-Match") == 'W/"abc"'
        when = request.headers.get("If-Modified-Since") == "Wed, 10 Jun 2020 10:00:00 GMT"
        return Response(status=304 if same and when else 200)

    site.expect_request("/page").respond_with_handler(answer)
    url = site.url_for("/page")
    again = fetch.get(url, now=now, etag='W/"abc"', last_modified="Wed, 10 Jun 2020 10:00:00 GMT")
    assert again.not_modified
    assert not fetch.get(url, now=now).not_modified


def test_loopback_is_refused_unless_host_and_port_are_named(
    httpserver: HTTPServer, now: datetime, settings: Settings
) -> None:
    url = serve(httpserver, "/page")
    for allowed in ((), (f"{LOOPBACK}:1",), (f"example.org:{httpserver.port}",)):
        settings.WATCH_ALLOWED_LOOPBACK = allowed
        with pytest.raises(Refused, match="loopback"):
            fetch.get(url, now=now, heed_robots=False)
    assert httpserver.log == []


@pytest.mark.parametrize(
    "target",
    [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]:8000/",
        "http://0x7f.1/",
        "file:///etc/passwd",
        "http://100.64.0.1/",
        "http://[64:ff9b::7f00:1]/",
        "http://[::ffff:192.168.0.1]/",
        "ftp://example.org/",
        "http://2130706433/",
    ],
)
def test_a_redirect_to_a_forbidden_place_is_refused(site: HTTPServer, now: datetime, target: str) -> None:
    site.expect_request("/page").respond_with_response(Response(status=302, headers={"Location": target}))
    with pytest.raises(Refused):
        fetch.get(site.url_for("/page"), now=now, heed_robots=False)


@pytest.mark.parametrize(
    "url",
    [
        "http://user:secret@example.org/",
        "http://example.org:25/",
        "http:///nowhere",
        "gopher://x/",
        "http://[::1",
    ],
)
def test_an_address_we_would_never_ask_is_refused_before_anything_is_sent(url: str, now: datetime) -> None:
    with pytest.raises(Refused):
        fetch.get(url, now=now)


def test_redirects_are_followed_and_remembered(site: HTTPServer, now: datetime) -> None:
    for path, target in (("/a", "/b"), ("/b", "/c")):
        site.expect_request(path).respond_with_response(Response(status=301, headers={"Location": target}))
    serve(site, "/c")
    answer = fetch.get(site.url_for("/a"), now=now)
    assert answer.final_url == site.url_for("/c")
    assert [hop.url for hop in answer.hops] == [site.url_for("/a"), site.url_for("/b")]


def test_an_endless_redirect_is_refused(site: HTTPServer, now: datetime) -> None:
    site.expect_request("/a").respond_with_response(Response(status=302, headers={"Location": "/a"}))
    with pytest.raises(Refused, match="redirects"):
        fetch.get(site.url_for("/a"), now=now, heed_robots=False)
    assert len(site.log) == 6


def test_a_body_larger_than_allowed_is_too_large(site: HTTPServer, now: datetime) -> None:
    url = serve(site, "/page", b"x" * 5000)
    with pytest.raises(TooLarge):
        fetch.get(url, now=now, limits=Limits(compressed_bytes=4999))


def test_a_gzip_bomb_is_too_large(site: HTTPServer, now: datetime) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    url = serve(site, "/page", bomb, Content_Encoding="gzip")
    with pytest.raises(TooLarge, match="decompression"):
        fetch.get(url, now=now)


def test_a_gzipped_page_is_unpacked(site: HTTPServer, now: datetime) -> None:
    url = serve(site, "/page", gzip.compress(b"<p>One</p>") + gzip.compress(b"<p>Two</p>"), Content_Encoding="gzip")
    assert fetch.get(url, now=now).body == b"<p>One</p><p>Two</p>"


@pytest.mark.parametrize(
    "begin",
    [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"HTTP/1.1 200 OK\r\nX-Slow: ", b""],
    ids=["body", "headers", "status"],
)
def test_a_trickle_is_stopped_by_the_deadline_for_the_whole(begin: bytes, now: datetime, settings: Settings) -> None:
    with raw_server(begin, then_one_byte_every=0.05) as port:
        settings.WATCH_ALLOWED_LOOPBACK = (f"{LOOPBACK}:{port}",)
        started = monotonic()
        with pytest.raises(TooSlow):
            fetch.get(f"http://{LOOPBACK}:{port}/", now=now, heed_robots=False, limits=Limits(seconds=0.5))
        assert monotonic() - started < 3


def test_an_answer_that_breaks_off_is_no_answer(now: datetime, settings: Settings) -> None:
    with raw_server(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf") as port:
        settings.WATCH_ALLOWED_LOOPBACK = (f"{LOOPBACK}:{port}",)
        with pytest.raises(Unreachable):
            fetch.get(f"http://{LOOPBACK}:{port}/", now=now, heed_robots=False)


def test_a_closed_port_is_unreachable(now: datetime, settings: Settings) -> None:
    with closing(socket.create_server((LOOPBACK, 0))) as listener:
        port = listener.getsockname()[1]
    settings.WATCH_ALLOWED_LOOPBACK = (f"{LOOPBACK}:{port}",)
    with pytest.raises(Unreachable):
        fetch.get(f"http://{LOOPBACK}:{port}/", now=now, heed_robots=False)


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        ("<p>Überwachung</p>".encode(), "text/html; charset=utf-8", "<p>Überwachung</p>"),
        ("<p>café</p>".encode("latin-1"), "text/html; charset=ISO-8859-1", "<p>café</p>"),
        (
            '<meta charset="iso-8859-15"><p>10 €</p>'.encode("iso-8859-15"),
            "text/html",
            '<meta charset="iso-8859-15"><p>10 €</p>',
        ),
        ("<p>日本の警察</p>".encode("shift_jis"), "text/html; charset=Shift_JIS", "<p>日本の警察</p>"),
        ("<p>plain “quotes”</p>".encode(), "text/html", "<p>plain “quotes”</p>"),
        ("<p>“smart”</p>".encode("cp1252"), "text/html; charset=latin1", "<p>“smart”</p>"),
        ("<p>BOM wins</p>".encode("utf-8-sig"), "text/html; charset=iso-8859-1", "<p>BOM wins</p>"),
        (b"<p>odd</p>", "text/html; charset=no-such-charset", "<p>odd</p>"),
    ],
)
def test_the_charset_is_the_one_of_header_then_meta_then_bytes(
    site: HTTPServer, now: datetime, body: bytes, content_type: str, text: str
) -> None:
    site.expect_request("/page").respond_with_response(Response(body, headers={"Content-Type": content_type}))
    assert fetch.get(site.url_for("/page"), now=now).text == text


def test_a_page_that_robots_txt_forbids_is_not_asked_for(silent_site: HTTPServer, now: datetime) -> None:
    silent_site.expect_request("/robots.txt").respond_with_data("User-agent: *\nDisallow: /private/*.html$\n")
    with pytest.raises(RobotsForbid):
        fetch.get(silent_site.url_for("/private/page.html"), now=now)
    serve(silent_site, "/private/page.txt")
    assert fetch.get(silent_site.url_for("/private/page.txt"), now=now).status == 200
    assert [asked.path for asked, _ in silent_site.log] == ["/robots.txt", "/private/page.txt"]


def test_a_robots_txt_that_fails_means_wait_and_a_missing_one_means_go(silent_site: HTTPServer, now: datetime) -> None:
    silent_site.expect_ordered_request("/robots.txt").respond_with_data("", status=503)
    with pytest.raises(Wait):
        fetch.get(silent_site.url_for("/page"), now=now)
    cache.clear()
    silent_site.expect_ordered_request("/robots.txt").respond_with_data("", status=404)
    silent_site.expect_ordered_request("/page").respond_with_data("here")
    assert fetch.get(silent_site.url_for("/page"), now=now).body == b"here"


def test_of_two_workers_at_one_host_one_waits() -> None:
    host = f"host-{monotonic()}.example"
    token = pace.take_turn(host, lease=30)
    with pytest.raises(pace.NotYet) as not_yet:
        pace.take_turn(host, lease=30)
    assert 0 < not_yet.value.seconds <= 30
    assert pace.take_turn(f"other-{host}", lease=30)
    # It has been there: now the pause counts, from the end of its visit.
    pace.leave(host, token, delay=60)
    with pytest.raises(pace.NotYet) as not_yet:
        pace.take_turn(host, lease=30)
    assert 30 < not_yet.value.seconds <= 60


def test_a_turn_that_ended_meanwhile_is_not_taken_from_the_next_one() -> None:
    host = f"host-{monotonic()}.example"
    pace.leave(host, "somebody else's", delay=0)
    pace.take_turn(host, lease=30)
    pace.leave(host, "somebody else's", delay=0)
    with pytest.raises(pace.NotYet):
        pace.take_turn(host, lease=30)


def test_a_busy_site_that_asks_for_time_is_left_alone_by_every_worker(site: HTTPServer, now: datetime) -> None:
    site.expect_request("/page").respond_with_response(Response(status=503, headers={"Retry-After": "120"}))
    answer = fetch.get(site.url_for("/page"), now=now)
    assert (answer.status, answer.retry_after) == (503, 120)
    with pytest.raises(pace.NotYet) as not_yet:
        pace.take_turn(f"{site.host}:{site.port}", lease=1)
    assert 100 < not_yet.value.seconds <= 120


def test_a_door_keeps_its_connections_and_is_not_upset_when_the_other_side_hangs_up(
    now: datetime, settings: Settings
) -> None:
    with impatient_server() as (port, answers):
        settings.WATCH_ALLOWED_LOOPBACK = (f"{LOOPBACK}:{port}",)
        with fetch.Door() as door:
            for _ in range(4):
                assert door.get(f"http://{LOOPBACK}:{port}/", now=now, heed_robots=False).body == b"ok"
    assert answers == [2, 2]


def test_what_we_remember_is_told_only_to_the_address_it_is_from(site: HTTPServer, now: datetime) -> None:
    site.expect_request("/old").respond_with_response(Response(status=301, headers={"Location": "/new"}))
    site.expect_request("/new").respond_with_data("here")
    old, new = site.url_for("/old"), site.url_for("/new")
    answer = fetch.get(old, now=now, etag='"1"', remembered_of=new)
    assert answer.moved_to == new
    asked = {request.path: request.headers.get("If-None-Match") for request, _ in site.log}
    assert (asked["/old"], asked["/new"]) == (None, '"1"')


def test_a_webhook_is_posted_and_its_redirect_not_followed(site: HTTPServer, now: datetime) -> None:
    site.expect_request("/hook", method="POST").respond_with_response(
        Response(status=307, headers={"Location": "/elsewhere"})
    )
    answer = fetch.post(site.url_for("/hook"), body=b'{"a": 1}', headers={"Content-Type": "application/json"}, now=now)
    assert answer.status == 307
    assert [asked.get_data() for asked, _ in site.log] == [b'{"a": 1}']


def test_the_body_of_an_answer_to_a_post_is_not_read_however_long(now: datetime, settings: Settings) -> None:
    begin = b"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n"
    with raw_server(begin, then_one_byte_every=0.01) as port:
        settings.WATCH_ALLOWED_LOOPBACK = (f"{LOOPBACK}:{port}",)
        answer = fetch.post(f"http://{LOOPBACK}:{port}/", body=b"{}", headers={}, now=now)
    assert (answer.status, answer.body) == (200, b"")


@pytest.mark.parametrize("host", ["localhost", "127.1", "10.0.0.1", "169.254.169.254", "[::1]"])
def test_a_host_is_judged_without_being_contacted(httpserver: HTTPServer, host: str) -> None:
    with pytest.raises(Refused, match="leads to"):
        fetch.judge(f"http://{host}:{httpserver.port}/hook")
    assert httpserver.log == []


POLICE = "<p>La société suspend la vente de ses caméras à la police, jusqu’à nouvel ordre.</p>"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (POLICE.encode(), "text/html; charset=iso-8859-1"),
        (POLICE.encode(), "text/html; charset=us-ascii"),
        (POLICE.encode(), "text/html; charset=utf-16"),
        (b"<meta charset=shift_jis>" + POLICE.encode(), "text/html"),
        (POLICE.encode("cp1252"), "text/html; charset=utf-8"),
        (b"<meta charset=windows-1252>" + POLICE.encode("cp1252"), "text/html; charset=utf-8"),
    ],
)
def test_a_charset_that_the_bytes_disprove_is_passed_over(body: bytes, says: str) -> None:
    assert charset.decode(body, charset.of(body, says)).endswith(POLICE)


def test_a_stray_byte_does_not_cost_the_other_words_their_accents() -> None:
    body = POLICE.encode() + b"\xe9"
    assert charset.decode(body, charset.of(body, "text/html; charset=utf-8")) == POLICE + "\ufffd"


def test_a_short_word_of_a_charset_of_two_bytes_is_not_taken_for_another() -> None:
    body = "<p>联通</p>".encode("gb2312")  # happens to be UTF-8 too
    assert charset.decode(body, charset.of(body, "text/html; charset=gb2312")) == "<p>联通</p>"


def test_a_robots_txt_that_hangs_is_waited_for_once_and_says_why(now: datetime, settings: Settings) -> None:
    with raw_server(b"HTTP/1.1 200 OK\r\n", then_one_byte_every=0.05) as port:
        settings.WATCH_ALLOWED_LOOPBACK = (f"{LOOPBACK}:{port}",)
        with pytest.raises(RobotsUnreachable, match="so it is not asked: not complete after"):
            fetch.get(f"http://{LOOPBACK}:{port}/", now=now, limits=Limits(seconds=0.3))
        began = monotonic()
        with pytest.raises(RobotsUnreachable, match="so it is not asked: not complete after"):
            fetch.get(f"http://{LOOPBACK}:{port}/other", now=now, limits=Limits(seconds=0.3))
        assert monotonic() - began < 0.3
    cache.clear()
