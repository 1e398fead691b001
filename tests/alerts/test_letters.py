"""What a mail says, and what it never contains."""

import re

import pytest

from tests.alerts.conftest import (
    FURTHER_NOTICE,
    Follow,
    Postbox,
    World,
    day,
    html,
    links,
    run,
    text,
    unsubscribe_address,
)
from tracker.commitments.actions import Excepted, Subject, announce
from tracker.commitments.models import Commitment
from tracker.dates import PartialDate
from tracker.organizations.models import Organization

pytestmark = pytest.mark.django_db

EXPECTED = """\
Amazon announced “One-year moratorium on police use of Rekognition” on 10 June 2020.
It runs out on 10 June 2021, in 90 days.
We computed that date from the length that was given; no source states it.
Unless it is renewed, it lapses then.

“For one year the police may not use our face recognition.”
Source: Amazon
https://www.aboutamazon.com/news/moratorium

Terms, evidence and changes:
https://watch.example.org/commitments/amazon-rekognition-police-moratorium/

--
You follow Amazon on Watchback.
"""


def test_a_warning_says_who_what_and_when_with_the_sentence_that_proves_it(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    follow("organization", world.amazon, since="2021-01-01")
    world.moratorium()
    run("2021-03-12")
    (message,) = postbox.messages
    assert text(message).startswith(EXPECTED)
    assert len(re.sub(r"https?://\S+", "", text(message)).split()) < 200
    assert message["Auto-Submitted"] == "auto-generated"


def test_a_mail_has_no_image_and_nothing_that_tells_us_it_was_opened(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    follow("organization", world.amazon)
    world.moratorium()
    run("2020-06-10")
    page = html(postbox.messages[0])
    assert "One-year moratorium" in page
    assert not re.search(r"<(img|link|script|iframe|object)|url\(|src=", page)
    addresses = set(re.findall(r'href="([^"]+)"', page))
    assert {address.split("/")[2] for address in addresses} == {"watch.example.org", "www.aboutamazon.com"}


def test_the_two_headers_of_rfc_8058_are_there_and_lead_to_the_link_in_the_text(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    follow("organization", world.amazon)
    world.moratorium()
    run("2020-06-10")
    (message,) = postbox.messages
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    (path,) = [path for path in links(message) if "unsubscribe" in path]
    assert unsubscribe_address(message) == f"<https://watch.example.org{path}>"


def test_a_title_with_line_breaks_and_markup_adds_no_header_and_no_element(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    follow("everything")
    commitment = world.moratorium().commitment
    Commitment.objects.filter(pk=commitment.pk).update(title="Ban\r\nBcc: all@example.org\n\n<b>now</b>\x1b\u2028x")
    run("2020-06-10")
    (message,) = postbox.messages
    assert message["Bcc"] is None
    assert message["Subject"] == "Announced: Ban Bcc: all@example.org <b>now</b> x"
    assert "<b>now</b>" not in html(message)


def test_the_carve_outs_are_named(world: World, follow: Follow, postbox: Postbox) -> None:
    follow("everything")
    thorn = Organization.objects.create(role="body", kind="nonprofit", slug="thorn", name="Thorn")
    announce(
        world.amazon,
        Subject("A pause", "a-pause", "moratorium"),
        declared_on=PartialDate.parse("2020-06"),
        end=FURTHER_NOTICE,
        evidence=world.proof("We pause."),
        published_on=day("2020-06-20"),
        carve_outs=[Excepted(thorn), Excepted(words="missing persons")],
    )
    run("2020-06-20")
    words = text(postbox.messages[0])
    assert "Amazon announced “A pause” in June 2020." in words
    assert "Excepted: Thorn; missing persons." in words
    assert "until further notice: no date is given" in words
