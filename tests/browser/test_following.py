"""A reader follows a vendor by mail, in a browser with JavaScript switched off."""

import re
from secrets import token_hex

from playwright.sync_api import Page

from tests.browser.reading import Visit
from tracker.local.story.stage import Mailbox, text_of


def test_a_reader_follows_amazon_without_javascript(site: str, scriptless: Page, mailbox: Mailbox) -> None:
    address = f"reader-{token_hex(3)}@example.org"  # how often one address may ask is limited
    with Visit(scriptless, site) as visit:
        assert not visit.open("/vendors/amazon/")
        scriptless.get_by_label("Tell me when Amazon").fill(address)
        scriptless.get_by_role("button", name="Follow by e-mail").click()
        assert visit.heading() == "Look into your mail"

        (mail,) = mailbox.new()
        assert mail["To"] == address
        link = re.search(r"https?://\S+/confirm/\S+", text_of(mail))
        assert link is not None, text_of(mail)
        assert link[0].startswith(site)
        scriptless.goto(link[0])
        assert re.fullmatch(r"Follow Amazon.*\?", visit.heading())
        scriptless.get_by_role("button", name="Yes, follow").click()
        assert visit.heading().startswith("You follow Amazon")

        scriptless.get_by_role("link", name="What you follow").click()
        assert visit.heading() == "What you follow"
        assert address in visit.text()
        followed = scriptless.locator("section", has=scriptless.get_by_role("heading", name="You follow"))
        assert followed.get_by_role("heading", level=3).all_inner_texts() == ["Amazon.com, Inc."]

        scriptless.get_by_label("in one mail a week").check()
        scriptless.get_by_label("90 days before").uncheck()
        followed.get_by_role("button", name="Save").click()
        assert scriptless.get_by_label("in one mail a week").is_checked()
        scriptless.get_by_label("Time zone").select_option("America/Chicago")
        scriptless.get_by_label("Hour").select_option("18")
        scriptless.locator("section", has=scriptless.get_by_label("Hour")).get_by_role("button", name="Save").click()
        assert scriptless.get_by_label("in one mail a week, on Mondays at 18:00").is_checked()
        assert not scriptless.get_by_label("90 days before").is_checked()
        problems = visit.overflow() + visit.manners()
        assert not problems, "\n".join(problems)
        assert mailbox.new() == [], "one mail is all that is sent for one confirmation"
