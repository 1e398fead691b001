"""What the catalogue says is watched: read, loaded, kept beside what editors do, written back."""

# ruff: noqa: E501 - a message stays on one line

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.catalogue.conftest import SMALL
from tracker.catalogue.actions import load
from tracker.catalogue.catalogue import DATA, read_catalogue
from tracker.catalogue.dumping import dump
from tracker.evidence.models import Source
from tracker.organizations.models import Organization
from tracker.watch.actions import watch_page
from tracker.watch.models import Check, Watch

DAY, NEXT = date(2026, 9, 1), date(2026, 9, 2)
Edit = Callable[[str, str], None]
FIRST = "  evidence: [statement]\nagencies:"
WATCHES = """\
  evidence: [statement]
  watches:
  - url: https://acme.example/news/
    kind: listing
    title: Acme news
    every: 6h
    selectors: [.news, '#more']
    note: Also in French.
  - url: https://acme.example/stop
agencies:"""
NEWS = "https://acme.example/news"


@pytest.fixture
def watched(folder: Path, edit: Edit) -> Path:
    """The small catalogue, whose vendor has a newsroom and a statement that is a source, too."""
    edit(FIRST, WATCHES)
    return folder


def watch(url: str = NEWS) -> Watch:
    return Watch.objects.select_related("source").get(source__normalised_url=url)


@pytest.mark.django_db
def test_a_watch_of_the_file_is_one_of_the_vendor_and_unverified(watched: Path) -> None:
    load(watched, on=DAY)
    news = watch()
    assert (news.organization, news.verified, news.state) == (Organization.objects.get(slug="acme"), False, "active")
    assert (news.kind, news.every, news.selectors) == ("listing", timedelta(hours=6), [".news", "#more"])
    source = news.source
    assert (source.kind, source.title, source.publisher) == ("official", "Acme news", "Acme, Inc.")
    assert (source.title_is_description, source.note) == (True, "Also in French.")
    assert watch("https://acme.example/stop").source == Source.objects.get(slug="statement")
    assert dump(watched).written == []


@pytest.mark.django_db
def test_loading_again_keeps_what_the_watch_has_come_to(watched: Path, edit: Edit) -> None:
    load(watched, on=DAY)
    now = datetime(2026, 9, 1, tzinfo=UTC)
    Watch.objects.update(verified=True, etag='"7"', next_check_at=now)
    edit("# The first one.", "# Another comment.")
    assert load(watched, on=NEXT).changes == []
    edit("    every: 6h\n", "")
    assert load(watched, on=NEXT).changes == ["vendors/acme: watches"]
    assert (watch().every, watch().verified, watch().etag) == (timedelta(days=1), True, '"7"')


@pytest.mark.django_db
def test_what_an_editor_does_with_one_watch_stays_and_keeps_no_other_from_being_loaded(
    folder: Path, edit: Edit
) -> None:
    acme = "https://acme.example/"
    load(folder, on=DAY)
    added = watch_page(acme + "own", organization=Organization.objects.get(slug="acme"), title="Found by an editor")
    edit(FIRST, WATCHES)
    assert load(folder, on=NEXT).conflicts == []
    assert set(Watch.objects.values_list("source__normalised_url", flat=True)) == {acme + "own", NEWS, acme + "stop"}
    Watch.objects.filter(source__normalised_url=NEWS).update(every=timedelta(hours=1), state="paused")
    edit("every: 6h", "every: 12h")
    assert [told.partition(": ")[2] for told in load(folder, on=NEXT).conflicts] == [
        "vendors/acme: “watches” was changed in the file and on the site; the site's value stays"
    ]
    assert (watch().every, watch().state) == (timedelta(hours=1), "paused")
    dump(folder)
    written = (folder / "small.yaml").read_text()
    assert "title: Found by an editor" in written
    assert "    every: 1h\n    selectors: ['.news', '#more']\n    paused: true\n" in written.replace(
        "[.news,", "['.news',"
    )
    assert Watch.objects.get(pk=added.pk).source.title_is_description is False
    assert load(folder, on=NEXT).changes == []


@pytest.mark.django_db
def test_a_watch_that_leaves_the_file_rests_if_it_has_seen_something_and_goes_if_not(watched: Path, edit: Edit) -> None:
    load(watched, on=DAY)
    Check.objects.create(watch=watch(), at=datetime(2026, 9, 1, tzinfo=UTC), outcome="first")
    edit(WATCHES, FIRST)
    load(watched, on=NEXT)
    assert list(Watch.objects.values_list("source__normalised_url", "state")) == [(NEWS, "paused")]


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("kind: listing", "kind: listings", 5, "“listings” is no kind; did you mean “listing”?"),
        ("every: 6h", "every: hourly", 7, "“every” is “hourly”; write a number and a unit: 30m, 6h, 1d or 2w"),
        ("    title: Acme", "    titel: Acme", 6, "“titel” is no key of a watch; did you mean “title”?"),
        ("url: https://acme.example/stop", "kind: feed", 10, "a watch has no “url”; add the address"),
        ("acme.example/stop", "acme.example/news", 10, "https://acme.example/news is watched twice; keep one of them"),
        ("kind: listing", "kind: sitemap", 8, "a selector of a sitemap is no path; write how the path begins: /newsroom/"),
        ("example/stop\nagencies", "example/stop\n    title: Stop\nagencies", 3,
         "the watch of https://acme.example/stop has a title or a note, and so has the source “statement”; leave them to the source"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(watched: Path, edit: Edit, old: str, new: str, line: int, told: str) -> None:
    start = SMALL[: SMALL.index(FIRST)].count("\n")
    edit(old, new)
    problems = [str(problem) for problem in read_catalogue(watched).problems]
    assert problems == [f"small.yaml:{start + line - 1}: {told}"]


def test_every_vendor_that_promised_or_serves_somebody_is_watched() -> None:
    catalogue = read_catalogue(DATA)
    acting = {record.content["actor"] for record in catalogue if record.section == "commitments"}
    acting |= {record.content["vendor"] for record in catalogue if record.section == "partnerships"}
    vendors = catalogue.of("vendors")
    assert [slug for slug in sorted(acting & vendors.keys()) if not vendors[slug].content.get("watches")] == []
