"""What dates and sums mean in files whose habits nobody knows: what is not sure has no value."""

from decimal import Decimal

import pytest

from tracker.imports.mapped.days import NoSuchDay, day, order_of
from tracker.imports.mapped.mapping import DateOrder, DecimalMark
from tracker.imports.mapped.money import mark_of, money

DAY, MONTH = DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST
POINT, COMMA = DecimalMark.POINT, DecimalMark.COMMA


@pytest.mark.parametrize(
    ("written", "order", "value"),
    [
        ("5/6/2020", None, None),
        ("5/6/2020", MONTH, "2020-05-06"),
        ("5/6/2020", DAY, "2020-06-05"),
        ("5/5/2020", None, "2020-05-05"),
        ("13/5/2020", None, "2020-05-13"),
        ("5/13/20", None, "2020-05-13"),
        ("13/5/2020", MONTH, None),
        ("13.05.2020", DAY, "2020-05-13"),
        ("5/6/87", MONTH, None),
        ("2020-4-15", None, "2020-04-15"),
        ("2020/04/15", None, "2020-04-15"),
        ("20200415", None, "2020-04-15"),
        ("2025-07-03 pm", None, "2025-07-03"),
        ("2024-04-26T17:25:31Z", None, "2024-04-26"),
        ("12/27/2012 12:00:00 AM", None, "2012-12-27"),
        ("Aug. 2026", None, "2026-08"),
        ("August 2026", None, "2026-08"),
        ("January 9, 2019", None, "2019-01-09"),
        ("Sept. 5th, 2020", None, "2020-09-05"),
        ("26 Mar 2014", None, "2014-03-26"),
        ("10/2018", None, "2018-10"),
        ("2018", None, "2018"),
        ("2020-06", None, "2020-06"),
        ("2011-12", None, None),
        ("2017-2019", None, None),
        ("43146", None, None),
        ("10/4", MONTH, None),
        ("21, 2019", None, None),
        ("Current", None, None),
        ("", None, None),
    ],
)
def test_a_date_means_a_day_only_where_it_can_mean_no_other(
    written: str, order: DateOrder | None, value: str | None
) -> None:
    read = day(written, order)
    assert (str(read.value) if read.value else None, read.raw) == (value, written)


@pytest.mark.parametrize("written", ["31/02/2020", "2/30/2020", "13/13/2018", "2020-13-01", "2020-02-30", "13/2020"])
def test_a_day_that_no_calendar_has_is_an_error(written: str) -> None:
    with pytest.raises(NoSuchDay, match=written):
        day(written, MONTH)


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        (["1/2/2020", "3/31/2020"], MONTH),
        (["1/2/2020", "31/3/2020"], DAY),
        (["1/2/2020", "3/4/2020"], None),
        (["13/2/2020", "2/13/2020"], None),
        (["2020-03-31", "Current"], None),
        (["1/2/2020"] * 30 + ["31/3/2020"], None),
        ([], None),
    ],
)
def test_the_other_dates_show_what_comes_first_unless_they_disagree_or_one_is_a_slip(
    dates: list[str], order: DateOrder | None
) -> None:
    assert order_of(dates) is order


@pytest.mark.parametrize(
    ("written", "mark", "amount", "currency"),
    [
        ("$1,234.56", None, "1234.56", "$"),
        ("1.234,56 €", None, "1234.56", "EUR"),
        ("1,234", None, None, ""),
        ("1,234", POINT, "1234", ""),
        ("1,234", COMMA, "1.234", ""),
        ("1.234.567", None, "1234567", ""),
        ("(500.00)", None, "-500", ""),
        ("-$20", None, "-20", "$"),
        ("850361073.0", None, "850361073", ""),
        ("0.0", POINT, "0", ""),
        ("$1.2 million", POINT, "1200000", "$"),
        ("USD 5", None, "5", "USD"),
        ("£3k", None, "3000", "GBP"),
        ("1.234,56", POINT, None, ""),
        ("1,23,4", POINT, None, ""),
        ("(500", None, None, ""),
        ("12 Avenue", None, None, ""),
        ("1e5", None, None, ""),
        ("nan", None, None, ""),
        ("9" * 100, None, None, ""),
    ],
)
def test_a_sum_is_read_only_where_its_marks_leave_no_choice(
    written: str, mark: DecimalMark | None, amount: str | None, currency: str
) -> None:
    read = money(written, mark)
    assert (read and read.amount, read and read.currency) == (
        (Decimal(amount), currency) if amount is not None else (None, None)
    )


def test_other_sums_of_a_file_show_its_decimal_mark() -> None:
    assert mark_of(["1,234", "5.50"]) is POINT
    assert mark_of(["1.234", "5,50"]) is COMMA
    assert mark_of(["1,234", "10"]) is None
    assert mark_of(["1,5", "1.5"]) is None
