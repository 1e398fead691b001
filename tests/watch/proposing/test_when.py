from datetime import date

import pytest

from tracker.dates import PartialDate
from tracker.watch.proposing.until.when import days_in, lengths_in

FRIDAY = date(2020, 6, 12)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("from 2020-06-10 on", "2020-06-10"),
        ("on 10 June 2020", "2020-06-10"),
        ("on June 10, 2020,", "2020-06-10"),
        ("on Jan. 1, 2023.", "2023-01-01"),
        ("on Dec. 5th", "2019-12-05"),
        ("from 1 March", "2021-03-01"),
        ("until July 1", "2020-07-01"),
        ("said on Wednesday", "2020-06-10"),
        ("said late Friday", "2020-06-12"),
        ("announced today", "2020-06-12"),
        ("announced yesterday", "2020-06-11"),
        ("until June 2021", "2021-06"),
        ("until 2023", "2023"),
        ("by the end of 2021", "2021-12-31"),
        ("the end of next year", "2021-12-31"),
        ("the end of this month", "2020-06-30"),
    ],
)
def test_a_date_is_read_against_the_day_of_publication(text: str, day: str) -> None:
    assert [str(found.date) for found in days_in(text, FRIDAY)] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "a vote of 7-2",
        "it may 12 times",
        "31 June 2020",
        "2020 cameras",
        "march 3 miles",
        "version 2.0.1",
        "30 days",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert days_in(text, FRIDAY) == []


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("a one-year moratorium", "2020-06-10", "2021-06-10"),
        ("for a year", "2020-06-10", "2021-06-10"),
        ("for a year", "2020-02-29", "2021-02-28"),
        ("for five years", "2020-01-01", "2025-01-01"),
        ("three years later", "2020-01-01", "2023-01-01"),
        ("for 18 months", "2020-08-31", "2022-02-28"),
        ("another six months", "2020-06", "2020-12"),
        ("for two years", "2020", "2022"),
    ],
)
def test_a_length_ends_on_the_first_day_not_covered(text: str, start: str, end: str) -> None:
    assert [str(length.after(PartialDate.parse(start))) for length in lengths_in(text)] == [end]
