"""`manage.py story`: Amazon's case from the announcement to the mail that the date moved, played in the terminal."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

import requests
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console

from tracker.local.story import texts
from tracker.local.story.cast import assemble
from tracker.local.story.scratch import Performance, performance
from tracker.local.story.telling import Teller

BEFORE, ANNOUNCED, EXTENDED = date(2020, 6, 9), date(2020, 6, 10), date(2021, 5, 18)
PAGE, UPDATE = "/news/rekognition", "/news/rekognition-update"


class Command(BaseCommand):
    help = "Play the first case, Amazon's moratorium, step by step on a scratch database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--article", type=Path, help="a text to announce instead, paragraphs parted by blank lines")

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console()
        article = options["article"]
        if article is not None and not article.is_file():
            raise CommandError(f"{article}: there is no such file")
        announced = texts.paragraphs(article) if article else texts.article() or texts.MORATORIUM
        with console.status("Making a scratch database …") as status, performance() as staged:
            status.stop()
            play(staged, Teller(console, staged.site), announced)
        console.print("\nThe scratch database is gone.")


def play(staged: Performance, tell: Teller, announced: list[str]) -> None:
    """All acts, in order."""
    slug = _announcement(staged, tell, announced)
    _warnings(staged, tell, slug)
    link = _extension(staged, tell, slug)
    _silence(staged, tell, slug)
    answer = requests.post(link, data={"List-Unsubscribe": "One-Click"}, timeout=10)
    tell.say(f"She unsubscribes with one click: POST … → {answer.status_code}")


def _announcement(staged: Performance, tell: Teller, announced: list[str]) -> str:
    amazon = assemble().amazon
    tell.day(BEFORE)
    tell.mails([staged.play.subscribe(amazon, BEFORE)])
    tell.say(f"{staged.play.reader} opens the link and confirms: she follows Amazon.")
    staged.play.watch(PAGE, amazon)
    tell.say(f"The worker looks at a watched page of Amazon: {staged.play.look(PAGE, BEFORE).outcome}.")
    tell.day(ANNOUNCED)
    staged.play.announcements.publish(PAGE, "Amazon and police use of Rekognition", announced)
    check = staged.play.look(PAGE, ANNOUNCED)
    tell.say(f"The page appears. The worker looks, and once more ten minutes later: {check.outcome} ({check.reason}).")
    lead = staged.play.inbox()[0]
    tell.lead(lead)
    term = staged.play.accept(lead, ANNOUNCED)
    quotes, carve_outs = term.citations.count(), term.carve_outs.count()
    tell.say(f"The editor accepts. Published: the term, with {quotes} × quoted and {carve_outs} × excepted.")
    tell.page(term.commitment.get_absolute_url(), ANNOUNCED)
    tell.mails(staged.play.day(ANNOUNCED))
    return term.commitment.slug


def _warnings(staged: Performance, tell: Teller, slug: str) -> None:
    for on in (date(2021, 3, 11), date(2021, 3, 12), date(2021, 5, 11)):
        tell.day(on)
        tell.page(f"/commitments/{slug}/", on)
        tell.mails(staged.play.day(on))


def _extension(staged: Performance, tell: Teller, slug: str) -> str:
    """Returns the link that ends the subscription."""
    tell.day(EXTENDED)
    amazon = staged.play.watches[PAGE].organization
    assert amazon is not None
    staged.play.watch(UPDATE, amazon)
    staged.play.look(UPDATE, date(2021, 5, 17))
    staged.play.announcements.publish(UPDATE, "Amazon extends its moratorium", texts.EXTENSION)
    staged.play.look(UPDATE, EXTENDED)
    lead = next(lead for lead in staged.play.inbox() if lead.proposal["action"] == "extended")
    tell.lead(lead)
    staged.play.accept(lead, EXTENDED)
    tell.say("The editor accepts.")
    tell.page(f"/commitments/{slug}/", EXTENDED)
    came = staged.play.day(EXTENDED)
    tell.mails(came)
    return str(came[0]["List-Unsubscribe"]).strip().strip("<>")


def _silence(staged: Performance, tell: Teller, slug: str) -> None:
    for on in (date(2021, 6, 3), date(2021, 6, 9), date(2021, 6, 10)):
        tell.day(on)
        tell.mails(staged.play.day(on))
    tell.page(f"/commitments/{slug}/", date(2021, 6, 10))
