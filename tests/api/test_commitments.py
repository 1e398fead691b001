from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.api.conftest import BLOG, NEWS, SHOWN, TEST, D, quoted
from tracker.commitments import actions
from tracker.commitments.lifecycle import Action, End, EndKind
from tracker.commitments.models import Commitment
from tracker.organizations.models import Organization

ADDRESS = "/api/v1/commitments/amazon-moratorium"


def ask(client: Client, on: str) -> Any:
    answer = client.get(ADDRESS, {"on": on})
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.mark.parametrize(
    ("on", "state", "expiring", "ends_on", "days_left"),
    [
        ("2020-06-09", "not_yet_made", False, None, None),
        ("2020-06-10", "in_force", False, "2021-06-10", 365),
        ("2021-03-12", "in_force", True, "2021-06-10", 90),
        ("2021-05-17", "in_force", True, "2021-06-10", 24),
        ("2021-05-18", "in_force", False, None, None),
    ],
)
def test_the_state_is_that_of_the_day_asked_for(
    client: Client,
    moratorium: Commitment,
    on: str,
    state: str,
    expiring: bool,
    ends_on: str | None,
    days_left: int | None,
) -> None:
    answer = ask(client, on)
    assert (answer["state"], answer["expiring"], answer["end"]["ends_on"], answer["days_left"]) == (
        state,
        expiring,
        ends_on,
        days_left,
    )
    assert answer["on"] == on


def test_an_answer_says_who_promised_what_and_where_its_page_is(client: Client, moratorium: Commitment) -> None:
    answer = ask(client, "2021-01-01")
    assert answer["actor"] == {
        "slug": "amazon",
        "name": "Amazon",
        "url": "http://127.0.0.1:8000/vendors/amazon/",
    }
    assert (answer["slug"], answer["kind"], answer["nature"]) == (
        "amazon-moratorium",
        "moratorium",
        "voluntary",
    )
    assert answer["title"] == "Moratorium on Rekognition"
    assert answer["end"] == {"kind": "fixed", "ends_on": "2021-06-10", "condition": None, "not_before": None}
    assert answer["last_confirmed"] == "2020-06-10"
    assert "10 June 2021" in answer["reason"]
    assert answer["url"].endswith("/commitments/amazon-moratorium/")


def test_only_who_is_excepted_on_that_day_is_named(client: Client, moratorium: Commitment) -> None:
    assert ask(client, "2020-06-09")["carve_outs"] == []
    assert ask(client, "2021-05-17")["carve_outs"] == ["Thorn", "missing children"]
    assert ask(client, "2021-05-18")["carve_outs"] == ["Thorn"]


def test_the_verdict_and_the_evidence_are_those_known_on_that_day(client: Client, moratorium: Commitment) -> None:
    assert (ask(client, "2021-01-01")["verdict"], ask(client, "2021-01-01")["evidence"]) == (None, [BLOG])
    assert ask(client, "2021-06-01")["evidence"] == [BLOG, NEWS]
    assert (ask(client, "2022-06-01")["verdict"], ask(client, "2022-06-01")["evidence"]) == (
        "compromised",
        [BLOG, NEWS, TEST],
    )


def test_terms_come_in_the_order_declared_and_only_those_declared_by_then(
    client: Client, moratorium: Commitment
) -> None:
    assert [term["action"] for term in ask(client, "2021-01-01")["terms"]] == ["announced"]
    assert [(term["action"], term["declared_on"]) for term in ask(client, "2024-01-01")["terms"]] == [
        ("announced", "2020-06-10"),
        ("extended", "2021-05-18"),
    ]


def test_the_last_day_on_which_a_source_confirmed_it_is_the_last_one_known_then(
    client: Client, moratorium: Commitment
) -> None:
    moratorium.terms.filter(action="extended").update(confirmed_on=D("2024-01-26"))
    assert ask(client, "2020-06-09")["last_confirmed"] is None
    assert ask(client, "2023-01-01")["last_confirmed"] == "2020-06-10"
    assert ask(client, "2024-02-01")["last_confirmed"] == "2024-01-26"


def test_a_draft_is_nobodys_business(client: Client, moratorium: Commitment) -> None:
    moratorium.terms.filter(action="extended").update(published_on=None)
    answer = ask(client, "2021-06-10")
    assert answer["state"] == "lapsed"
    assert answer["evidence"] == [BLOG]
    assert answer["carve_outs"] == ["Thorn", "missing children"]
    moratorium.terms.update(published_on=None)
    assert client.get(ADDRESS).status_code == 404


def test_a_condition_and_its_date_are_both_told(client: Client, moratorium: Commitment) -> None:
    until = End(EndKind.CONDITIONAL, condition="Congress makes a law", not_before=D("2030-07"))
    actions.extend(moratorium, declared_on=D("2025-01"), until=until, evidence=[quoted(NEWS)], published_on=SHOWN)
    assert ask(client, "2026-01-01")["end"] == {
        "kind": "conditional", "ends_on": None, "condition": "Congress makes a law", "not_before": "2030-07",
    }  # fmt: skip


