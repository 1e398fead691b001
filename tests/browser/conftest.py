"""The site over the whole catalogue, loaded once for this folder, and one headless Chromium that reads it."""

import os
import shutil
from collections.abc import Iterator
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from django.test.utils import setup_databases, teardown_databases
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from tracker.catalogue import actions
from tracker.local.story.stage import Mailbox

LOADED_ON = date(2026, 9, 1)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # whatever it tries, it reaches no other machine
)


@pytest.fixture(scope="package")
def chromium() -> str:
    """Where the browser is: skips the tests without one, fails them where CI is set."""
    for name in BROWSERS:
        if found := shutil.which(name):
            return found
    message = "Chromium is not installed; on Debian: apt-get install chromium"
    if os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="package")
def mailbox(chromium: str) -> Iterator[Mailbox]:
    """Where the site's mail arrives."""
    with Mailbox().open() as mailbox:
        yield mailbox


@pytest.fixture(scope="package")
def database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test database. pytest-django makes none where no test of the run has its mark, and those of this folder
    have not, because it would open a transaction round each: run alone, they would load and empty the real one.
    """
    with django_db_blocker.unblock():
        made = [] if "default" in _of_tests() else setup_databases(verbosity=0, interactive=False)
    assert "default" in _of_tests()
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


def _of_tests() -> list[str]:
    return [alias for alias in connections if str(connections[alias].settings_dict["NAME"]).startswith("test_")]


@pytest.fixture(scope="package")
def site(mailbox: Mailbox, database: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of the site. Its database is emptied after the last test of this folder, and not between them."""
    with django_db_blocker.unblock():
        actions.load(on=LOADED_ON)
        server = LiveServer("127.0.0.1")
        try:
            with override_settings(
                SITE_URL=server.url,
                EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
                EMAIL_HOST="127.0.0.1",
                EMAIL_PORT=mailbox.port,
                EMAIL_HOST_USER="",
                EMAIL_HOST_PASSWORD="",
                EMAIL_USE_TLS=False,
                EMAIL_USE_SSL=False,
            ):
                yield server.url
        finally:
            server.stop()
            call_command("flush", verbosity=0, interactive=False, reset_sequences=False)


@pytest.fixture(scope="package")
def browser(chromium: str, site: str) -> Iterator[Browser]:
    """Closed before the database is emptied: while it is open, this thread may not query."""
    with sync_playwright() as playwright:
        flags = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else list(QUIET)
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        try:
            yield browser
        finally:
            browser.close()


@pytest.fixture(scope="package")
def scripted(browser: Browser) -> Iterator[Page]:
    """A reader's tab."""
    with browser.new_context() as context:
        yield context.new_page()


@pytest.fixture(scope="package")
def scriptless(browser: Browser) -> Iterator[Page]:
    """The tab of a reader who has switched JavaScript off."""
    with browser.new_context(java_script_enabled=False) as context:
        yield context.new_page()
