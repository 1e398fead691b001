"""What the site needs before it opens: tables, styles, the catalogue. Each is quick when nothing changed."""

import hashlib
import os
from collections.abc import Callable

import django
from django.apps import apps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.config.settings")
if not apps.ready:
    django.setup()

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

Say = Callable[[str], None]


def migrate(say: Say) -> bool:
    """Bring the tables up to date; returns whether there was anything to do."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return False
    say(f"Preparing the tables: {len(plan)} migrations")
    call_command("migrate", interactive=False, verbosity=0)
    return True


def collect_static(say: Say) -> None:
    """Gather, compress and name the styles by their content, unless they are the ones gathered last time."""
    if settings.PLAIN_FILES:
        return
    stamp = settings.STATIC_ROOT / "collected"
    seen = fingerprint()
    if stamp.exists() and stamp.read_text() == seen:
        return
    say("Gathering styles and pictures")
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(seen)


def fingerprint() -> str:
    """A hash of the name, size and time of every static file."""
    hashed = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            file = os.stat(storage.path(name))
            hashed.update(f"{name} {file.st_size} {file.st_mtime_ns}\n".encode())
    return hashed.hexdigest()


def load_catalogue(say: Say) -> None:
    """Load the data that the site ships with, if this checkout has it."""
    if "catalogue" in get_commands():
        say("Loading the catalogue")
        call_command("catalogue", "load")
