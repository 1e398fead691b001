# ruff: noqa: E501 - sentences under test stay on one line
import pytest

from tracker.watch.reading.compare import difference
from tracker.watch.reading.page import read
from tracker.watch.reading.text import blocks_of
from tracker.watch.reading.unusable import unusable

ARTICLE = "<h1>Police use of face recognition</h1><p>We never sold the programme to police departments in this country, and will not.</p>"
PROMISE = "The pause on sales to police lasts until 10 June 2021, the company said in a statement to the press on Wednesday evening."


def page(extra: str, *, before: str = "") -> tuple[str, ...]:
    return blocks_of(
        f"<html><body><nav><a href=/>Home</a></nav><main>{before}{ARTICLE}{extra}</main><footer>Imprint</footer></body></html>"
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>Generated at 2026-11-23 20:11:09 UTC</p>", "<p>Generated at 2026-11-24 03:45:59 UTC</p>"),
        ("<p>Last updated: Monday, 3 June 2021</p>", "<p>Last updated: Tuesday, 4 June 2021</p>"),
        ("<p>12,345 visitors</p>", "<p>12,399 visitors</p>"),
        ("<p>Posted 3 hours ago</p>", "<p>Posted 2 days ago</p>"),
        ("<p>© 2025 Acme Corp</p>", "<p>© 2026 Acme Corp</p>"),
        (
            '<form><input name="csrf" value="a1b2c3"><button>Go</button></form>',
            '<form><input name="csrf" value="ffee99"><button>Go</button></form>',
        ),
        (
            "<p>Session 9f86d081884c7d659a2feaa0c55ad015</p>",
            "<p>Session 60303ae22b998861bce3b28f33eec1be</p>",
        ),
        ('<script nonce="abc">1</script>', '<script nonce="xyz">2</script>'),
        (
            '<p>See <a href="/p?sid=1">the longer page about all of it here</a></p>',
            '<p>See <a href="/p?sid=2">the longer page about all of it here</a></p>',
        ),
        (
            "<ul><li>One thing of note</li><li>Another thing of note</li></ul>",
            "<ul><li>Another thing of note</li><li>One thing of note</li></ul>",
        ),
        (
            "<!-- build 1 --><div class=a1>Some text of ours.</div>",
            "<!-- build 2 --><div class=b7>Some   text\nof ours.</div>",
        ),
        ("<p>First half, and second half.</p>", "<p>First half,</p><p>and second half.</p>"),
        ("<aside aria-label=x><nav>a</nav></aside>", "<nav>b</nav>"),
    ],
)
def test_noise_is_no_change(one: str, other: str) -> None:
    assert not difference(page(one), page(other))
    assert not difference(page(other), page(one))


def test_a_moved_block_is_no_change() -> None:
    assert not difference(page(f"<p>{PROMISE}</p>"), page("", before=f"<p>{PROMISE}</p>"))


def test_a_new_paragraph_is_a_change_with_its_place() -> None:
    found = difference(page(""), page(f"<p>{PROMISE}</p>"))
    assert [(added.index, added.text) for added in found.added] == [(2, PROMISE)]
    assert found.removed == ()


def test_a_paragraph_taken_away_is_a_change() -> None:
    found = difference(page(f"<p>{PROMISE}</p>"), page(""))
    assert found.removed == (PROMISE,)
    assert found.added == ()


@pytest.mark.parametrize(("word", "other"), [("2021", "2022"), ("police", "agencies"), ("lasts", "lasted")])
def test_one_word_of_a_sentence_is_a_change(word: str, other: str) -> None:
    found = difference(page(f"<p>{PROMISE}</p>"), page(f"<p>{PROMISE.replace(word, other)}</p>"))
    assert [added.text for added in found.added] == [PROMISE.replace(word, other)]
    assert found.removed == (PROMISE,)


@pytest.mark.parametrize(
    ("status", "html", "verdict"),
    [
        (200, ARTICLE, "page"),
        (404, "<h1>Not found</h1>", "gone"),
        (410, "", "gone"),
        (500, "<h1>Oops</h1>", "error"),
        (403, ARTICLE, "blocked"),
        (503, "", "blocked"),
        (
            200,
            "<h1>Just a moment...</h1><p>Checking your browser before accessing the site.</p>",
            "blocked",
        ),
        (200, "<div id=root></div><script src=app.js></script>", "blocked"),
        (200, "<p>You need to enable JavaScript to run this app.</p>", "blocked"),
        (
            200,
            "<h1>Down for maintenance</h1><p>We will be back shortly, thank you for your patience.</p>",
            "blocked",
        ),
        (
            200,
            "<h1>Sign in to continue</h1><p>Please sign in to read this page of ours.</p>",
            "blocked",
        ),
        (
            200,
            "<h1>Before you continue</h1><p>We and our 800 partners use cookies for many things.</p>",
            "blocked",
        ),
        (200, "<h1>404</h1><p>The page could not be found on this server of ours.</p>", "blocked"),
        (
            200,
            "<p>" + "The vendor says its captcha keeps the police out of the archive. " * 20 + "</p>",
            "page",
        ),
    ],
)
def test_a_wall_is_blocked_and_never_a_page(status: int, html: str, verdict: str) -> None:
    found = unusable(read(html, "text/html"), status=status)
    assert (found.kind if found else "page") == verdict


def test_scripts_hidden_text_and_menus_are_not_read() -> None:
    html = (
        "<body><script>evil()</script><style>p{}</style><div hidden>no</div><p style='display: none'>no</p><div aria-hidden=true>no</div>"
        "<ul class='main-menu'><li>no</li></ul><div role=navigation>no</div><p>yes <b>it</b> is</p><svg><text>no</text></svg></body>"
    )
    assert blocks_of(html) == ("yes it is",)


@pytest.mark.parametrize(
    "html",
    ["<div>" * 200_000 + "x", "<b>" * 500_000, "<table>" * 50_000, "", "\x00\x01", "</p></p>", "<" * 50_000],
)
def test_broken_and_endlessly_nested_pages_are_read_without_harm(html: str) -> None:
    assert len(blocks_of(html)) <= 1


def test_plain_text_keeps_paragraphs_and_joins_wrapped_lines() -> None:
    text = (
        "A heading\n\nThe first line of a paragraph that was wrapped by\nsomebody at sixty columns.\n\n- one\n- two\n"
    )
    assert blocks_of(text, "text/plain") == (
        "A heading",
        "The first line of a paragraph that was wrapped by somebody at sixty columns.",
        "- one",
        "- two",
    )
