"""What people and machines do in the story, step by step. The day is passed to every step; no clock is patched.

Each step may be done twice; the second time changes nothing.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from email.message import EmailMessage
from secrets import token_hex

from django.conf import settings
from django.contrib.auth.models import User

from tracker.alerts import actions as alerts
from tracker.alerts.topics import Followed
from tracker.commitments.models import Term
from tracker.desk import actions as desk
from tracker.desk.editors import make_editor
from tracker.local.story.stage import Announcements, Mailbox, text_of
from tracker.organizations.models import Organization
from tracker.watch import actions as watching
from tracker.watch.models import Check, Lead, Outcome, Watch

EDITOR = "editor@example.org"


def morning(on: date) -> datetime:
    """Nine o'clock UTC on that day."""
    return datetime.combine(on, time(9), tzinfo=UTC)


@dataclass
class Play:
    """One performance: the stage, and what has been put on it so far."""

    announcements: Announcements
    mailbox: Mailbox
    watches: dict[str, Watch] = field(default_factory=dict)
    # Another one each time: how often one address may ask is limited, and the limit outlives a scratch database.
    reader: str = field(default_factory=lambda: f"reader-{token_hex(3)}@example.org")

    def subscribe(self, followed: Organization, on: date) -> EmailMessage:
        """A reader asks to be told of `followed` and confirms by the link in the mail. Returns that mail."""
        alerts.subscribe(address=self.reader, followed=Followed("organization", followed), on=on, now=morning(on))
        asked = self.mailbox.new()[-1]
        alerts.confirm(token=confirming_token(asked), on=on, now=morning(on))
        return asked

    def watch(self, path: str, organization: Organization) -> Watch:
        """An editor has a page watched."""
        watch = watching.watch_page(self.announcements.url(path), organization=organization)
        self.watches[path] = watch
        return watch

    def look(self, path: str, on: date) -> Check:
        """The worker looks at the page, and again a little later where something seems to have changed."""
        watch = Watch.objects.select_related("source").get(pk=self.watches[path].pk)
        found = watching.check(watch, now=morning(on))
        if found.outcome != Outcome.SUSPECTED:
            return found
        return watching.check(watch, now=morning(on) + settings.WATCH_SECOND_LOOK)

    def inbox(self) -> list[Lead]:
        """What waits for an editor, the most pressing first."""
        return list(Lead.objects.filter(state=Lead.State.NEW))

    def accept(self, lead: Lead, on: date) -> Term:
        """The editor accepts the lead as it is."""
        return desk.accept(lead, by=editor(), on=on, now=morning(on))

    def day(self, on: date) -> list[EmailMessage]:
        """The scheduler decides what is due and the worker sends it. Returns the mails that arrived."""
        alerts.plan(on=on)
        alerts.send(on=on, now=morning(on))
        return self.mailbox.new()


def editor() -> User:
    """The story's editor."""
    return make_editor(EDITOR)


def confirming_token(mail: EmailMessage) -> str:
    """The signed token in a confirming mail's link."""
    found = re.search(r"https?://\S+/confirm/([^/\s]+)", text_of(mail))
    assert found is not None, f"no confirming link in: {text_of(mail)}"
    return found.group(1)
