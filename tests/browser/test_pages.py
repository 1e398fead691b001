"""Every kind of page in a real browser: on a phone and a desk, light and dark, by keyboard, without JavaScript."""

import pytest
from playwright.sync_api import Page

from tests.browser.pages import PAGES, Address
from tests.browser.reading import WIDTHS, Visit

CLOSER = ((375, "dark"), (1280, "light"))  # axe-core is slow


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_a_page_holds_for_every_reader(address: Address, site: str, scripted: Page, scriptless: Page) -> None:
    with Visit(scripted, site) as visit:
        problems = visit.open(address.path, address.status)
        problems += visit.headings()
        text = visit.text()
        problems += visit.skip_link() + visit.focus()
        for width in WIDTHS:
            for scheme in ("light", "dark"):
                found = visit.colours(scheme) + visit.width(width) + visit.pale()
                if (width, scheme) in CLOSER:
                    found += visit.barriers(contrast=scheme == "light")
                problems += [f"{width} px, {scheme}: {one}" for one in found]
        problems += visit.manners()
    with Visit(scriptless, site) as plain:
        problems += plain.open(address.path, address.status)
        if plain.text() != text:
            problems.append("reads differently without JavaScript")
        problems += plain.manners()
    assert not problems, "\n".join([address.path, *problems])
