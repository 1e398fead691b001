"""The page of a commitment: where it stood on any day, and why."""

import re

import pytest
from django.test import Client

from tests.web import pages, rows
from tests.web.conftest import Amazon


def test_the_state_is_the_headline_and_the_reason_stands_below(client: Client, amazon: Amazon) -> None:
    said = pages.words(pages.get(client, "/commitments/moratorium/?on=2024-02-01"))
    assert "In force, with no end date. Last confirmed 26 January 2024." in said
    assert "Because the extension of 18 May 2021 names no end." in said


def test_as_of_a_day_before_the_extension_the_old_end_holds_and_the_extension_is_not_known(
    client: Client, amazon: Amazon
) -> None:
    said = pages.words(pages.get(client, "/commitments/moratorium/?on=2021-05-17"))
    assert "In force until 10 June 2021: 24 days left." in said
    assert "18 May 2021" not in said
    assert "Last confirmed 26 January 2024" not in said
    assert "This page as of 17 May 2021" in said


def test_before_the_announcement_the_page_says_that_nothing_was_declared(client: Client, amazon: Amazon) -> None:
    text = pages.get(client, "/commitments/moratorium/?on=2020-06-09")
    assert "Not yet made on 9 June 2020." in text
    assert "Nothing had been declared by 9 June 2020." in text
    assert "<svg" not in text
    assert "Thorn" not in text


def test_it_names_who_is_excepted_and_what_it_does_not_mention(client: Client, amazon: Amazon) -> None:
    said = pages.words(pages.get(client, "/commitments/moratorium/"))
    for name in (
        "Thorn",
        "International Center for Missing and Exploited Children",
        "Marinus Analytics",
        "ICE is not mentioned.",
    ):
        assert name in said


def test_an_exception_that_a_later_term_ended_is_shown_as_over(client: Client, amazon: Amazon) -> None:
    first, second = amazon.moratorium.terms.order_by("order")
    rows.carve_out(first, words="Border patrol", until=second)
    assert "10 June 2020, until 18 May 2021" in pages.words(pages.get(client, "/commitments/moratorium/"))
    assert "until 18 May 2021" not in pages.words(pages.get(client, "/commitments/moratorium/?on=2021-01-01"))


def test_a_broken_promise_keeps_its_state_and_gets_a_stamp(client: Client, amazon: Amazon) -> None:
    rows.verdict(amazon.moratorium, "2022-01-01", "broken")
    text = pages.get(client, "/commitments/moratorium/?on=2022-02-01")
    assert "In force" in text
    assert 'class="stamp stamp-broken"' in text
    assert "stamp-broken" not in pages.get(client, "/commitments/moratorium/?on=2021-12-31")


def test_a_draft_is_not_shown(client: Client, amazon: Amazon) -> None:
    draft = rows.commitment(amazon.ring, "draft")
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_every_statement_of_the_page_leads_to_its_evidence(client: Client, amazon: Amazon) -> None:
    text = pages.get(client, "/commitments/moratorium/")
    for term in amazon.moratorium.terms.all():
        for citation in term.citations.all():
            assert citation.source.url in text
            assert citation.source.get_absolute_url() in text


def test_the_archived_copy_and_a_dead_link_are_named(client: Client, amazon: Amazon) -> None:
    citation = amazon.moratorium.terms.get(order=1).citations.get()
    citation.source.archive_url = "https://web.archive.org/web/2020/https://news.example/"
    citation.source.health = "dead"
    citation.source.save()
    text = pages.get(client, "/commitments/moratorium/")
    assert citation.source.archive_url in text
    assert "<strong>Dead.</strong>" in text


def test_a_row_that_nobody_checked_says_so(client: Client, amazon: Amazon) -> None:
    amazon.moratorium.terms.filter(order=1).update(checked=False, origin="imported:some-dataset")
    assert "imported from some dataset, not checked one by one" in pages.get(client, "/commitments/moratorium/")


def test_the_drawing_has_a_title_a_description_and_unique_names(client: Client, amazon: Amazon) -> None:
    text = pages.get(client, "/commitments/moratorium/?on=2021-03-12")
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert text.count("<title id=") == text.count("<desc id=") == 2


@pytest.mark.parametrize("day", ["yesterday", "2021-02-30", "2021-05", "1700-01-01", "%00", "9999-12-31"])
def test_a_day_that_is_none_is_answered_with_what_to_write(client: Client, amazon: Amazon, day: str) -> None:
    said = pages.words(pages.get(client, f"/commitments/moratorium/?on={day}", status=400))
    assert "for example ?on=2021-05-18" in said


def test_an_old_slug_leads_on_for_good_with_its_day(client: Client, amazon: Amazon) -> None:
    amazon.moratorium.slug = "rekognition-moratorium"
    amazon.moratorium.save()
    response = client.get("/commitments/moratorium/?on=2021-03-12")
    assert (response.status_code, response["Location"]) == (
        301,
        "/commitments/rekognition-moratorium/?on=2021-03-12",
    )


def test_a_slug_of_another_kind_is_not_found(client: Client, amazon: Amazon) -> None:
    assert client.get("/commitments/amazon/").status_code == 404
    assert client.get("/vendors/moratorium/").status_code == 404
    assert client.get("/vendors/ice/").status_code == 404


def test_its_number_of_queries_does_not_grow(client: Client, amazon: Amazon) -> None:
    counted = []
    for number in range(6):
        added = rows.term(amazon.moratorium, f"2022-0{number + 1}-01", "reaffirmed", kind="indefinite")
        rows.carve_out(added, rows.body(f"body-{number}"))
        rows.verdict(amazon.moratorium, f"2022-0{number + 1}-02", "unclear")
        counted.append(pages.queries(client, "/commitments/moratorium/"))
    assert len(set(counted)) == 1, counted
    assert counted[0] <= 25


def test_a_promise_that_was_taken_back_says_how(client: Client, amazon: Amazon) -> None:
    rows.term(amazon.moratorium, "2022-07-21", "reversed", summary="the board voted to sell again")
    said = pages.words(pages.get(client, "/commitments/moratorium/?on=2022-08-01"))
    assert "Reversed on 21 July 2022. The board voted to sell again." in said
