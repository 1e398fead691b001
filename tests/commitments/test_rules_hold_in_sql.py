"""What a term, a carve-out and a verdict may be, tried by SQL past the ORM.

That they cite something is tried with all claims.
"""

import pytest

from tests.evidence.claims import a_commitment, a_company, a_term
from tests.refusals import refused, rows, sql
from tracker.commitments.models import CarveOut, Verdict
from tracker.organizations.models import Organization

pytestmark = pytest.mark.django_db
JUNE_10, JUNE_2021, YEAR_2019, YEAR_2020 = (
    "[2020-06-10,2020-06-11)",
    "[2021-06-01,2021-07-01)",
    "[2019-01-01,2020-01-01)",
    "[2020-01-01,2021-01-01)",
)


def change(what: str) -> int:
    """Change the only term, declared on 2020-06-10."""
    return sql(f"UPDATE commitments_term SET {what}")


@pytest.mark.parametrize(
    ("what", "rule"),
    [
        ("end_kind = 'fixed'", "term_ends_on_iff_fixed"),
        *(
            (f"end_kind = '{kind}', ends_on = '{JUNE_2021}'", "term_ends_on_iff_fixed")
            for kind in ("indefinite", "permanent", "unknown")
        ),
        (f"end_kind = 'conditional', condition = 'x', ends_on = '{JUNE_2021}'", "term_ends_on_iff_fixed"),
        ("end_kind = 'conditional'", "term_condition_iff_conditional"),
        *(
            (f"end_kind = '{kind}', condition = 'until Congress acts'", "term_condition_iff_conditional")
            for kind in ("indefinite", "permanent", "unknown")
        ),
        (
            f"end_kind = 'fixed', ends_on = '{JUNE_2021}', condition = 'until Congress acts'",
            "term_condition_iff_conditional",
        ),
        (f"not_before = '{JUNE_2021}'", "term_not_before_needs_condition"),
        (
            f"end_kind = 'fixed', ends_on = '{JUNE_2021}', not_before = '{JUNE_2021}'",
            "term_not_before_needs_condition",
        ),
        (
            f"end_kind = 'fixed', effective_from = '{JUNE_10}', ends_on = '{JUNE_10}'",
            "term_ends_after_it_begins",
        ),
        (
            f"end_kind = 'fixed', effective_from = '{JUNE_2021}', ends_on = '{YEAR_2020}'",
            "term_ends_after_it_begins",
        ),
        (
            f"end_kind = 'fixed', effective_from = '{JUNE_2021}', ends_on = '[2021-05-31,2021-06-01)'",
            "term_ends_after_it_begins",
        ),
        ('"order" = 0', "term_order_from_one"),
        ("action = 'extended'", "term_first_is_announced"),
        ("action = 'cancelled'", "_action_"),
        ("end_kind = 'forever'", "_end_kind_"),
        ("declared_on = NULL", "not-null"),
        ("commitment_id = 0", "foreign key"),
    ],
)
def test_a_term_that_breaks_a_rule(what: str, rule: str) -> None:
    a_term()
    with refused(rule):
        change(what)


@pytest.mark.parametrize("ends_on", [YEAR_2019, "[2020-06-09,2020-06-10)", JUNE_10])
def test_an_end_that_is_not_after_the_day_declared_where_nothing_else_is_said(ends_on: str) -> None:
    a_term()
    with refused("term_ends_after_it_begins"):
        change(f"end_kind = 'fixed', ends_on = '{ends_on}'")


@pytest.mark.parametrize(
    "what",
    [
        f"end_kind = 'fixed', ends_on = '{JUNE_2021}'",
        f"end_kind = 'fixed', ends_on = '{YEAR_2020}'",
        f"end_kind = 'fixed', ends_on = '[2020-06-11,2020-06-12)', effective_from = '{YEAR_2020}'",
        f"end_kind = 'conditional', condition = 'the commissioner authorises it', not_before = '{JUNE_2021}'",
        "end_kind = 'permanent'",
        f"effective_from = '{YEAR_2019}'",
    ],
    ids=[
        "a month later",
        "within the year declared",
        "a day after",
        "the later of two",
        "for ever",
        "in force before it was declared",
    ],
)
def test_what_real_promises_say_is_accepted(what: str) -> None:
    a_term()
    assert change(what) == 1


