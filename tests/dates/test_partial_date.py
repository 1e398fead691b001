"""A date known to the day, the month or the year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.dates import PartialDate, Precision, plus_years

DAYS = st.dates(max_value=date(9998, 12, 31))


def partial(day: date, precision: Precision) -> PartialDate:
    """The day, its month or its year."""
    match precision:
        case Precision.DAY:
            return PartialDate(day)
        case Precision.MONTH:
            return PartialDate(day.replace(day=1), precision)
        case Precision.YEAR:
            return PartialDate(day.replace(month=1, day=1), precision)


PARTIAL_DATES = st.builds(partial, DAYS, st.sampled_from(Precision))


@pytest.mark.parametrize(
    ("text", "first", "last", "after", "precision", "words"),
    [
        ("2020-06-10", "2020-06-10", "2020-06-10", "2020-06-11", Precision.DAY, "10 June 2020"),
        ("2020-12-31", "2020-12-31", "2020-12-31", "2021-01-01", Precision.DAY, "31 December 2020"),
        ("2020-02", "2020-02-01", "2020-02-29", "2020-03-01", Precision.MONTH, "February 2020"),
        ("2021-02", "2021-02-01", "2021-02-28", "2021-03-01", Precision.MONTH, "February 2021"),
        ("2020-12", "2020-12-01", "2020-12-31", "2021-01-01", Precision.MONTH, "December 2020"),
        ("2020", "2020-01-01", "2020-12-31", "2021-01-01", Precision.YEAR, "2020"),
        (" 2020-06-10\n", "2020-06-10", "2020-06-10", "2020-06-11", Precision.DAY, "10 June 2020"),
    ],
)
def test_what_a_date_means(text: str, first: str, last: str, after: str, precision: Precision, words: str) -> None:
    read = PartialDate.parse(text)
    assert [day.isoformat() for day in (read.first, read.last, read.after)] == [first, last, after]
    assert read.precision is precision
    assert read.exact is (precision is Precision.DAY)
    assert read.in_words() == words
    assert str(read) == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "May 2020",
        "2021-02-30",
        "2021-02-29",
        "2020-13",
        "2020-00",
        "2020-06-00",
        "2020-6-1",
        "20200610",
        "2020-06-10T00:00",
        "2020-06-10 pm",
        "2020/06/10",
        "06/10/2020",
        "2020-06-1o",
        "-2020",
        "0000",
        "9999",
        "99999",
        "2020-W24",
        "2020~",
        "２０２０",
        "2020-06-10\x00",
    ],
)
def test_what_is_no_date_is_refused_by_its_name(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date") as refusal:
        PartialDate.parse(text)
    assert text[:40] in str(refusal.value)


def test_a_long_text_is_not_repeated_whole() -> None:
    with pytest.raises(ValueError, match="is not a date") as refusal:
        PartialDate.parse("x" * 10_000_000)
    assert len(str(refusal.value)) < 200


@pytest.mark.parametrize(
    ("first", "precision"),
    [
        (date(2020, 6, 2), Precision.MONTH),
        (date(2020, 6, 1), Precision.YEAR),
        (date(2020, 1, 2), Precision.YEAR),
    ],
)
def test_a_month_and_a_year_start_on_their_first_day(first: date, precision: Precision) -> None:
    with pytest.raises(ValueError, match="starts"):
        PartialDate(first, precision)


@given(PARTIAL_DATES)
def test_it_reads_what_it_writes(given_date: PartialDate) -> None:
    assert PartialDate.parse(str(given_date)) == given_date


@given(PARTIAL_DATES)
def test_its_days_say_what_it_is(given_date: PartialDate) -> None:
    assert given_date.first <= given_date.last < given_date.after
    assert given_date.after - given_date.last == timedelta(days=1)
    assert PartialDate.spanning(given_date.first, given_date.after) == given_date


@given(DAYS, st.integers(-800, 800))
def test_a_range_of_days_is_a_date_exactly_when_it_is_a_day_a_month_or_a_year(first: date, length: int) -> None:
    after = date.fromordinal(min(max(first.toordinal() + length, 1), date.max.toordinal()))
    spans = {(each.first, each.after) for each in (partial(first, precision) for precision in Precision)}
    if (first, after) in spans:
        assert PartialDate.spanning(first, after).after == after
    else:
        with pytest.raises(ValueError, match="neither a day nor a month nor a year"):
            PartialDate.spanning(first, after)


@pytest.mark.parametrize(
    ("first", "after"),
    [
        ("2020-06-10", "2020-06-10"),
        ("2020-06-10", "2020-06-12"),
        ("2020-06-02", "2020-07-02"),
        ("2020-06-01", "2021-06-01"),
    ],
)
def test_two_days_and_a_shifted_month_are_no_dates(first: str, after: str) -> None:
    with pytest.raises(ValueError, match="neither a day nor a month nor a year"):
        PartialDate.spanning(date.fromisoformat(first), date.fromisoformat(after))


@given(PARTIAL_DATES, PARTIAL_DATES)
def test_dates_sort_by_their_first_day(one: PartialDate, other: PartialDate) -> None:
    earlier, later = sorted((one, other))
    assert earlier.first <= later.first


@pytest.mark.parametrize(
    ("day", "years", "then"),
    [
        ("2020-06-10", 1, "2021-06-10"),
        ("2020-02-29", 1, "2021-02-28"),
        ("2020-02-29", 4, "2024-02-29"),
        ("2021-02-28", 3, "2024-02-28"),
        ("2020-12-31", 1, "2021-12-31"),
        ("2096-02-29", 4, "2100-02-28"),
    ],
)
def test_the_same_day_years_later(day: str, years: int, then: str) -> None:
    assert plus_years(date.fromisoformat(day), years).isoformat() == then


@given(st.dates(max_value=date(9000, 12, 31)), st.integers(1, 100))
def test_years_later_it_is_the_same_day_or_the_one_before(day: date, years: int) -> None:
    then = plus_years(day, years)
    assert then.year == day.year + years
    assert (then.month, then.day) in {(day.month, day.day), (2, 28)}
    assert (then.month, then.day) == (day.month, day.day) or (day.month, day.day) == (2, 29)
