"""`manage.py alerts plan|send|audit --on DATE [--dry-run]`: what Celery's beat does, by hand.

`manage.py alerts bounce` reads from standard input one message that a mail server returned (docs/mail.md).
"""

import sys
from argparse import ArgumentParser
from datetime import UTC, date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, transaction
from django.utils import timezone
from rich.console import Console

from tracker.alerts import actions, telling
from tracker.alerts.audit import compare
from tracker.alerts.channels.email.intake import take_in
from tracker.alerts.models import Delivery, Event

TRY_AGAIN = 75
"""EX_TEMPFAIL of sysexits: what tells a mail server that pipes a message to us to keep it and come back."""


class Command(BaseCommand):
    """Decide what is due (plan), send it (send), compare the ledger with what should be in it (audit), read what came
    back (bounce).
    """

    help = (
        "Decide what is due and to whom (plan), send it (send), compare the ledger with what should be (audit), "
        "read a returned message from standard input (bounce)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verb", choices=("plan", "send", "audit", "bounce"))
        parser.add_argument("--on", default=None, help="the day, such as 2021-03-12 (default: today, UTC)")
        parser.add_argument("--now", default=None, help="the moment, such as 2021-03-12T09:00Z (default: now)")
        parser.add_argument("--limit", type=int, default=None, help="send: at most so many")
        parser.add_argument("--dry-run", action="store_true", help="plan, send: say what would be done, and do nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "bounce":
            self._bounce()
            return
        now = _moment(options["now"]) if options["now"] else timezone.now()
        on = _day(options["on"]) if options["on"] else now.date()
        if options["verb"] == "plan":
            self._plan(on, now, dry=options["dry_run"])
        elif options["verb"] == "send":
            self._send(on, now, options["limit"], dry=options["dry_run"])
        elif options["verb"] == "bounce":
            self._bounce()
        else:
            self._audit(on, now)

    def _plan(self, on: date, now: datetime, *, dry: bool) -> None:
        with transaction.atomic():
            planned = actions.plan(on=on, now=now)
            if dry:
                transaction.set_rollback(True)
        self.stdout.write(
            f"{on}: {planned.events} events, {planned.deliveries} deliveries, {planned.cancelled} cancelled, "
            f"{planned.revived} waiting again, {planned.collapsed} told by a more urgent one"
            f"{' (nothing kept)' if dry else ''}"
        )

    def _send(self, on: date, now: datetime, limit: int | None, *, dry: bool) -> None:
        if dry:
            waiting = Delivery.objects.filter(
                state=Delivery.State.PENDING, event__due_on__lte=on, ready_at__lte=now
            ).order_by("ready_at", "pk")[:limit]
            events = {event.pk: event for event in Event.objects.with_facts().filter(deliveries__in=waiting).distinct()}
            words = {pk: telling.headline(event, on) for pk, event in events.items()}
            for pk, event in waiting.values_list("pk", "event"):
                self.stdout.write(f"delivery {pk}: {words[event]}")
            return
        sent = actions.send(on=on, now=now, limit=limit)
        self.stdout.write(
            f"{on}: {sent.sent} sent, {sent.cancelled} cancelled, {sent.put_off} put off, "
            f"{sent.failed} failed, {sent.missed} missed"
        )

    def _bounce(self) -> None:
        """Never refuses a message, so that the mail server has nothing to return in its turn."""
        try:
            take_in(sys.stdin.buffer)
        except OperationalError as error:
            raise CommandError("The database does not answer; try again later.", returncode=TRY_AGAIN) from error

    def _audit(self, on: date, now: datetime) -> None:
        count = 0
        # In a terminal it says what it is about, since with many followers it takes a while.
        with Console(stderr=True).status("events") as status:
            for following, found in compare(on, now):
                status.update(following)
                count += len(found)
                for line in found:
                    self.stdout.write(line)
        self.stdout.write(f"{on}: {count} differences")
        if count:
            raise CommandError("The ledger is not what it should be.")


def _day(text: str) -> date:
    """The day written so. Read here and not by argparse, which would let the refusal out as a traceback."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"--on: “{text[:40]}” is not a day; write it as 2021-03-12") from error


def _moment(text: str) -> datetime:
    """The moment written so; without a zone, UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"--now: “{text[:40]}” is not a moment; write it as 2021-03-12T09:00Z") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
