"""The stage of the stories: real servers on loopback for pages and for mail."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from tracker.local.story.acts import Play
from tracker.local.story.stage import Announcements, Mailbox


@pytest.fixture
def play(settings: Settings, transactional_db: None) -> Iterator[Play]:
    with Announcements().open() as announcements, Mailbox().open() as mailbox:
        settings.WATCH_ALLOWED_LOOPBACK = (announcements.host,)
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mailbox.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield Play(announcements, mailbox)
