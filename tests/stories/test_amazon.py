"""The first case and the test of the whole: Amazon's moratorium, from the announcement to the mail that it moved."""

from collections.abc import Callable
from datetime import date
from email.message import EmailMessage
from typing import Any

import pytest
import requests
from django.apps import apps
from django.db import connection
from pytest_django.live_server_helper import LiveServer

from tests.conftest import shared
from tracker.commitments.models import Commitment, Term
from tracker.local.story import texts
from tracker.local.story.acts import Play
from tracker.local.story.cast import assemble
from tracker.local.story.stage import text_of

BEFORE, ANNOUNCED, EXTENDED = date(2020, 6, 9), date(2020, 6, 10), date(2021, 5, 18)
PAGE, UPDATE = "/news/rekognition", "/news/rekognition-update"
IGNORED = ("django_session", "django_migrations")


def rows() -> dict[str, int]:
    """How many rows each table has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_stat_user_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall() if name not in IGNORED]
        counts = {}
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            counts[table] = cursor.fetchone()[0]
    return counts


def twice(step: Callable[..., Any], *arguments: Any) -> Any:
    """Do a step, then do it again: the second time changes no row. Returns what the first brought."""
    came = step(*arguments)
    before = rows()
    again = step(*arguments)
    assert rows() == before, f"{step.__name__} did something the second time"
    if isinstance(came, list) and came and isinstance(came[0], EmailMessage):
        assert again == [], f"{step.__name__} sent mail the second time"
    return came


def headline(site: LiveServer, slug: str, on: date) -> dict[str, Any]:
    answer = requests.get(f"{site.url}/api/v1/commitments/{slug}", params={"on": on.isoformat()}, timeout=10)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def page(site: LiveServer, slug: str, on: date) -> str:
    answer = requests.get(f"{site.url}/commitments/{slug}/", params={"on": on.isoformat()}, timeout=10)
    assert answer.status_code == 200
    return answer.text


def test_amazons_moratorium_is_noticed_accepted_warned_of_and_moved(play: Play, live_server: LiveServer) -> None:
    article = texts.paragraphs(shared(texts.SEED))
    amazon = assemble().amazon

    # A reader follows Amazon; an editor has its page watched, where there is nothing yet.
    asked = play.subscribe(amazon, BEFORE)
    assert "Amazon" in text_of(asked)
    play.watch(PAGE, amazon)
    assert twice(play.look, PAGE, BEFORE).outcome == "missing"
    assert play.day(BEFORE) == []

    # The article appears. The worker finds it, and proposes what it says with the sentences that say so.
    play.announcements.publish(PAGE, article[1], article[2:])
    found = twice(play.look, PAGE, ANNOUNCED)
    assert found.outcome == "changed", found.reason
    lead = play.inbox()[0]
    proposal = lead.proposal
    assert (proposal["actor"], proposal["products"]) == ("amazon", ["rekognition"])
    assert (proposal["kind"], proposal["action"]) == ("moratorium", "announced")
    assert (proposal["declared_on"], proposal["end"]["ends_on"]) == ("2020-06-10", "2021-06-10")
    assert [one["organization"] for one in proposal["carve_outs"]] == ["thorn", "icmec", "marinus"]
    blocks = lead.version.blocks
    for quote in lead.quotes:
        assert blocks[quote["block"]][quote["start"] : quote["end"]] == quote["text"]
    assert any("one-year moratorium" in quote["text"] for quote in lead.quotes)
    assert Commitment.objects.count() == 0, "a machine proposes; it never publishes"

    # The editor accepts with one press; the fact is public, with its end, its carve-outs and its proof.
    term = play.accept(lead, ANNOUNCED)
    slug = term.commitment.slug
    assert term.citations.filter(quote__contains="one-year moratorium", snapshot__isnull=False).exists()
    assert apps.get_model("commitments", "TermEvent").objects.filter(pgh_obj=term).count() == 1
    told = headline(live_server, slug, ANNOUNCED)
    assert (told["state"], told["end"]["kind"], told["end"]["ends_on"]) == ("in_force", "fixed", "2021-06-10")
    assert told["carve_outs"] == [
        "Thorn",
        "International Center for Missing and Exploited Children",
        "Marinus Analytics",
    ]
    assert told["evidence"] == [play.announcements.url(PAGE)]
    assert headline(live_server, slug, BEFORE)["state"] == "not_yet_made"
    assert "Thorn" in page(live_server, slug, ANNOUNCED)

    # She is told of it, and 90 and 30 days before its end; on no other day.
    (news,) = twice(play.day, ANNOUNCED)
    assert "one-year moratorium" in text_of(news).lower()
    assert twice(play.day, date(2021, 3, 11)) == []
    (ninety,) = twice(play.day, date(2021, 3, 12))
    assert "90 days" in text_of(ninety)
    assert "10 June 2021" in text_of(ninety)
    assert headline(live_server, slug, date(2021, 3, 12))["expiring"] is True
    assert play.day(date(2021, 5, 10)) == []
    (thirty,) = twice(play.day, date(2021, 5, 11))
    assert "30 days" in text_of(thirty)

    # Amazon extends it until further notice: one mail that the date moved, and no warning of the old date.
    play.watch(UPDATE, amazon)
    play.look(UPDATE, date(2021, 5, 17))
    play.announcements.publish(UPDATE, "Amazon extends its moratorium", texts.EXTENSION)
    play.look(UPDATE, EXTENDED)
    (extension,) = [lead for lead in play.inbox() if lead.proposal["action"] == "made_indefinite"]
    assert extension.proposal["end"]["kind"] == "indefinite"
    extended = play.accept(extension, EXTENDED)
    assert extended.commitment_id == term.commitment_id
    (moved,) = twice(play.day, EXTENDED)
    assert "10 June 2021" in text_of(moved)
    for quiet in (date(2021, 6, 3), date(2021, 6, 9), date(2021, 6, 10), date(2021, 6, 11)):
        assert twice(play.day, quiet) == []
    told = headline(live_server, slug, date(2021, 6, 10))
    assert (told["state"], told["end"]["kind"], told["end"]["ends_on"]) == ("in_force", "indefinite", None)
    assert headline(live_server, slug, date(2021, 5, 17))["end"]["ends_on"] == "2021-06-10"

    # One click ends it: no cookie, no page (RFC 8058); a mail scanner's GET changes nothing.
    assert moved["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = moved["List-Unsubscribe"].strip().strip("<>")
    here = live_server.url + "/" + link.split("/", 3)[3]
    assert requests.get(here, timeout=10).status_code == 200
    assert amazon.followers.filter(ended_on=None).count() == 1
    one_click = {"List-Unsubscribe": "One-Click"}
    assert requests.post(here, data=one_click, timeout=10, allow_redirects=False).status_code == 200
    assert requests.post(here, data=one_click, timeout=10, allow_redirects=False).status_code == 200
    assert amazon.followers.filter(ended_on=None).count() == 0
    assert len({mail["Message-ID"] for mail in (news, ninety, thirty, moved)}) == 4


def test_a_lead_is_accepted_once(play: Play) -> None:
    amazon = assemble().amazon
    play.watch(PAGE, amazon)
    play.look(PAGE, BEFORE)
    play.announcements.publish(PAGE, "Amazon pauses Rekognition for police", texts.MORATORIUM)
    play.look(PAGE, ANNOUNCED)
    lead = play.inbox()[0]
    play.accept(lead, ANNOUNCED)
    with pytest.raises(Exception, match="accepted"):
        play.accept(lead, ANNOUNCED)
    assert Term.objects.count() == 1
