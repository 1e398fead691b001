"""Sources, findings, questions, the method."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.web.record_world import PUBLISHED, World, build, deal, finding, question, source
from tests.web.test_agency_page import read
from tracker.commitments.lifecycle import State
from tracker.commitments.models import (
    CommitmentDispute,
    CommitmentDisputedValue,
    Development,
    DevelopmentCitation,
    Verdict,
    VerdictCitation,
)
from tracker.dates import PartialDate
from tracker.evidence.actions import store_snapshot
from tracker.evidence.models import OrganizationCitation, ProductCitation, Source


@pytest.fixture
def world(db: None) -> World:
    return build()


def test_a_source_shows_everything_that_it_backs(world: World, client: Client) -> None:
    cited = world.article
    on = PartialDate.parse("2022-01-01")
    verdict = Verdict.objects.create(
        commitment=world.moratorium, on=on, value="broken", summary="it went on", published_on=PUBLISHED
    )
    VerdictCitation.objects.create(claim=verdict, source=cited)
    news = Development.objects.create(
        commitment=world.law, on=on, kind="challenged", summary="a suit", published_on=PUBLISHED
    )
    DevelopmentCitation.objects.create(claim=news, source=cited)
    OrganizationCitation.objects.create(claim=world.aclu, source=cited)
    ProductCitation.objects.create(claim=world.cloud, source=cited)
    dispute = CommitmentDispute.objects.create(slug="d", about=world.law, field="first_day", choice="the statute's")
    CommitmentDisputedValue.objects.create(dispute=dispute, source=cited, value="the ninth")
    text = read(client, cited.get_absolute_url())
    for expected in (
        "/commitments/moratorium/", "/commitments/il-law/", "/organizations/thorn/", "It went on.", "A suit.",
        "/findings/aclu-test/", "/questions/ice-licence/", "/organizations/aclu/", "/products/aws-cloud/",
        "/vendors/palantir/", "/agencies/ice/", "the ninth", "for one year", "“Palantir uses it”",
    ):  # fmt: skip
        assert expected in text, expected


def test_a_draft_that_cites_a_source_is_not_shown(world: World, client: Client) -> None:
    fresh = source("Fresh")
    finding(fresh, title="Secret finding", published_on=None)
    assert "No published claim cites this source now" in read(client, fresh.get_absolute_url())
    assert "Secret" not in read(client, fresh.get_absolute_url())


def test_a_source_links_out_without_telling_where_from_and_shows_its_copies(world: World, client: Client) -> None:
    Source.objects.filter(pk=world.article.pk).update(
        archive_url="https://archive.example/1", title_is_description=True
    )
    held = store_snapshot(
        world.article,
        fetched_at=datetime(2026, 2, 3, 4, 5, tzinfo=UTC),
        final_url="https://paper.example/1",
        status=200,
        headers={},
        body=b"x",
    )
    text = read(client, world.article.get_absolute_url())
    assert f'href="{world.article.url}" rel="noopener noreferrer"' in text
    assert 'href="https://archive.example/1" rel="noopener noreferrer"' in text
    assert held.body_id in text
    assert "3 February 2026, 04:05" in text
    assert "These words are ours" in text
    assert "From an excerpt of the page" in text


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "ftp://paper.example/1"])
def test_an_address_that_is_no_web_page_is_shown_and_not_linked(address: str, world: World, client: Client) -> None:
    Source.objects.filter(pk=world.article.pk).update(url=address, archive_url=address)
    text = read(client, world.article.get_absolute_url())
    assert address in text
    assert f'href="{address}"' not in text


def test_a_source_of_many_partnerships_shows_them_by_the_page(world: World, client: Client) -> None:
    for _ in range(110):
        deal(world.aws, world.police, world.article)
    text = read(client, world.article.get_absolute_url())
    assert "113 partnerships cite it" in text
    assert 'href="?page=2"' in text
    assert read(client, world.article.get_absolute_url() + "?page=2").count('<th scope="row">') == 13


def test_the_list_of_sources_filters_and_counts_what_each_backs(world: World, client: Client) -> None:
    source("A printed hearing", kind="court", publisher="The Court")
    text = read(client, "/evidence/?publisher=paper")
    assert "Amazon pauses police use" in text
    assert '<span class="cell">8</span>' in text
    assert "A printed hearing" not in text
    assert "A printed hearing" in read(client, "/evidence/?kind=court&health=unknown&words=HEARING")
    assert "No source on record fits that" in read(client, "/evidence/?words=%25")


def test_an_opinion_has_a_name_in_front_of_it(world: World, client: Client) -> None:
    finding(source(), kind="opinion", by_words="The Paper", slug="an-opinion", summary="it is dystopian")
    text = read(client, "/findings/an-opinion/")
    assert text.index("an opinion of The Paper") < text.index("It is dystopian.")


def test_a_test_shows_its_numbers_with_their_share(world: World, client: Client) -> None:
    text = read(client, "/findings/aclu-test/")
    assert "28 (5.2 % of those tested)" in text
    assert "12.33 US dollars" in text


def test_a_finding_is_not_there_before_its_day(world: World, client: Client) -> None:
    assert client.get("/findings/aclu-test/?on=2018-07-25").status_code == 404
    assert client.get("/findings/aclu-test/?on=2018-07-26").status_code == 200


def test_questions_stand_by_days_without_an_answer(world: World, client: Client) -> None:
    question(world.aws, source(), text="The oldest?", asked_on="2018-07-26")
    question(world.aws, source(), text="The vaguest?", asked_on=None)
    question(
        world.aws, source(), text="Answered later?", asked_on="2019-01-01", answered_on="2022-01-01", outcome="answered"
    )
    text = read(client, "/questions/?on=2021-06-10")
    assert (
        text.index("The oldest?")
        < text.index("Answered later?")
        < text.index("Does ICE have")
        < text.index("The vaguest?")
    )
    assert "365 days" in text
    assert "days not known" in text
    assert "Answered later?" not in read(client, "/questions/?on=2022-01-01")
    assert "Answered later?" in read(client, "/questions/?answer=given&on=2022-01-01")


def test_a_question_counts_its_days_on_the_day_looked_at(world: World, client: Client) -> None:
    assert '<span class="figure">1</span> day without an answer' in read(
        client, "/questions/ice-licence/?on=2020-06-11"
    )
    assert '<span class="figure">365</span> days' in read(client, "/questions/ice-licence/?on=2021-06-10")
    assert client.get("/questions/ice-licence/?on=2020-06-09").status_code == 404


def test_days_of_a_question_asked_in_a_month_are_a_lower_bound(world: World, client: Client) -> None:
    question(world.aws, source(), slug="in-may", asked_on="2020-05")
    assert '<span class="figure">10</span> days without an answer, at least' in read(
        client, "/questions/in-may/?on=2020-06-10"
    )
    assert "How many days cannot be said yet" in read(client, "/questions/in-may/?on=2020-05-20")


def test_the_method_on_the_site_is_the_text_in_the_papers_and_names_every_state(client: Client) -> None:
    text = read(client, "/method/")
    paper = (Path(settings.BASE_DIR) / "docs" / "method.md").read_text(encoding="utf-8")
    for line in paper.splitlines():
        if line.startswith("## "):
            assert f"<h2>{line[3:]}</h2>" in text
    words = {State.SUPERSEDED: "replaced"}
    for state in State:
        assert f"<strong>{words.get(state, state.value.replace('_', ' '))}</strong>" in text


def test_the_about_page_credits_the_datasets_and_says_how_to_correct(client: Client) -> None:
    text = read(client, "/about/")
    for expected in (
        "Electronic Frontier Foundation",
        "University of Nevada, Reno",
        "News &amp; Observer",
        "The Markup",
        'id="correct"',
    ):
        assert expected in text


def test_an_answer_that_came_later_is_not_shown_on_an_earlier_day(world: World, client: Client) -> None:
    question(
        world.aws,
        source(),
        slug="late",
        asked_on="2019-01-01",
        answered_on="2022-01-01",
        outcome="answered",
        response="it does",
    )
    assert "It does." not in read(client, "/questions/late/?on=2021-12-31")
    assert "Nothing by then" in read(client, "/questions/late/?on=2021-12-31")
    assert "It does." in read(client, "/questions/late/?on=2022-01-01")
