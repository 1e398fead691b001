"""What runs in the processes that are killed: the actions of the alerts, each in a process of its own.

The processes are forked from one that has loaded Django already (see `fork`), so that two hundred deaths do not
cost two hundred starts.
"""

from datetime import date, datetime
from io import StringIO
from multiprocessing.connection import Connection

import django
from django.apps import apps

if not apps.ready:
    django.setup()

from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import reverse

from tests.faults.alerts import stage
from tracker.alerts import actions, channels

channels.get("email")
reverse("alerts:subscribe")  # every process anew would load all addresses for its first mail


def build(on: date, people: int) -> None:
    """Make the tables and whom the cases are about, before anything was planned."""
    call_command("migrate", interactive=False, verbosity=0)
    stage.build(on, people)


def plan(on: date, now: datetime) -> None:
    """`manage.py alerts plan`."""
    actions.plan(on=on, now=now)


def send(on: date, now: datetime, limit: int | None, patience: float) -> None:
    """`manage.py alerts send`, with so many seconds for an answer of the mail server."""
    settings.EMAIL_TIMEOUT = patience
    actions.send(on=on, now=now, limit=limit)


def audit(on: date, reply: Connection) -> None:
    """`manage.py alerts audit`; sends the lines it prints, without the last, which counts them."""
    said = StringIO()
    try:
        call_command("alerts", "audit", f"--on={on}", stdout=said)
    except CommandError:
        pass  # it found something, which is in what it said
    reply.send(said.getvalue().splitlines()[:-1])
