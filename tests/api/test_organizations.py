from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.api.conftest import SHOWN, D, partner, quoted
from tracker.commitments import actions
from tracker.commitments.lifecycle import End
from tracker.commitments.models import Commitment
from tracker.organizations.models import Organization
from tracker.record.models import Question, QuestionCitation


@pytest.fixture
def police(db: None) -> Organization:
    return Organization.objects.create(role="agency", kind="police", name="Orlando Police", slug="orlando-police")


def test_a_vendor_comes_with_products_published_partnerships_and_its_commitments(
    client: Client, moratorium: Commitment, police: Organization
) -> None:
    ring = Organization.objects.create(role="vendor", kind="company", name="Ring", slug="ring", parent=moratorium.actor)
    partner(moratorium.actor, police, "one")
    partner(moratorium.actor, ring, "two")
    partner(moratorium.actor, police, "draft", published=False)
    partner(ring, moratorium.actor, "as-a-client")
    answer = client.get("/api/v1/vendors/amazon", {"on": "2020-07-01"}).json()
    assert (answer["slug"], answer["name"], answer["kind"], answer["parent"]) == (
        "amazon",
        "Amazon",
        "company",
        None,
    )
    assert answer["aliases"] == ["Amazon.com, Inc."]
    assert answer["partnerships"] == 2
    assert answer["products"] == [{"slug": "rekognition", "name": "Rekognition"}]
    assert [(each["slug"], each["state"]) for each in answer["commitments"]] == [("amazon-moratorium", "in_force")]
    assert client.get("/api/v1/vendors/ring").json()["parent"] == {"slug": "amazon", "name": "Amazon"}


def test_an_agency_names_the_vendors_that_serve_it(client: Client, amazon: Organization, police: Organization) -> None:
    partner(amazon, police, "one")
    partner(amazon, police, "two")
    answer = client.get("/api/v1/agencies/orlando-police").json()
    assert (answer["partnerships"], answer["vendors"]) == (2, [{"slug": "amazon", "name": "Amazon"}])


def test_a_slug_of_another_kind_is_404_with_the_way_to_it(
    client: Client, amazon: Organization, police: Organization
) -> None:
    answer = client.get("/api/v1/vendors/orlando-police")
    assert answer.status_code == 404
    assert "/agencies/orlando-police/" in answer.json()["error"]
    assert "/vendors/amazon/" in client.get("/api/v1/agencies/amazon").json()["error"]
    assert client.get("/api/v1/vendors/nobody").status_code == 404


def test_a_renamed_vendor_is_found_under_its_former_slug(client: Client, amazon: Organization) -> None:
    Organization.objects.filter(pk=amazon.pk).update(slug="amazon-com")
    answer = client.get("/api/v1/vendors/amazon")
    assert (answer.status_code, answer["Location"]) == (301, "/api/v1/vendors/amazon-com")


@pytest.mark.parametrize(
    "endpoint",
    ["vendors/amazon", "agencies/orlando-police", "vendors", "agencies", "questions", "commitments"],
)
def test_the_number_of_queries_does_not_grow_with_the_data(
    client: Client,
    moratorium: Commitment,
    police: Organization,
    endpoint: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    partner(moratorium.actor, police, "first")
    ask(moratorium.actor, "first", asked_on="2020")
    promise(police, "first-pledge")
    with django_assert_max_num_queries(9) as before:
        assert client.get(f"/api/v1/{endpoint}").status_code == 200
    for number in range(4):
        vendor = Organization.objects.create(
            role="vendor", kind="company", name=f"V{number}", slug=f"v{number}", parent=moratorium.actor
        )
        partner(moratorium.actor, vendor, f"a{number}")
        partner(vendor, police, f"b{number}")
        ask(vendor, f"q{number}", asked_on="2020-01")
        for actor in (moratorium.actor, police):
            promise(actor, f"{actor.slug}-{number}")
    with django_assert_max_num_queries(len(before)):
        assert client.get(f"/api/v1/{endpoint}").status_code == 200


def promise(actor: Organization, slug: str) -> None:
    about = actions.Subject(title="Pledge", slug=slug, kind="pledge")
    actions.announce(
        actor,
        about,
        declared_on=D("2020"),
        end=End(),
        evidence=[quoted("https://a.example/")],
        published_on=SHOWN,
    )


def ask(
    of: Organization,
    slug: str,
    *,
    asked_on: str | None = None,
    outcome: str = "unanswered",
    answered_on: str | None = None,
    published_on: date | None = SHOWN,
) -> Question:
    question = Question.objects.create(
        slug=slug,
        asked_of=of,
        asked_by_words="a reporter",
        asked_on=D(asked_on) if asked_on else None,
        text=f"{slug}?",
        outcome=outcome,
        answered_on=D(answered_on) if answered_on else None,
        published_on=published_on,
    )
    QuestionCitation.objects.create(claim=question, source=quoted("https://news.example/asked").source)
    return question


def test_questions_come_with_the_days_without_an_answer_longest_first(client: Client, amazon: Organization) -> None:
    ask(amazon, "newer", asked_on="2020-06-10")
    ask(amazon, "older", asked_on="2019-03")
    ask(amazon, "answered", asked_on="2018-01-01", outcome="answered", answered_on="2020-01-01")
    ask(amazon, "some-day")
    ask(amazon, "draft", asked_on="2010", published_on=None)
    ask(amazon, "not-yet-asked", asked_on="2020-07-01")
    items = client.get("/api/v1/questions", {"on": "2020-06-20"}).json()["items"]
    assert [(item["slug"], item["days_unanswered"]) for item in items] == [
        ("older", 447), ("newer", 10), ("answered", None), ("some-day", None),
    ]  # fmt: skip
    assert items[0]["asked_of"] == {"slug": "amazon", "name": "Amazon"}
    assert (items[0]["asked_by"], items[0]["asked_on"], items[0]["outcome"]) == (
        "a reporter",
        "2019-03",
        "unanswered",
    )


def test_what_was_answered_later_was_still_unanswered_on_an_earlier_day(client: Client, amazon: Organization) -> None:
    ask(amazon, "answered", asked_on="2018-01-01", outcome="answered", answered_on="2020-01-01")
    [item] = client.get("/api/v1/questions", {"on": "2018-01-31"}).json()["items"]
    assert item["days_unanswered"] == 30
