"""What a partnership may be, tried by SQL past the ORM. That it cites something is tried with all other claims."""

from decimal import Decimal
from typing import Any

import pytest

from tests.evidence.claims import a_partnership
from tests.refusals import refused, rows, sql
from tracker.partnerships.models import Partnership

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("client_id = vendor_id", "partnership_between_two"),
        ("kind = 'friendship'", "_kind_"),
        ("status = 'active'", "_status_"),
        (
            "started = '[2019-01-01,2020-01-01)', ended = '[2018-12-31,2019-01-01)'",
            "partnership_ends_after_start",
        ),
        (
            "started = '[2019-06-01,2019-07-01)', ended = '[2019-05-01,2019-06-01)'",
            "partnership_ends_after_start",
        ),
        ("amount = 100", "partnership_amount_has_currency"),
        ("currency = 'USD'", "partnership_amount_has_currency"),
        ("amount = 100, currency = 'usd'", "partnership_amount_has_currency"),
        ("vendor_id = 0", "foreign key"),
        ("details = NULL", "not-null"),
        ("slug = NULL", "not-null"),
    ],
)
def test_a_change_that_breaks_a_rule(change: str, rule: str) -> None:
    a_partnership()
    with refused(rule):
        sql(f"UPDATE partnerships_partnership SET {change}")


@pytest.mark.parametrize(
    "change",
    [
        "started = '[2019-06-10,2019-06-11)', ended = '[2019-01-01,2020-01-01)'",
        "started = '[2019-06-10,2019-06-11)', ended = '[2019-06-10,2019-06-11)'",
        "amount = -54.70, currency = 'GBP'",
    ],
    ids=["ended in the year it began", "ended the day it began", "money taken back"],
)
def test_what_happens_in_real_data_is_accepted(change: str) -> None:
    a_partnership()
    assert sql(f"UPDATE partnerships_partnership SET {change}") == 1


def test_a_slug_names_one_partnership() -> None:
    a_partnership()
    with refused("slug"):
        sql(
            """INSERT INTO partnerships_partnership
                 (slug, vendor_id, client_id, kind, via_words, status, status_detail, end_reason, currency,
                  contract_number, details, note, origin, checked)
               SELECT slug, vendor_id, client_id, 'hosting', '', status, '', '', '', '', '{}', '', '', true
               FROM partnerships_partnership"""
        )


def an_obligation(**other: Any) -> None:
    """One of the partnership there is, as a file has it, but for what `other` says."""
    columns = {"on": "2025-04-11", "amount": "29840000.00", "modification": "P00004", "what": "", "line": 2, **other}
    names = ", ".join(f'"{name}"' for name in columns)
    sql(
        f"""INSERT INTO partnerships_obligation (partnership_id, {names})
            SELECT id, {", ".join(["%s"] * len(columns))} FROM partnerships_partnership""",
        *columns.values(),
    )


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"line": 0}, "obligation_has_a_line"),
        ({"line": None}, "not-null"),
        ({"on": None}, "not-null"),
        ({"amount": None}, "not-null"),
        ({"amount": "100000000000000"}, "overflow"),
        ({"modification": "1" * 41}, "too long"),
    ],
    ids=str,
)
def test_money_that_no_line_of_a_file_could_have_promised(wrong: dict[str, Any], rule: str) -> None:
    a_partnership()
    with refused(rule):
        an_obligation(**wrong)


def test_one_line_of_a_file_promises_money_once() -> None:
    a_partnership()
    an_obligation()
    an_obligation(line=3)
    with refused("obligation_once_per_line"):
        an_obligation(amount="1")


def test_money_taken_back_is_subtracted_to_the_cent_and_goes_with_its_contract() -> None:
    a_partnership()
    an_obligation(amount="10000.10")
    an_obligation(amount="-10000.11", line=3, modification="")
    assert rows("SELECT sum(amount) FROM partnerships_obligation") == [(Decimal("-0.01"),)]
    Partnership.objects.all().delete()
    assert rows("SELECT count(*) FROM partnerships_obligation") == [(0,)]
