# ruff: noqa: E501 - sentences under test stay on one line
import gzip
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from tracker.commitments.models import Commitment, Term
from tracker.evidence import bodies
from tracker.evidence.models import Body, Snapshot
from tracker.organizations.models import Alias, Organization, Product, Technology
from tracker.watch import actions, tasks
from tracker.watch.models import Check, Lead, Outcome, Version, Watch
from tracker.watch.rounds.claims import LEASE, claim_due, give_back

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
SECOND_LOOK = timedelta(minutes=10)
BEFORE = datetime(2020, 6, 9, 12, tzinfo=UTC)
LISTING = "<html><body><main><h1>Newsroom</h1><p>Nothing to say about our cameras today, dear readers of ours.</p></main></body></html>"


class Page:
    """A page on a real server whose answer can be changed between checks."""

    def __init__(self, site: HTTPServer, path: str = "/news") -> None:
        self.url = site.url_for(path)
        self.answer = Response(LISTING, content_type="text/html; charset=utf-8")
        site.expect_request(path).respond_with_handler(lambda _: self.answer)

    def says(self, html: str, **headers: str) -> None:
        """From now on answer with this page."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answer = Response(html, content_type="text/html; charset=utf-8", headers=named)

    def fails(self, status: int) -> None:
        """From now on answer with this status."""
        self.answer = Response("<h1>Oops</h1>", status=status, content_type="text/html")


@pytest.fixture
def page(site: HTTPServer) -> Page:
    return Page(site)


@pytest.fixture
def amazon() -> Organization:
    """Amazon with Rekognition, and the three organisations its moratorium excepts."""
    amazon = Organization.objects.create(slug="amazon", name="Amazon.com, Inc.", role="vendor", kind="company")
    Alias.objects.create(organization=amazon, name="Amazon")
    face = Technology.objects.create(slug="face-recognition", name="Face recognition")
    Product.objects.create(slug="rekognition", name="Rekognition", vendor=amazon, technology=face)
    names = {
        "thorn": "Thorn",
        "icmec": "International Center for Missing and Exploited Children",
        "marinus": "Marinus Analytics",
    }
    for slug, name in names.items():
        Organization.objects.create(slug=slug, name=name, role="body", kind="nonprofit")
    return amazon


@pytest.fixture
def watch(page: Page, amazon: Organization) -> Watch:
    return actions.watch_page(page.url, organization=amazon)


def settle(watch: Watch, now: datetime) -> Check:
    """A look and, where something seemed to change, the second look. The newest check."""
    found = actions.check(watch, now=now)
    if found.outcome == Outcome.SUSPECTED:
        watch.refresh_from_db()
        assert watch.next_check_at == now + SECOND_LOOK
        found = actions.check(watch, now=watch.next_check_at)
    return found


def as_html(article: str) -> str:
    return (
        "<html><body><article>"
        + "".join(f"<p>{part}</p>" for part in article.split("\n\n"))
        + "</article></body></html>"
    )


def test_the_article_appears_at_a_missing_page_and_becomes_one_lead_with_its_sentences(
    page: Page, watch: Watch, seed_article: str
) -> None:
    page.fails(404)
    assert actions.check(watch, now=BEFORE).outcome == Outcome.MISSING
    page.says(as_html(seed_article))
    found = settle(watch, BEFORE + DAY)
    assert (found.outcome, found.since) == (Outcome.CHANGED, BEFORE + DAY)
    lead = Lead.objects.get(version__watch=watch, proposal__actor="amazon")
    proposal = lead.proposal
    assert (proposal["action"], proposal["kind"], proposal["products"]) == (
        "announced",
        "moratorium",
        ["rekognition"],
    )
    assert (proposal["declared_on"], proposal["end"]["ends_on"]) == ("2020-06-10", "2021-06-10")
    assert [carve_out["organization"] for carve_out in proposal["carve_outs"]] == [
        "thorn",
        "icmec",
        "marinus",
    ]
    for quote in lead.quotes:
        assert lead.version.blocks[quote["block"]][quote["start"] : quote["end"]] == quote["text"]
        assert quote["text"] in lead.version.snapshot.text
    assert bodies.content_of(lead.version.snapshot.body).decode() == as_html(seed_article)
    # The evidence is the page as it was when the change was first seen.
    assert lead.version.snapshot.fetched_at == BEFORE + DAY


def test_the_article_appears_on_a_listing_and_the_extension_a_year_later(
    page: Page, watch: Watch, seed_article: str
) -> None:
    assert actions.check(watch, now=BEFORE).outcome == Outcome.FIRST
    assert not Lead.objects.exists()
    page.says(LISTING.replace("</main>", as_html(seed_article) + "</main>"))
    settle(watch, BEFORE + DAY)
    assert Lead.objects.filter(proposal__actor="amazon", proposal__action="announced").count() == 1
    extension = (
        "<p>Amazon said on Tuesday it will extend its moratorium on police use of Rekognition until further notice.</p>"
    )
    page.says(LISTING.replace("</main>", as_html(seed_article) + extension + "</main>"))
    settle(watch, datetime(2021, 5, 18, 12, tzinfo=UTC))
    lead = Lead.objects.get(proposal__action="made_indefinite")
    assert (lead.proposal["actor"], lead.proposal["products"], lead.proposal["end"]["kind"]) == (
        "amazon",
        ["rekognition"],
        "indefinite",
    )
    assert lead.proposal["declared_on"] == "2021-05-18"


def test_the_machine_writes_no_claim(page: Page, watch: Watch, seed_article: str) -> None:
    actions.check(watch, now=BEFORE)
    page.says(as_html(seed_article))
    settle(watch, BEFORE + DAY)
    assert Lead.objects.exists()
    assert not Commitment.objects.exists()
    assert not Term.objects.exists()


def test_the_same_bytes_again_are_unchanged_and_store_nothing(page: Page, watch: Watch, seed_article: str) -> None:
    page.says(as_html(seed_article))
    actions.check(watch, now=BEFORE)
    kept = (Body.objects.count(), Snapshot.objects.count(), Version.objects.count())
    assert actions.check(watch, now=BEFORE + DAY).outcome == Outcome.UNCHANGED
    assert (Body.objects.count(), Snapshot.objects.count(), Version.objects.count()) == kept


def test_a_check_done_twice_is_one_check(page: Page, watch: Watch, seed_article: str) -> None:
    actions.check(watch, now=BEFORE)
    page.says(as_html(seed_article))
    one, other = actions.check(watch, now=BEFORE + DAY), actions.check(watch, now=BEFORE + DAY)
    assert one == other
    assert Check.objects.count() == 2
    later = BEFORE + DAY + SECOND_LOOK
    assert actions.check(watch, now=later) == actions.check(watch, now=later)
    assert Lead.objects.filter(proposal__actor="amazon").count() == 1


def test_a_change_that_comes_and_goes_proposes_once(page: Page, watch: Watch, seed_article: str) -> None:
    for day, html in enumerate((LISTING, as_html(seed_article), LISTING)):
        page.says(html)
        settle(watch, BEFORE + day * DAY)
    # Shown again, dated the same by the page itself.
    page.says('<meta property="article:published_time" content="2020-06-10">' + as_html(seed_article))
    settle(watch, BEFORE + 3 * DAY)
    assert Lead.objects.filter(proposal__actor="amazon").count() == 1


def test_a_304_is_asked_for_with_what_the_server_said_and_is_unchanged(site: HTTPServer, amazon: Organization) -> None:
    def answer(request: Request) -> Response:
        if request.headers.get("If-None-Match") == '"v1"':
            return Response(status=304)
        return Response(LISTING, headers={"ETag": '"v1"'}, content_type="text/html")

    site.expect_request("/etag").respond_with_handler(answer)
    watch = actions.watch_page(site.url_for("/etag"), organization=amazon)
    actions.check(watch, now=BEFORE)
    again = actions.check(Watch.objects.get(pk=watch.pk), now=BEFORE + DAY)
    assert (again.outcome, again.status) == (Outcome.UNCHANGED, 304)


@pytest.mark.parametrize(
    ("html", "status", "outcome"),
    [
        (
            "<h1>Just a moment...</h1><p>Checking your browser before you go on to the site.</p>",
            200,
            Outcome.BLOCKED,
        ),
        ("<div id=root></div>", 200, Outcome.BLOCKED),
        (LISTING, 403, Outcome.BLOCKED),
        (LISTING, 500, Outcome.ERROR),
        ("", 410, Outcome.MISSING),
    ],
)
def test_a_page_behind_a_wall_is_blocked_not_changed(
    page: Page, watch: Watch, html: str, status: int, outcome: Outcome
) -> None:
    actions.check(watch, now=BEFORE)
    page.answer = Response(html, status=status, content_type="text/html")
    assert actions.check(watch, now=BEFORE + DAY).outcome == outcome
    page.says(LISTING)
    assert actions.check(watch, now=BEFORE + 2 * DAY).outcome == Outcome.UNCHANGED
    assert not Lead.objects.exists()


def test_a_picture_in_the_place_of_the_page_is_an_error_and_no_change(page: Page, watch: Watch) -> None:
    actions.check(watch, now=BEFORE)
    page.answer = Response(b"\x89PNG " + b"not words at all, said in many bytes " * 9, content_type="image/png")
    found = actions.check(watch, now=BEFORE + DAY)
    assert (found.outcome, found.reason) == (Outcome.ERROR, "not a page of text but image/png")


def test_a_gzip_bomb_is_a_recorded_error(page: Page, watch: Watch) -> None:
    page.answer = Response(
        gzip.compress(b"\0" * 40_000_000), headers={"Content-Encoding": "gzip"}, content_type="text/html"
    )
    check = actions.check(watch, now=BEFORE)
    assert check.outcome == Outcome.ERROR
    assert "decompression" in check.reason


def test_robots_txt_that_refuses_is_recorded_and_shown(silent_site: HTTPServer, amazon: Organization) -> None:
    silent_site.expect_request("/robots.txt").respond_with_data("User-agent: *\nDisallow: /\n")
    watch = actions.watch_page(silent_site.url_for("/news"), organization=amazon)
    check = actions.check(watch, now=BEFORE)
    assert (check.outcome, check.status) == (Outcome.REFUSED, None)
    assert "robots.txt" in check.reason


def test_a_site_that_cannot_say_what_it_allows_is_not_asked_and_that_is_recorded(
    silent_site: HTTPServer, amazon: Organization
) -> None:
    silent_site.expect_request("/robots.txt").respond_with_data("", status=503)
    watch = actions.watch_page(silent_site.url_for("/news"), organization=amazon)
    check = actions.check(watch, now=BEFORE)
    assert (check.outcome, check.status) == (Outcome.ERROR, None)
    assert "robots.txt cannot be reached" in check.reason
    watch.refresh_from_db()
    assert watch.next_check_at == BEFORE + timedelta(hours=6)
    assert [request.path for request, _ in silent_site.log] == ["/robots.txt"]


def test_what_is_due_is_given_to_one_worker_only(watch: Watch) -> None:
    def claimed(now: datetime) -> list[Watch]:
        return [job.watch for job in claim_due(now=now)]

    assert claimed(BEFORE) == [watch]
    assert claimed(BEFORE) == []
    assert claimed(BEFORE + LEASE) == [watch]
    give_back(claim_due(now=BEFORE + 2 * LEASE), now=BEFORE, claimed=BEFORE + 2 * LEASE)
    assert claimed(BEFORE) == [watch]


def test_a_checked_watch_is_due_again_after_its_own_time(page: Page, watch: Watch) -> None:
    actions.check(watch, now=BEFORE)
    assert claim_due(now=BEFORE + DAY - timedelta(seconds=1)) == []
    assert [job.watch for job in claim_due(now=BEFORE + DAY)] == [watch]


def test_the_task_is_a_door_to_the_same_check(page: Page, watch: Watch) -> None:
    tasks.check(watch.pk)
    assert Check.objects.get(watch=watch).outcome == Outcome.FIRST


def test_a_page_is_watched_once_however_often_it_is_asked_for(watch: Watch, page: Page) -> None:
    assert actions.watch_page(page.url + "#top") == watch


def test_a_dry_run_says_what_would_come_of_it_and_writes_nothing(page: Page, watch: Watch, seed_article: str) -> None:
    actions.check(watch, now=BEFORE)
    page.says(as_html(seed_article))
    out = StringIO()
    call_command("watch", "check", page.url, "--on", "2020-06-10", "--dry-run", stdout=out)
    assert "would be seemed changed, waits for a second look" in out.getvalue()
    assert Check.objects.count() == 1
    call_command("watch", "check", str(watch.pk), "--on", "2020-06-10", stdout=out)
    call_command("watch", "check", "--due", "--on", "2020-06-10", stdout=out)
    assert Check.objects.count() == 2
    assert "no watch is due" in out.getvalue()


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("check", "https://nowhere.example/"), "https://nowhere.example/"),
        (("check", "--due", "--on", "yesterday"), "yesterday"),
        (("check",), "--due"),
        (("add", "ftp://example.org/"), "ftp://example.org/"),
        (("add", "https://example.org/", "--organization", "nobody"), "nobody"),
    ],
)
def test_a_wrong_word_on_the_command_line_is_named(arguments: tuple[str, ...], named: str) -> None:
    with pytest.raises(CommandError, match=named):
        call_command("watch", *arguments)


def test_a_file_is_proposed_from_in_the_scorers_shape(amazon: Organization, tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "case-1.txt"
    path.write_text(
        "Amazon said on Tuesday it will extend its moratorium on police use of Rekognition until further notice."
    )
    out = StringIO()
    call_command("leads", "propose", "--published", "2021-05-18", str(path), stdout=out)
    assert '"id": "case-1", "about_commitment": true, "vendors": ["Amazon"]' in out.getvalue()
    with pytest.raises(CommandError, match="2021-02-30"):
        call_command("leads", "propose", "--published", "2021-02-30", str(path))
