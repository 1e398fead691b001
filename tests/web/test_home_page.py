"""The first page, the list of commitments, and what holds for every page."""

from itertools import pairwise

import pytest
from django.test import Client

from tests.web import pages, rows
from tests.web.conftest import Amazon

PATHS = (
    "/",
    "/vendors/",
    "/vendors/amazon/",
    "/commitments/",
    "/commitments/moratorium/",
    "/commitments/moratorium/?on=2021-03-12",
    "/commitments/?state=in_force",
)


def test_the_first_page_tells_what_runs_out_what_lapsed_what_changed_and_what_has_no_answer(
    client: Client, amazon: Amazon
) -> None:
    law = rows.commitment(
        rows.agency("legislature", "The Legislature", kind="legislature"), "law", "A law", nature="statute"
    )
    rows.term(law, "2019-10-08", ends="2020-12-31")
    said = pages.words(pages.get(client, "/?on=2021-03-12"))
    runs_out = said[said.index("Runs out next") : said.index("Lapsed, no renewal known")]
    lapsed = said[said.index("Lapsed, no renewal known") : said.index("Where")]
    assert "One-year moratorium on police use of Rekognition 90 days" in runs_out
    assert "expiring" in runs_out
    assert "A law 71 days ago" in lapsed
    assert "Has ICE licensed Rekognition? 801 days" in said
    changed = said[said.index("Changed lately") :]
    assert changed.index("10 June 2020") < changed.index("8 October 2019")


def test_an_empty_site_says_what_is_not_known(client: Client, db: None) -> None:
    said = pages.words(pages.get(client, "/"))
    assert "No source on record names an agency yet." in said
    assert "No vendor is on record yet." in pages.words(pages.get(client, "/vendors/"))


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("state=in_force", True),
        ("state=lapsed", False),
        ("kind=moratorium&state=in_force", True),
        ("kind=ban", False),
        ("technology=face-recognition", True),
        ("state=expiring&on=2021-05-01", True),
        ("state=expiring", False),
        ("on=2020-01-01", False),
    ],
)
def test_commitments_are_filtered_by_state_kind_technology_and_day(
    client: Client, amazon: Amazon, query: str, shown: bool
) -> None:
    assert ("One-year moratorium" in pages.get(client, f"/commitments/?{query}")) is shown


def test_a_filter_that_is_none_is_answered_with_those_there_are(client: Client, amazon: Amazon) -> None:
    said = pages.words(pages.get(client, "/commitments/?kind=oath", status=400))
    assert "“oath” is no kind here. Choose one of: moratorium, ban, exit, limit, pledge." in said


@pytest.mark.parametrize("path", PATHS)
def test_a_reader_gets_no_cookie_no_script_and_nothing_from_another_host(
    client: Client, amazon: Amazon, path: str
) -> None:
    response = client.get(path)
    text = response.content.decode()
    assert not response.cookies
    assert "Set-Cookie" not in response
    assert "csrfmiddlewaretoken" not in text
    assert "<script" not in text
    assert " style=" not in text
    assert pages.fetched(text)
    assert all(address.startswith("/static/") for address in pages.fetched(text))
    policy = response["Content-Security-Policy"]
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", PATHS)
def test_a_page_has_one_heading_of_the_first_level_and_skips_none(client: Client, amazon: Amazon, path: str) -> None:
    levels = pages.headings(pages.get(client, path))
    assert levels.count(1) == 1
    body = levels[:-3]  # the footer starts anew
    assert all(after - before <= 1 for before, after in pairwise(body)), levels


@pytest.mark.parametrize("path", PATHS)
def test_every_cell_of_a_table_keeps_its_label_on_a_phone(client: Client, amazon: Amazon, path: str) -> None:
    text = pages.get(client, path)
    assert text.count("<td") == text.count(" data-label=")
    assert text.count("<table") == text.count("<caption")


def test_what_is_not_there_is_answered_with_where_to_look(client: Client, db: None) -> None:
    assert "Nothing is recorded at this address" in pages.get(client, "/nothing/", status=404)
