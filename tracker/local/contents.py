"""What the site needs before it opens: tables, styles, the catalogue. Each is quick when nothing changed."""

import hashlib
import os
from collections.abc import Callable

import django
import redis
from django.apps import apps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.config.settings")
if not apps.ready:
    django.setup()

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command, get_commands
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from tracker.local.trouble import Trouble
from tracker.local.valkey import AT_ONCE

Say = Callable[[str], None]


def reach() -> None:
    """Raise Trouble, naming the variable, when the operator's own servers do not answer."""
    try:
        connection.ensure_connection()
    except OperationalError as error:
        raise Trouble(f"DATABASE_URL: the database does not answer: {str(error).splitlines()[0]}") from None
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=5, retry=AT_ONCE) as client:
            client.ping()
    except redis.RedisError as error:
        raise Trouble(f"REDIS_URL: the server does not answer: {error}") from None


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
        try:
            call_command("catalogue", "load")
        except CommandError as error:
            raise Trouble(f"The catalogue cannot be loaded, and nothing of it was:\n{error}") from None