@pytest.mark.parametrize(
    "on",
    ["yesterday", "2021-02-30", "20210518", "2021-W20-2", "2021-05", "0001-01-01", "9999-12-31", "1" * 9000],
)
def test_a_day_that_is_none_is_answered_with_what_to_write(client: Client, moratorium: Commitment, on: str) -> None:
    answer = client.get(ADDRESS, {"on": on})
    assert answer.status_code == 400
    assert "rite" in answer.json()["error"]
    assert len(answer.content) < 300


def test_an_unknown_slug_is_404_and_names_it(client: Client, moratorium: Commitment) -> None:
    answer = client.get("/api/v1/commitments/amazon")
    assert answer.status_code == 404
    assert "“amazon”" in answer.json()["error"]


@pytest.mark.parametrize("slug", ["%00", "a%00b", "<script>", "’", "x" * 5_000, "..%2f", "a b"])
@pytest.mark.parametrize("kind", ["commitments", "vendors", "agencies"])
def test_nonsense_for_a_slug_is_404(client: Client, db: None, kind: str, slug: str) -> None:
    answer = client.get(f"/api/v1/{kind}/{slug}")
    assert answer.status_code == 404
    assert len(answer.content) < 5_000


def test_a_former_slug_leads_on_with_the_day(client: Client, moratorium: Commitment) -> None:
    Commitment.objects.filter(pk=moratorium.pk).update(slug="amazon-rekognition-moratorium")
    answer = client.get(ADDRESS, {"on": "2021-01-01"})
    assert (answer.status_code, answer["Location"]) == (
        301,
        "/api/v1/commitments/amazon-rekognition-moratorium?on=2021-01-01",
    )
    assert client.get(answer["Location"]).json()["slug"] == "amazon-rekognition-moratorium"


def test_the_number_of_queries_does_not_grow_with_the_record(
    client: Client, moratorium: Commitment, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(11):
        ask(client, "2026-01-01")
    for number in range(5):
        body = Organization.objects.create(role="body", kind="other", name=f"Body {number}", slug=f"body-{number}")
        actions.declare(
            moratorium,
            Action.WIDENED,
            declared_on=D("2025-01-01"),
            end=End(EndKind.INDEFINITE),
            evidence=[quoted(f"https://more.example/{number}")],
            carve_outs=[actions.Excepted(organization=body)],
            published_on=SHOWN,
        )
    with django_assert_num_queries(11):
        assert len(ask(client, "2026-01-01")["evidence"]) == 8


def test_the_list_is_cut_where_asked_and_counts_the_whole(
    client: Client, moratorium: Commitment, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(4):
        about = actions.Subject(title=f"Pledge {number}", slug=f"pledge-{number}", kind="pledge")
        actions.announce(
            moratorium.actor,
            about,
            declared_on=D("2020"),
            end=End(),
            evidence=[quoted(NEWS)],
            published_on=SHOWN,
        )
    with django_assert_num_queries(3):
        answer = client.get("/api/v1/commitments?limit=2&offset=1&on=2019-01-01").json()
    assert (answer["count"], answer["limit"], answer["offset"]) == (5, 2, 1)
    assert [(item["slug"], item["state"]) for item in answer["items"]] == [
        ("pledge-0", "not_yet_made"),
        ("pledge-1", "not_yet_made"),
    ]


@pytest.mark.parametrize("query", ["limit=0", "limit=501", "limit=all", "offset=-1", "on=soon"])
def test_a_list_asked_for_badly_is_400_and_names_the_parameter(client: Client, db: None, query: str) -> None:
    answer = client.get(f"/api/v1/commitments?{query}")
    assert answer.status_code == 400
    assert query.split("=")[0] in answer.json()["error"]


def test_a_name_with_markup_is_data_and_served_as_json(client: Client, moratorium: Commitment) -> None:
    Commitment.objects.filter(pk=moratorium.pk).update(title="<script>alert(1)</script>")
    answer = client.get(ADDRESS)
    assert answer["Content-Type"].startswith("application/json")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.json()["title"] == "<script>alert(1)</script>"


def test_the_description_names_every_endpoint_and_no_page_loads_from_elsewhere(client: Client, db: None) -> None:
    described = client.get("/api/v1/openapi.json").json()
    assert set(described["paths"]) == {
        f"/api/v1/{path}"
        for path in (
            "commitments",
            "commitments/{slug}",
            "vendors",
            "vendors/{slug}",
            "agencies",
            "agencies/{slug}",
            "questions",
        )
    }
    assert client.get("/api/v1/docs").status_code == 404


def test_reading_sets_no_cookie(client: Client, moratorium: Commitment) -> None:
    assert not client.get(ADDRESS).cookies
