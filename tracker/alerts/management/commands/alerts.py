"""`manage.py alerts plan|send|audit --on DATE [--dry-run]`: what Celery's beat does, by hand."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from tracker.alerts import actions, telling
from tracker.alerts.audit import differences
from tracker.alerts.models import Delivery


class Command(BaseCommand):
    """Decide what is due (plan), send it (send), or compare the ledger with what should be in it (audit)."""

    help = "Decide what is due and to whom (plan), send it (send), compare the ledger with what should be (audit)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verb", choices=("plan", "send", "audit"))
        parser.add_argument("--on", default=None, help="the day, such as 2021-03-12 (default: today, UTC)")
        parser.add_argument("--limit", type=int, default=None, help="send: at most so many")
        parser.add_argument("--dry-run", action="store_true", help="plan, send: say what would be done, and do nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        on = _day(options["on"]) if options["on"] else timezone.now().date()
        if options["verb"] == "plan":
            self._plan(on, dry=options["dry_run"])
        elif options["verb"] == "send":
            self._send(on, options["limit"], dry=options["dry_run"])
        else:
            self._audit(on)

    def _plan(self, on: date, *, dry: bool) -> None:
        with transaction.atomic():
            planned = actions.plan(on=on)
            if dry:
                transaction.set_rollback(True)
        self.stdout.write(
            f"{on}: {planned.events} events, {planned.deliveries} deliveries, {planned.cancelled} cancelled, "
            f"{planned.revived} waiting again, {planned.collapsed} told by a more urgent one"
            f"{' (nothing kept)' if dry else ''}"
        )

    def _send(self, on: date, limit: int | None, *, dry: bool) -> None:
        if dry:
            waiting = Delivery.objects.filter(state=Delivery.State.PENDING, event__due_on__lte=on)
            for delivery in waiting.select_related("event__commitment", "event__term").order_by("pk")[:limit]:
                self.stdout.write(f"delivery {delivery.pk}: {telling.headline(delivery.event, on)}")
            return
        sent = actions.send(on=on, now=timezone.now(), limit=limit)
        self.stdout.write(
            f"{on}: {sent.sent} sent, {sent.cancelled} cancelled, {sent.put_off} put off, "
            f"{sent.failed} failed, {sent.missed} missed"
        )

    def _audit(self, on: date) -> None:
        found = differences(on)
        for line in found:
            self.stdout.write(line)
        self.stdout.write(f"{on}: {len(found)} differences")
        if found:
            raise CommandError("The ledger is not what it should be.")


def _day(text: str) -> date:
    """The day written so. Read here and not by argparse, which would let the refusal out as a traceback."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"--on: “{text[:40]}” is not a day; write it as 2021-03-12") from error
