"""What a finding and a question may be, tried by SQL past the ORM.

That they cite something is tried with all other claims.
"""

import pytest

from tests.evidence.claims import a_company, a_finding, a_question
from tests.refusals import refused, sql

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("kind = 'opinion'", "finding_opinion_is_attributed"),
        ("kind = 'gossip'", "_kind_"),
        ("tested = 535, matched = 536", "finding_matches_within_tested"),
        ("matched = -1", "_matched_"),
        ('"on" = NULL', "not-null"),
    ],
)
def test_a_finding_that_breaks_a_rule(change: str, rule: str) -> None:
    a_finding()
    with refused(rule):
        sql(f"UPDATE record_finding SET {change}")


def test_an_opinion_has_a_name_in_front_of_it_and_keeps_it() -> None:
    finding, company = a_finding(), a_company()
    sql("UPDATE record_finding SET kind = 'opinion', by_id = %s WHERE id = %s", company.pk, finding.pk)
    with refused("finding_opinion_is_attributed"):
        sql("UPDATE record_finding SET by_id = NULL")
    sql("UPDATE record_finding SET by_id = NULL, by_words = 'a former detective'")
    with refused("finding_opinion_is_attributed"):
        sql("UPDATE record_finding SET by_words = ''")


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("asked_by_words = ''", "question_has_an_asker"),
        ("text = ''", "question_asks_something"),
        ("outcome = 'ignored'", "_outcome_"),
        ("answered_on = '[2020-07-01,2020-07-02)'", "question_answer_day_needs_answer"),
        ("outcome = 'evaded', answered_on = '[2020-07-01,2020-07-02)'", "question_answer_day_needs_answer"),
    ],
)
def test_a_question_that_breaks_a_rule(change: str, rule: str) -> None:
    a_question()
    with refused(rule):
        sql(f"UPDATE record_question SET {change}")


def test_no_question_is_answered_before_it_was_asked() -> None:
    a_question()
    with refused("record_question|question_"):
        sql(
            """UPDATE record_question SET asked_on = '[2020-06-10,2020-06-11)',
               outcome = 'denied', answered_on = '[2019-01-01,2020-01-01)'"""
        )


def test_slugs_name_one_finding_and_one_question() -> None:
    a_finding(), a_finding(slug="second"), a_question()
    with refused("slug"):
        sql("UPDATE record_finding SET slug = 'aclu-2018'")
    with refused("slug"):
        sql(
            """INSERT INTO record_question (slug, asked_of_id, asked_by_words, text, outcome, response_kind,
                 response, follow_up, origin, checked)
               SELECT slug, asked_of_id, 'x', 'x', outcome, '', '', '', '', true FROM record_question"""
        )
