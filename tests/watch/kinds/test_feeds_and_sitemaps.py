# ruff: noqa: E501 - a feed is read more easily when it stands as it is sent
import gzip
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.watch.kinds.entries import MOST_ENTRIES, Entry, Unreadable
from tracker.watch.kinds.registry import READERS
from tracker.watch.kinds.sitemap import is_index

URL = "https://acme.example/press/feed"
RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Acme</title>
<item><title>A &lt;em&gt;pause&lt;/em&gt; &amp;amp; a promise</title><link>/press/pause?utm_source=rss</link><guid isPermaLink="false">acme-7</guid>
<pubDate>Tue, 09 Jun 2020 20:00:00 -0700</pubDate><description>Short.</description><content:encoded><![CDATA[<p>We pause sales.</p><script>x()</script><p>For one <b>year</b>.</p>]]></content:encoded></item>
<item><title>Without an id</title><link>https://acme.example/press/two?utm_medium=x&amp;id=5</link></item>
<item><title>Hostile</title><link>javascript:alert(1)</link><guid isPermaLink="false">acme-8</guid></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://acme.example/press/"><title>Acme</title><entry><id>tag:acme.example,2020:7</id>
<title type="html">A &lt;em&gt;pause&lt;/em&gt; &amp;amp; a promise</title><link rel="alternate" href="pause"/><updated>2020-06-09T23:00:00-07:00</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>We pause sales.</p><p>For one <b>year</b>.</p></div></content></entry></feed>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": 7, "url": "pause", "title": "A pause &amp; a promise",
"content_html": "<p>We pause sales.</p><p>For one <b>year</b>.</p>", "date_published": "2020-06-09T23:00:00-07:00"}]}"""
SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc> https://acme.example/press/pause </loc><lastmod>2020-07-01T00:00:00Z</lastmod><n:news><n:publication_date>2020-06-09</n:publication_date><n:title>A pause</n:title></n:news></url>
<url><loc>https://acme.example/about</loc></url><url><loc>file:///etc/passwd</loc></url></urlset>"""


def read(kind: str, body: str | bytes, *selectors: str, charset: str = "utf-8") -> tuple[Entry, ...]:
    data = body if isinstance(body, bytes) else body.encode()
    return READERS[kind](data, content_type="application/xml", charset=charset, url=URL, selectors=selectors)


@pytest.mark.parametrize("feed", [RSS, ATOM, JSON], ids=["rss", "atom", "json"])
def test_a_feed_of_any_kind_gives_the_same_entry(feed: str) -> None:
    first = read("feed", feed)[0]
    assert (first.title, first.text) == ("A pause & a promise", "We pause sales.\n\nFor one year.")
    assert first.link.partition("?")[0] == "https://acme.example/press/pause"
    assert first.published == date(2020, 6, 9), "the evening of the 9th there is the 10th elsewhere"


def test_an_entry_keeps_its_id_or_else_its_link_without_what_tracks() -> None:
    assert [(entry.key, entry.link) for entry in read("feed", RSS)] == [
        ("acme-7", "https://acme.example/press/pause?utm_source=rss"),
        ("https://acme.example/press/two?id=5", "https://acme.example/press/two?utm_medium=x&id=5"),
        ("acme-8", ""),
    ]


@pytest.mark.parametrize(
    "body",
    [
        RSS.replace("&amp;amp;", "&nbsp;&"),
        RSS.encode().replace("—".encode(), b"\x97"),
        RSS.replace("utf-8", "utf-16").encode("utf-16"),
        RSS.replace("utf-8", "windows-1252").replace("Short", "Café").encode("cp1252"),
        RSS[: RSS.index("<item><title>Hostile")],
        "\ufeff\n" + RSS,
    ],
    ids=["stray ampersand", "wrong bytes", "utf-16", "windows-1252", "broke off", "mark and blank line"],
)
def test_a_feed_that_is_a_little_broken_is_read_all_the_same(body: str | bytes) -> None:
    assert [entry.key for entry in read("feed", body, charset="ascii")][:2] == [
        "acme-7",
        "https://acme.example/press/two?id=5",
    ]


