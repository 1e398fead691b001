# ruff: noqa: E501 - a page is read more easily when it stands as it is sent
from collections.abc import Callable

import pytest

from tests.watch.kinds.newsrooms import BASE, LAYOUTS, RELEASES, TEASER, UNDATED, cards_with_categories_and_read_more
from tracker.watch.kinds.entries import Entry, Unreadable
from tracker.watch.kinds.listing import entries


def read(page: bytes, *selectors: str, url: str = BASE) -> tuple[Entry, ...]:
    return entries(page, content_type="text/html", charset="utf-8", url=url, selectors=selectors)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_a_newsroom_of_any_build_lists_its_releases_and_nothing_else(layout: Callable[[], bytes]) -> None:
    found = read(layout())
    assert [entry.title for entry in found] == [title for _, title, _ in RELEASES]
    if layout not in UNDATED:
        assert [entry.published for entry in found] == [day for _, _, day in RELEASES]


def test_what_a_listing_says_of_an_entry_is_its_teaser_alone() -> None:
    first = read(cards_with_categories_and_read_more())[0]
    assert (first.text, first.link) == (TEASER, f"https://www.acme.example/newsroom/{RELEASES[0][0]}")
    assert first.key == first.link


def test_a_page_without_a_listing_names_nothing() -> None:
    policy = "<p>We answer requests of the police as <a href='/legal/process-guide-for-police'>our guide for the police</a> says.</p>"
    assert (
        read(
            f"<html><body><nav>{'<a href=/a>A menu</a>' * 9}</nav><main><h1>Policy</h1>{policy * 2}</main></body></html>".encode()
        )
        == ()
    )
    assert read(b"<html><body><div id=root></div><script>render()</script></body></html>") == ()


def test_only_addresses_that_can_be_followed_are_listed() -> None:
    hrefs = ("javascript:open(1)", "data:text/html,x", "https://me:secret@www.acme.example/newsroom/a", "mailto:press@acme.example",
             "https://elsewhere.example/newsroom/about-acme", "//www.acme.example:0/newsroom/x", "http://[bad/newsroom/x")  # fmt: skip
    extra = "".join(
        f"<li>June 1, 2020 <a href='{href}'>A headline about the company and the police</a></li>" for href in hrefs
    )
    found = read(LAYOUTS[0]().replace(b"</ul></main>", extra.encode() + b"</ul></main>"))
    assert [entry.title for entry in found] == [title for _, title, _ in RELEASES]


def test_selectors_choose_what_is_read() -> None:
    page = LAYOUTS[0]().replace(b"<main>", b"<main><div id=side><p><a href=/newsroom/short>Short one</a></p></div>")
    assert [entry.title for entry in read(page, "#side")] == ["Short one"]
    with pytest.raises(Unreadable, match="a selector that cannot be read"):
        read(page, "div[")


def test_ten_megabytes_of_nested_tags_are_over_in_seconds() -> None:
    with pytest.raises(Unreadable, match="too large"):
        read(b"<div>" * 2_000_000)
    assert read(b"<ul>" + b"<div>" * 1_000_000 + b"<a href=/newsroom/x>A headline that is long enough</a>") == ()
