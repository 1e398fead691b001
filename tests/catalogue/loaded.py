"""The whole shipped catalogue in the test database, for a module of tests: import `whole_catalogue` from here."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tracker.catalogue import actions

LOADED_ON = date(2026, 9, 1)


@pytest.fixture(scope="module")
def whole_catalogue(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[actions.Summary]:
    """What loading it did. It is taken back after the module, whose tests use `db` and not `transactional_db`."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield actions.load(on=LOADED_ON)
        transaction.set_rollback(True)
