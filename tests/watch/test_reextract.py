# ruff: noqa: E501 - pages under test stay on one line
"""A better extractor over old snapshots: read anew, settled anew, and nobody hears of it."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from pytest_httpserver import HTTPServer
from werkzeug import Response

from tests.evidence.claims import a_term
from tracker.commitments.models import TermCitation
from tracker.evidence.models import Snapshot
from tracker.watch import actions
from tracker.watch.models import Check, Lead, Memory, Outcome, Version, Watch
from tracker.watch.reading.page import EXTRACTOR

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)
PAGE = "<html><body><main><h1>Our policy</h1><p>We sell cameras to towns, and say here under which terms.</p></main></body></html>"


@pytest.fixture
def watch(site: HTTPServer) -> Watch:
    """A page that was read by an older extractor, which took its headline for nothing."""
    site.expect_request("/policy").respond_with_handler(lambda _: Response(PAGE, content_type="text/html"))
    watch = actions.watch_page(site.url_for("/policy"))
    actions.check(watch, now=NOW)
    Version.objects.update(extractor="blocks-0", blocks=["We sell cameras"])
    Snapshot.objects.update(extractor="blocks-0", text="We sell cameras")
    memory = Memory.objects.get()
    memory.content["extractor"] = "blocks-0"
    memory.content["settled"]["blocks"] = memory.content["settled"]["blocks"][1:]
    memory.save()
    return watch


def reextract() -> str:
    out = StringIO()
    call_command("watch", "reextract", stdout=out)
    return out.getvalue()


def test_old_snapshots_are_read_anew_once_and_nothing_is_news(watch: Watch) -> None:
    assert "1 snapshots read anew" in reextract()
    assert "0 snapshots read anew" in reextract()
    old, new = Version.objects.order_by("pk")
    assert (old.blocks, old.snapshot) == (["We sell cameras"], new.snapshot)
    assert new.extractor == EXTRACTOR
    assert new.blocks[0] == "Our policy"
    assert Snapshot.objects.get().text.startswith("Our policy\n\nWe sell")
    assert (Check.objects.count(), Lead.objects.count()) == (1, 0)
    Watch.objects.update(etag="", answer_sha256="")
    again = actions.check(Watch.objects.select_related("source").get(), now=NOW + DAY)
    assert again.outcome == Outcome.UNCHANGED


def test_a_look_before_anybody_read_anew_is_no_news_either(watch: Watch) -> None:
    Watch.objects.update(etag="", answer_sha256="")
    again = actions.check(Watch.objects.select_related("source").get(), now=NOW + DAY)
    assert again.outcome == Outcome.UNCHANGED
    assert Memory.objects.get().content["extractor"] == EXTRACTOR


def test_a_text_that_is_cited_stays_where_the_quote_would_be_lost(watch: Watch) -> None:
    Snapshot.objects.update(text="A quote that only the older extractor saw.")
    snapshot = Snapshot.objects.get()
    TermCitation.objects.create(
        claim=a_term(), source=snapshot.source, snapshot=snapshot, quote="only the older extractor"
    )
    assert "0 snapshots read anew by" in (said := reextract())
    assert "1 kept" in said
    assert Snapshot.objects.get().text == "A quote that only the older extractor saw."