@pytest.mark.parametrize("action", ["suspended", "withdrawn", "reversed", "overturned", "replaced"])
def test_a_term_that_stops_carries_no_end(action: str) -> None:
    term = a_term(commitment=a_term().commitment, order=2, action="extended")
    with refused("term_that_stops_has_no_end"):
        sql("UPDATE commitments_term SET action = %s, end_kind = 'indefinite' WHERE id = %s", action, term.pk)
    assert sql("UPDATE commitments_term SET action = %s WHERE id = %s", action, term.pk) == 1


def test_terms_of_one_commitment_have_distinct_order_and_those_of_two_need_not() -> None:
    first = a_term()
    second = a_term(commitment=first.commitment, order=2)
    a_term(commitment=a_commitment("another"))
    with refused("term_order_once"):
        sql('UPDATE commitments_term SET "order" = 1 WHERE id = %s', second.pk)


class TestCarveOuts:
    def test_somebody_is_named(self) -> None:
        with refused("carve_out_names_somebody"):
            CarveOut.objects.create(term=a_term(), purpose="finding children")

    def test_it_does_not_end_with_the_term_that_makes_it(self) -> None:
        carve_out = CarveOut.objects.create(term=a_term(), words="Thorn")
        with refused("carve_out_ends_later"):
            sql("UPDATE commitments_carveout SET until_id = term_id WHERE id = %s", carve_out.pk)

    def test_it_is_not_ended_by_a_term_of_another_promise(self) -> None:
        carve_out = CarveOut.objects.create(term=a_term(), words="Thorn")
        other = a_term(commitment=a_commitment("another"))
        with refused("commitments_carveout|carve_out"):
            sql("UPDATE commitments_carveout SET until_id = %s WHERE id = %s", other.pk, carve_out.pk)

    def test_the_term_that_ends_it_is_not_deleted_from_under_it(self) -> None:
        term = a_term()
        narrowed = a_term(commitment=term.commitment, order=2, action="narrowed")
        CarveOut.objects.create(term=term, until=narrowed, words="Thorn")
        with refused("foreign key"):
            sql("DELETE FROM commitments_term WHERE id = %s", narrowed.pk)


@pytest.mark.parametrize(
    ("what", "rule"),
    [
        ("value = 'true'", "_value_"),
        ("summary = ''", "verdict_says_why"),
        ("\"on\" = 'empty'", "partial_date_check"),
    ],
)
def test_a_verdict_that_breaks_a_rule(what: str, rule: str) -> None:
    Verdict.objects.create(commitment=a_commitment(), on="2021", value="broken", summary="It sold it all the same.")
    with refused(rule):
        sql(f"UPDATE commitments_verdict SET {what}")


@pytest.mark.parametrize(
    ("what", "rule"),
    [
        ("kind = 'wish'", "_kind_"),
        ("nature = 'law'", "_nature_"),
        ("title = ''", "commitment_has_a_title"),
        ("actor_id = NULL", "not-null"),
    ],
)
def test_a_commitment_that_breaks_a_rule(what: str, rule: str) -> None:
    a_commitment()
    with refused(rule):
        sql(f"UPDATE commitments_commitment SET {what}")


def test_an_old_slug_of_a_commitment_leads_on_and_is_never_given_away() -> None:
    commitment, other = a_commitment("moratorium"), a_commitment("another")
    sql("UPDATE commitments_commitment SET slug = 'renamed' WHERE id = %s", commitment.pk)
    assert rows("SELECT slug, record_id FROM commitments_commitmentformerslug") == [("moratorium", commitment.pk)]
    with refused("leads to another record"):
        sql("UPDATE commitments_commitment SET slug = 'moratorium' WHERE id = %s", other.pk)


def test_an_actor_that_promised_something_is_not_deleted() -> None:
    a_commitment()
    a_company("nobody")
    with refused("foreign key"):
        sql("DELETE FROM organizations_organization")
    assert Organization.objects.count() == 2
