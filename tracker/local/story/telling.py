"""How the story looks in a terminal: the day, who does what, what they see."""

import re
from datetime import date
from email.message import EmailMessage

import requests
from bs4 import BeautifulSoup
from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from tracker.dates import PartialDate
from tracker.local.story.stage import text_of
from tracker.watch.models import Lead

_LONG_TOKEN = re.compile(r"(/subscriptions/[a-z-]+/)\S{24,}")


class Teller:
    """Tells one performance."""

    def __init__(self, console: Console, site: str) -> None:
        self.console = console
        self.site = site

    def day(self, on: date) -> None:
        """Another day."""
        self.console.print()
        self.console.print(Rule(f"[bold]{PartialDate(on).in_words()}", align="left"))

    def say(self, what: str) -> None:
        """One thing that happens."""
        self.console.print(Text(what))

    def lead(self, lead: Lead) -> None:
        """What the machine proposes, each field beside the words it comes from."""
        proposal, end = lead.proposal, lead.proposal["end"]
        words = {
            "who": f"{proposal['actor_name']} ({', '.join(proposal['products']) or 'no product named'})",
            "what": f"{proposal['kind']}, {proposal['action']}",
            "declared": proposal["declared_on"],
            "end": f"{end['kind']} {end['ends_on'] or ''}".strip(),
            "excepted": "; ".join(one["words"] for one in proposal["carve_outs"]) or "nobody",
        }
        table = Table(title=f"Lead · priority {lead.priority:.2f} · {'; '.join(lead.reasons)}", title_justify="left")
        table.add_column("field")
        table.add_column("proposed")
        for name, value in words.items():
            table.add_row(name, value)
        self.console.print(Padding(table, (0, 2)))
        for sentence in dict.fromkeys(quote["text"] for quote in lead.quotes):
            self.console.print(Padding(Text(f"“{sentence}”", style="italic"), (0, 4)))

    def mails(self, came: list[EmailMessage]) -> None:
        """The mails that arrived, or that none did."""
        if not came:
            self.say("No mail.")
        for mail in came:
            text = _LONG_TOKEN.sub(r"\1…", text_of(mail)).strip()
            panel = Panel(Text(text), title=f"To {mail['To']}: {mail['Subject']}", title_align="left")
            self.console.print(Padding(panel, (0, 2)))

    def page(self, path: str, on: date) -> None:
        """What a reader sees first on a page as of a day."""
        answer = requests.get(f"{self.site}{path}", params={"on": on.isoformat()}, timeout=10)
        answer.raise_for_status()
        soup = BeautifulSoup(answer.text, "lxml")
        shown = [soup.select_one(part) for part in ("main h1", ".headline-state", ".why")]
        self.say(f"GET {path}?on={on} shows")
        for part in shown:
            if part is not None:
                self.console.print(Padding(Text(" ".join(part.get_text(" ").split()), style="bold"), (0, 4)))
