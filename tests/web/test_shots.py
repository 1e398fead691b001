"""The pictures of every kind of page."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from tests.web import rows
from tests.web.conftest import Amazon
from tracker.web.management.commands.shots import pages


def test_every_page_that_is_photographed_is_there(client: Client, amazon: Amazon) -> None:
    found = pages()
    assert {"home", "vendor", "commitment", "commitment-as-of", "agency", "place", "source", "product"} <= set(found)
    expected = {"not-found": 404, "bad-request": 400}
    answered = {name: client.get(path).status_code for name, path in found.items()}
    assert answered == {name: expected.get(name, 200) for name in found}


def test_an_empty_site_is_photographed_too(client: Client, db: None) -> None:
    assert "vendor" not in pages()
    rows.vendor("amazon")
    assert pages()["vendor"] == "/vendors/amazon/"


def test_a_page_that_there_is_none_of_is_named_with_those_there_are(amazon: Amazon, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"There is no page attic\. There are: home, "):
        call_command("shots", "--only", "attic", "--into", str(tmp_path))
