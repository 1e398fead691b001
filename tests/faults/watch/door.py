"""What runs in forked processes: the looks, each in a process of its own, that says what came of it."""

from multiprocessing.connection import Connection

import django
from django.apps import apps

if not apps.ready:
    django.setup()

from django.core.management import call_command

from tests.faults.watch import looks


def migrate() -> None:
    """Make the tables."""
    call_command("migrate", interactive=False, verbosity=0)


def tell(reply: Connection, act: str, *arguments: object) -> None:
    """Call the function `act` of `looks` and send back what it returns."""
    reply.send(getattr(looks, act)(*arguments))
