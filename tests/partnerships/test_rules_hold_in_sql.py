"""What a partnership may be, tried by SQL past the ORM. That it cites something is tried with all other claims."""

import pytest

from tests.evidence.claims import a_partnership
from tests.refusals import refused, sql

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
