"""What the front page leads to, its masthead and footer included, is there."""

from urllib.parse import urldefrag

import requests
from playwright.sync_api import Page

HREFS = "links => links.map(link => link.getAttribute('href')).filter(href => /^[/#]/.test(href))"


def test_no_link_of_the_front_page_leads_nowhere(site: str, scripted: Page) -> None:
    scripted.goto(site + "/")
    hrefs = scripted.locator("a").evaluate_all(HREFS)
    paths = sorted({urldefrag(href).url for href in hrefs} - {""})
    assert len(paths) > 20
    answers = {path: requests.get(site + path, timeout=20).status_code for path in paths}
    assert {path: status for path, status in answers.items() if status != 200} == {}
    names = [href for href in hrefs if href.startswith("#") and not scripted.locator(f"[id='{href[1:]}']").count()]
    assert names == []