def test_of_an_endless_feed_the_first_entries_are_read() -> None:
    item = RSS[RSS.index("<item><title>Without") : RSS.index("<item><title>Hostile")]
    found = read(
        "feed", "<rss><channel>" + "".join(item.replace("id=5", f"id={n}") for n in range(60_000)) + "</channel></rss>"
    )
    assert [found[0].key[-5:], found[-1].key[-6:], len(found)] == ["?id=0", f"id={MOST_ENTRIES - 1}", MOST_ENTRIES]


@pytest.mark.parametrize(
    ("kind", "body", "reason"),
    [
        ("feed", "<!doctype html><html><body>Not found</body></html>", "not a feed but a web page"),
        ("feed", SITEMAP, "not a feed but a sitemap"),
        ("feed", "/etc/passwd", "not a feed: neither XML nor JSON"),
        ("feed", '{"error": "rate limit"}', "JSON, but not a JSON Feed"),
        ("feed", "[" * 1_000_000, "broken JSON"),
        ("feed", " ", "an empty answer"),
        ("feed", b"<rss>" + b" " * 12_000_000, "too large"),
        ("feed", "<rss><channel>" + "<a>" * 3_000_000, "elements nested more than 100 deep"),
        ("feed", '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><channel>&b;</channel></rss>', "it declares XML entities"),
        ("feed", '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss>&a;</rss>', "it declares XML entities"),
        ("feed", "<rss><channel>&x " + "<a>" * 400_000, "broken XML"),
        ("sitemap", RSS, "not a sitemap but a feed"),
        ("sitemap", "<!doctype html><p>Hello", "not a sitemap but a web page"),
        ("sitemap", SITEMAP[:-20], "broken XML"),
        ("sitemap", gzip.compress(b"<" + b" " * 40_000_000, 1), "too large"),
        ("sitemap", b"\x1f\x8b\x08nonsense", "its gzip is broken"),
        ("listing", b"%PDF-1.7", "not a page of text"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_has_a_reason_in_words(kind: str, body: str | bytes, reason: str) -> None:
    data = body if isinstance(body, bytes) else body.encode()
    with pytest.raises(Unreadable) as refusal:
        READERS[kind](data, content_type="application/pdf", charset="utf-8", url=URL)
    assert refusal.value.reason.startswith(reason)


def test_a_sitemap_lists_its_addresses_packed_or_plain() -> None:
    expected = [
        ("https://acme.example/press/pause", "A pause", date(2020, 6, 9)),
        ("https://acme.example/about", "", None),
    ]
    for body in (SITEMAP.encode(), gzip.compress(SITEMAP.encode())):
        assert [(entry.key, entry.title, entry.published) for entry in read("sitemap", body)] == expected
    assert [entry.key for entry in read("sitemap", SITEMAP, "/press/")] == [expected[0][0]]
    assert [entry.key for entry in read("sitemap", "https://acme.example/a\nhttps://acme.example/b\n")] == [
        "https://acme.example/a",
        "https://acme.example/b",
    ]


def test_an_index_lists_sitemaps_and_is_told_from_one() -> None:
    index = "<sitemapindex><sitemap><loc>https://acme.example/press.xml.gz</loc><lastmod>2020-06-09</lastmod></sitemap></sitemapindex>"
    assert [(entry.link, entry.published) for entry in read("sitemap", index)] == [
        ("https://acme.example/press.xml.gz", date(2020, 6, 9))
    ]
    assert is_index(index.encode())
    assert not is_index(SITEMAP.encode())


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["", "<rss><channel><item>", "<feed><entry>", "<urlset><url>", "{", "<html><body><ul><li><a href='"]), st.binary(max_size=200) | st.text(max_size=80).map(lambda text: text.encode("utf-8", "replace")))  # fmt: skip
def test_no_bytes_at_all_do_more_than_to_be_unreadable(start: str, body: bytes) -> None:
    for reader in READERS.values():
        try:
            found = reader(start.encode() + body, content_type="text/html", charset="utf-8", url=URL)
        except Unreadable:
            continue
        assert all(entry.key and "\0" not in entry.title + entry.text for entry in found)
