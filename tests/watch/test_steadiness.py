# ruff: noqa: E501 - pages under test stay on one line
"""A round goes on: with a database that hangs up, with one answer that cannot be kept, with a look that comes late."""

from datetime import UTC, datetime, timedelta

import psycopg2
import pytest
from django.db import connection
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from tracker.watch import actions, fetch
from tracker.watch.models import Article, Check, Outcome, Watch
from tracker.watch.recording import unchanged
from tracker.watch.recording.checks import Seen, record
from tracker.watch.weighing.proposals import Library

NOW = datetime(2020, 6, 9, 12, tzinfo=UTC)
DAY = timedelta(days=1)
SOON = timedelta(minutes=10)
POLICY = "<html><body><main><h1>Our policy</h1><p>We sell cameras to towns, and say here under which terms.</p><p>{}</p></main></body></html>"
ITEM = "<item><guid isPermaLink='false'>{0}</guid><title>News {0}</title><link>{1}</link><description>Words.</description></item>"


def hang_up(pid: int) -> None:
    """Have PostgreSQL end the connection that this backend serves, as a restart would."""
    there = psycopg2.connect(**{**connection.get_connection_params(), "cursor_factory": None})
    with there, there.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 10000)", [pid])
    there.close()


@pytest.mark.django_db(transaction=True)
def test_a_round_outlives_a_database_that_hangs_up(site: HTTPServer) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()

    def answer(request: Request) -> Response:
        if request.path == "/0":
            hang_up(pid)
        return Response(POLICY.format("Ask us."), content_type="text/html")

    for number in range(3):
        site.expect_request(f"/{number}").respond_with_handler(answer)
        actions.watch_page(site.url_for(f"/{number}"))
    assert actions.look_at_due(clock=lambda: NOW) == 3
    assert list(Check.objects.values_list("outcome", flat=True)) == [Outcome.FIRST] * 3


@pytest.mark.django_db
def test_an_article_at_an_address_too_long_to_keep_costs_no_other_page_its_look(site: HTTPServer) -> None:
    items = [ITEM.format(number, "") for number in range(5)]
    site.expect_request("/feed").respond_with_handler(
        lambda _: Response(f"<rss version='2.0'><channel>{''.join(items)}</channel></rss>", content_type="text/xml")
    )
    site.expect_request("/here").respond_with_response(Response("", 302, {"Location": f"/there?{'x' * 3000}"}))
    site.expect_request("/there").respond_with_data(POLICY.format("Ask us."), content_type="text/html")
    site.expect_request("/policy").respond_with_data(POLICY.format("Ask us."), content_type="text/html")
    feed = actions.watch_page(site.url_for("/feed"), kind=Watch.Kind.FEED)
    actions.check(feed, now=NOW)
    items.insert(0, ITEM.format("new", site.url_for("/here")))
    actions.check(feed, now=NOW + DAY)
    policy = actions.watch_page(site.url_for("/policy"))
    assert actions.look_at_due(clock=lambda: NOW + DAY + SOON) == 2
    assert policy.checks.get().outcome == Outcome.FIRST
    article = Article.objects.get()
    assert (article.state, article.tries) == (Article.State.WAITING, 1)
    assert article.reason.startswith("what it answered could not be kept: the address has 30")


@pytest.mark.django_db
@pytest.mark.parametrize("late", ["Ask us.", "Write to us."], ids=["the bytes of before", "other bytes"])
def test_a_look_that_comes_after_a_later_one_is_passed_over(site: HTTPServer, late: str) -> None:
    says = ["Ask us."]
    site.expect_request("/policy").respond_with_handler(
        lambda _: Response(POLICY.format(says[0]), content_type="text/html")
    )
    watch = actions.watch_page(site.url_for("/policy"))
    actions.check(watch, now=NOW)
    watch.refresh_from_db()
    says[0] = late
    answer = fetch.get(watch.source.url, now=NOW + DAY)
    says[0] = "We sell nothing to the police any more, from today on."
    for after in (SOON, 2 * SOON):
        actions.check(Watch.objects.get(), now=NOW + DAY + after)
    before = Watch.objects.values().get()
    overtaken = Seen(watch, NOW + DAY, answer)
    if unchanged.is_unchanged(overtaken):
        unchanged.record([overtaken])
    else:
        record(overtaken, Library())
    assert list(Check.objects.values_list("outcome", flat=True)) == ["changed", "suspected", "first"]
    assert Watch.objects.values().get() == before
