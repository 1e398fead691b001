"""The checks themselves, on a page that does everything wrong: a check that finds nothing there finds nothing."""

from playwright.sync_api import Page
from pytest_httpserver import HTTPServer

from tests.browser.reading import Visit

BAD = """<!doctype html><html lang="en"><meta charset="utf-8"><title></title>
<style>
  body { background: #fff; color: #000 }
  :focus, :focus-visible { outline: none }
  .wide { width: 2000px }
  .pale { color: #888 }
</style>
<header><a href="#elsewhere">A link</a> <a href="#x">Another</a> <button>Press</button></header>
<main id="main"><h1>One</h1><h1>Two</h1>
<p class="pale wide">Grey on white</p>
<input type="text"><img src="http://127.0.0.1:1234/outside.png">
<script>console.error("something broke")</script>
</main>"""


def test_every_check_finds_what_is_wrong(scripted: Page, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data(
        BAD, status=500, content_type="text/html", headers={"Set-Cookie": "seen=1"}
    )
    with Visit(scripted, f"http://127.0.0.1:{httpserver.port}") as visit:
        found = {
            "open": visit.open("/"),
            "headings": visit.headings(),
            "skip_link": visit.skip_link(),
            "focus": visit.focus(),
            "colours": visit.colours("dark"),
            "overflow": visit.overflow(),
            "pale": visit.pale(),
            "barriers": visit.barriers(contrast=True),
            "manners": visit.manners(),
        }
    scripted.context.clear_cookies()
    assert found["open"] == ["answers 500, not 200"]
    assert found["headings"] == ["2 h1", "no title"]
    assert found["skip_link"] == [
        "the first Tab does not show the skip link",
        "the skip link does not lead to the page",
        "after the skip link, Tab goes back to the masthead",
    ]
    assert found["focus"] == [
        "<a> A link looks the same when focused",
        "<a> Another looks the same when focused",
        "<button> Press looks the same when focused",
        "<input>  looks the same when focused",
    ]
    assert found["colours"] == ["dark: ink 0 on paper 255"]
    assert any("wide" in one for one in found["overflow"])
    assert any("Grey on white" in one for one in found["pale"])
    axe = "\n".join(found["barriers"])
    assert {rule for rule in ("color-contrast", "image-alt", "label", "document-title") if rule in axe} == {
        "color-contrast",
        "image-alt",
        "label",
        "document-title",
    }
    manners = "\n".join(found["manners"])
    for fault in ("something broke", "asks http://127.0.0.1:1234/outside.png", "keeps the cookie seen"):
        assert fault in manners
