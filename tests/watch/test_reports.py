# ruff: noqa: E501 - pages under test stay on one line
"""A watch that does not work says so itself, once, and takes it back."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from pytest_httpserver import HTTPServer
from werkzeug import Response

from tracker.watch import actions, reports
from tracker.watch.models import Check, Outcome, Report, Watch

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)
PAGE = "<html><body><main><h1>Our policy</h1><p>We sell cameras to towns, and say here under which terms.</p></main></body></html>"


class Site:
    """A page on a real server whose answer can be changed."""

    def __init__(self, server: HTTPServer) -> None:
        self.server = server
        self.answer = Response(PAGE, content_type="text/html")
        server.expect_request("/policy").respond_with_handler(lambda _: self.answer)


@pytest.fixture
def policy(site: HTTPServer) -> Site:
    return Site(site)


@pytest.fixture
def watch(policy: Site) -> Watch:
    return actions.watch_page(policy.server.url_for("/policy"))


def told() -> list[tuple[str, bool]]:
    """The kinds of reports that were made, and which are still open."""
    return [(one.kind, one.taken_back_at is None) for one in Report.objects.order_by("pk")]


def look(watch: Watch, now: datetime) -> Check:
    found = actions.check(Watch.objects.select_related("source").get(pk=watch.pk), now=now)
    reports.review(now=now)
    return found


def test_a_watch_that_stopped_working_reports_itself_once_and_takes_it_back(policy: Site, watch: Watch) -> None:
    look(watch, NOW)
    policy.answer = Response("<h1>Just a moment...</h1><p>Checking your browser.</p>", status=403)
    for day in range(1, 4):
        assert look(watch, NOW + day * DAY).outcome == Outcome.BLOCKED
    assert told() == []  # three times its own pause is not yet unusual
    for day in range(4, 7):
        look(watch, NOW + day * DAY)
    assert told() == [("silent", True)]
    assert "last worked on 24 November 2026" in Report.objects.get().reason
    policy.answer = Response(PAGE, content_type="text/html")
    look(watch, NOW + 7 * DAY)
    assert told() == [("silent", False)]
    policy.answer = Response(status=503)
    for day in range(8, 13):
        look(watch, NOW + day * DAY)
    # It has once been silent for a week: five days are nothing unusual for it.
    assert told() == [("silent", False)]


def test_a_page_that_is_not_found_three_times_over_a_day_is_gone(policy: Site, watch: Watch) -> None:
    look(watch, NOW)
    policy.answer = Response(status=404)
    outcomes = [look(watch, NOW + timedelta(hours=hours)).outcome for hours in (24, 36, 40, 49)]
    assert outcomes == [Outcome.MISSING, Outcome.MISSING, Outcome.MISSING, Outcome.GONE]
    assert told() == [("gone", True)]
    assert Report.objects.get().since == NOW + DAY
    policy.answer = Response(PAGE, content_type="text/html")
    assert look(watch, NOW + 3 * DAY).outcome == Outcome.UNCHANGED
    assert told() == [("gone", False)]


def test_a_page_that_moved_says_where_and_an_editor_follows_it(policy: Site, watch: Watch) -> None:
    look(watch, NOW)
    new = policy.server.url_for("/policies")
    policy.server.expect_request("/policies").respond_with_data(PAGE, content_type="text/html")
    policy.answer = Response(status=301, headers={"Location": new})
    found = look(watch, NOW + DAY)
    assert (found.outcome, found.moved_to) == (Outcome.MOVED, new)
    assert look(watch, NOW + 2 * DAY).outcome == Outcome.UNCHANGED
    assert told() == [("moved", True)]
    followed = actions.follow_move(watch)
    assert followed.source.url == new
    assert look(watch, NOW + 3 * DAY).outcome == Outcome.UNCHANGED
    assert told() == [("moved", False)]
    with pytest.raises(ValueError, match="has not moved"):
        actions.follow_move(watch)


def test_a_redirect_for_now_is_no_move(policy: Site, watch: Watch) -> None:
    look(watch, NOW)
    policy.server.expect_request("/today").respond_with_data(PAGE, content_type="text/html")
    policy.answer = Response(status=302, headers={"Location": policy.server.url_for("/today")})
    assert look(watch, NOW + DAY).outcome == Outcome.UNCHANGED
    assert told() == []


def test_a_listing_that_suddenly_lists_nothing_reports_it(site: HTTPServer) -> None:
    items = "".join(
        f"<item><guid>{n}</guid><title>Release {n}</title><description>Words.</description></item>" for n in range(9)
    )
    answer = {"feed": f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'}
    site.expect_request("/feed").respond_with_handler(lambda _: Response(answer["feed"], content_type="text/xml"))
    watch = actions.watch_page(site.url_for("/feed"), kind=Watch.Kind.FEED)
    assert look(watch, NOW).outcome == Outcome.FIRST
    whole, answer["feed"] = answer["feed"], '<rss version="2.0"><channel><title>News</title></channel></rss>'
    assert look(watch, NOW + DAY).outcome == Outcome.EMPTY
    assert told() == [("empty", True)]
    answer["feed"] = whole
    assert look(watch, NOW + 2 * DAY).outcome == Outcome.UNCHANGED
    assert told() == [("empty", False)]


def test_a_paused_watch_reports_nothing(policy: Site, watch: Watch) -> None:
    policy.answer = Response(status=404)
    for day in range(4):
        actions.check(Watch.objects.select_related("source").get(pk=watch.pk), now=NOW + day * DAY)
    Watch.objects.update(state=Watch.State.PAUSED)
    reports.review(now=NOW + 5 * DAY)
    assert told() == []


def test_a_ruling_has_the_next_answer_read_whole(policy: Site, watch: Watch) -> None:
    look(watch, NOW)
    watch.refresh_from_db()
    assert watch.answer_sha256
    editor = User.objects.create(username="editor@example.org")
    ruling = actions.rule(watch, "a key", "a promotion", is_news=True, by=editor, now=NOW)
    watch.refresh_from_db()
    assert (watch.answer_sha256, watch.etag) == ("", "")
    actions.unrule(ruling)
    assert not watch.rulings.exists()
