# ruff: noqa: E501 - pages under test stay on one line
"""What a feed or a listing names is read once, and what it says becomes leads with the article as their evidence."""

from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from tracker.dates import PartialDate
from tracker.organizations.models import Alias, Organization, Product, Technology
from tracker.watch import actions
from tracker.watch.models import Article, Lead, Outcome, Watch

pytestmark = pytest.mark.django_db

NOW = datetime(2021, 5, 18, 12, tzinfo=UTC)
DAY = timedelta(days=1)
SOON = timedelta(minutes=10)
SAYS = "Amazon said on Tuesday it will extend its moratorium on police use of Rekognition until further notice."
ARTICLE = f"<html><head><title>An update</title></head><body><article><h1>An update on Rekognition</h1><p>{SAYS}</p><p>The moratorium was announced in June 2020 for one year, and would have ended next month, the company said.</p></article></body></html>"


class Feed:
    """A feed on a real server, of items that can be added."""

    def __init__(self, site: HTTPServer) -> None:
        self.site = site
        self.items = [
            f"<item><guid isPermaLink='false'>old-{n}</guid><title>Old news {n}</title><description>Words of old.</description></item>"
            for n in range(8)
        ]
        site.expect_request("/feed").respond_with_handler(
            lambda _: Response(self.rss, content_type="application/rss+xml")
        )

    @property
    def rss(self) -> str:
        return f'<rss version="2.0"><channel><title>News</title>{"".join(self.items)}</channel></rss>'

    def adds(self, guid: str, title: str, link: str = "", text: str = "Read more.") -> None:
        """A new item at the top."""
        linked = f"<link>{link}</link>" if link else ""
        self.items.insert(
            0,
            f"<item><guid isPermaLink='false'>{guid}</guid><title>{title}</title>{linked}<description>{text}</description><pubDate>Tue, 18 May 2021 09:00:00 GMT</pubDate></item>",
        )


@pytest.fixture
def feed(site: HTTPServer) -> Feed:
    return Feed(site)


@pytest.fixture
def watch(feed: Feed) -> Watch:
    amazon = Organization.objects.create(slug="amazon", name="Amazon.com, Inc.", role="vendor", kind="company")
    Alias.objects.create(organization=amazon, name="Amazon")
    face = Technology.objects.create(slug="face-recognition", name="Face recognition")
    Product.objects.create(slug="rekognition", name="Rekognition", vendor=amazon, technology=face)
    watch = actions.watch_page(feed.site.url_for("/feed"), organization=amazon, kind=Watch.Kind.FEED)
    assert actions.check(watch, now=NOW - DAY).outcome == Outcome.FIRST
    return watch


def test_a_new_item_is_read_after_the_second_look_and_cited_as_itself(feed: Feed, watch: Watch) -> None:
    link = feed.site.url_for("/update")
    feed.site.expect_request("/update").respond_with_data(ARTICLE, content_type="text/html")
    feed.adds("new", "An update on Rekognition", link)
    assert actions.check(watch, now=NOW).outcome == Outcome.CHANGED
    article = Article.objects.get()
    assert (article.link, article.published_on, article.due_at) == (link, date(2021, 5, 18), NOW + SOON)
    assert not Lead.objects.exists()
    assert actions.look_at_due(clock=lambda: NOW + SOON) == 1
    lead = Lead.objects.get()
    assert lead.version.snapshot.source.url == link
    assert lead.version.snapshot.source.published_on == PartialDate.parse("2021-05-18")
    assert (lead.proposal["action"], lead.proposal["declared_on"]) == ("made_indefinite", "2021-05-18")
    assert lead.quotes[0]["text"] in lead.version.snapshot.text
    article.refresh_from_db()
    assert article.state == Article.State.READ
    # The same feed again names nothing new, and a day later neither.
    assert actions.check(watch, now=NOW + DAY).outcome == Outcome.UNCHANGED
    assert Article.objects.count() == 1


def test_an_item_without_a_page_of_its_own_is_read_where_it_stands(feed: Feed, watch: Watch) -> None:
    feed.adds("new", "An update", text=SAYS)
    actions.check(watch, now=NOW)
    lead = Lead.objects.get()
    assert lead.version.snapshot.source == watch.source
    assert not Article.objects.exists()


def test_an_article_that_cannot_be_read_is_tried_again_and_then_taken_from_the_feed(feed: Feed, watch: Watch) -> None:
    feed.site.expect_request("/update").respond_with_response(Response(status=500))
    feed.adds("new", "An update", feed.site.url_for("/update"), text=SAYS)
    actions.check(watch, now=NOW)
    at, tries = NOW, 0
    while (article := Article.objects.select_related("watch__source").get()).due_at is not None:
        at, tries = article.due_at, tries + 1
        actions.read_article(article, now=at)
    assert (tries, article.state, article.reason) == (4, Article.State.FAILED, "the site answers 500")
    assert at - NOW < timedelta(days=2)
    assert Lead.objects.get().version.snapshot.source == watch.source


def test_the_same_words_on_two_pages_of_a_site_are_one_lead(site: HTTPServer, watch: Watch) -> None:
    pages = {
        "html": "<html><body><main><p>We make cameras, and tell you here what we do with them and why.</p></main></body></html>"
    }
    watches = []
    for path in ("/one", "/two"):
        site.expect_request(path).respond_with_handler(lambda _: Response(pages["html"], content_type="text/html"))
        watches.append(actions.watch_page(site.url_for(path)))
    for one in watches:
        actions.check(one, now=NOW)
    pages["html"] = pages["html"].replace("</main>", f"<p>{SAYS}</p></main>")
    for at in (NOW + DAY, NOW + DAY + SOON):
        for one in watches:
            actions.check(Watch.objects.select_related("source").get(pk=one.pk), now=at)
    assert Lead.objects.count() == 1
    first, second = (one.versions.latest("pk") for one in watches)
    assert second.same_as == first
