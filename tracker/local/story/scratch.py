"""A scratch database and a site over it: the story never touches the real tables."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connection
from django.test.testcases import LiveServerThread
from django.test.utils import override_settings

from tracker.local.story.acts import Play
from tracker.local.story.stage import Announcements, Mailbox

NAME = "watchback_story"
PLAIN_FILES = "django.contrib.staticfiles.storage.StaticFilesStorage"


@dataclass(frozen=True)
class Performance:
    """A play, and the address of the site it is played on."""

    play: Play
    site: str


@contextmanager
def performance() -> Iterator[Performance]:
    """Make a scratch database on the same server, and serve the site over it. Both are gone afterwards."""
    with ExitStack() as stack:
        stack.enter_context(_database())
        announcements = stack.enter_context(Announcements().open())
        mailbox = stack.enter_context(Mailbox().open())
        site = stack.enter_context(_site())
        stack.enter_context(
            override_settings(
                SITE_URL=site,
                STORAGES={**settings.STORAGES, "staticfiles": {"BACKEND": PLAIN_FILES}},
                WATCH_ALLOWED_LOOPBACK=(announcements.host,),
                EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
                EMAIL_HOST="127.0.0.1",
                EMAIL_PORT=mailbox.port,
                EMAIL_HOST_USER="",
                EMAIL_HOST_PASSWORD="",
                EMAIL_USE_TLS=False,
                EMAIL_USE_SSL=False,
            )
        )
        yield Performance(Play(announcements, mailbox), site)


@contextmanager
def _database() -> Iterator[None]:
    """A database of the story's own; one left over by a story that was killed is replaced."""
    original, kept_open = connection.settings_dict["NAME"], connection.settings_dict["CONN_MAX_AGE"]
    connection.settings_dict["TEST"]["NAME"] = NAME
    connection.settings_dict["CONN_MAX_AGE"] = 0  # a page's connection must not outlive the page, nor the database
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.settings_dict["CONN_MAX_AGE"] = kept_open
        connection.creation.destroy_test_db(str(original), verbosity=0)


@contextmanager
def _site() -> Iterator[str]:
    """The site on a free port of the loopback."""
    thread = LiveServerThread("127.0.0.1", StaticFilesHandler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    try:
        yield f"http://127.0.0.1:{thread.port}"
    finally:
        thread.terminate()
