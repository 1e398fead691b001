"""Dates as people typed them into the Atlas and other lists."""

import pytest

from tracker.imports.written import american_date, any_date, plain


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("10/06/2018", "2018-10-06"),
        ("3/22/18", "2018-03-22"),
        ("12/27/2012", "2012-12-27"),
        ("2/29/2020 ", "2020-02-29"),
        ("2018", "2018"),
        ("10/2018", "2018-10"),
        ("2018-10-06", "2018-10-06"),
        ("January 9, 2019", "2019-01-09"),
        ("26 Mar 2014", "2014-03-26"),
        ("\u200e4/27/2020\u200b", "2020-04-27"),
        ("", None),
        ("2/29/2019", None),
        ("13/13/2018", None),
        ("2017-2019", None),
        ("2017/2018", None),
        ("2011-12", None),
        ("43146", None),
        ("21, 2019", None),
        ("10/4", None),
        ("01/17,2019", None),
        ("00/00/0000", None),
        ("last summer", None),
    ],
)
def test_a_date_has_a_value_only_where_it_is_sure_and_always_its_words(written: str, value: str | None) -> None:
    read = american_date(written)
    assert (str(read.value) if read.value else None) == value
    assert read.raw == plain(written)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2023-07-27T12:04:07Z", "2023-07-27"),
        ("2019-12-31 23:59:59.999+00:00", "2019-12-31"),
        ("2020/04/15 00:00:00+00", "2020-04-15"),
        ("1/5/2020 12:00:00 AM", "2020-01-05"),
        ("2025-07-03 pm", "2025-07-03"),
        ("2020-4-15", "2020-04-15"),
        ("20201007", "2020-10-07"),
        ("02/18/ 2020", "2020-02-18"),
        ("07-11-2019", "2019-07-11"),
        ("04/5/98", "1998-04-05"),
        ("August 2026", "2026-08"),
        ("Sept. 3rd, 2019", "2019-09-03"),
        ("Wednesday, March 26, 2014", "2014-03-26"),
        ("1 of june 2016", "2016-06-01"),
        ("26-Mar-14", "2014-03-26"),
        ("2026-08", "2026-08"),
        ("2016-17", None),
        ("2010/11", None),
        ("2019-2020", None),
        ("43146", "2018-02-15"),
        ("43146.0", "2018-02-15"),
        ("29999", None),
        ("60000", None),
        ("9/21/0206", None),
        ("February 30, 2019", None),
        ("2023-02-29T00:00:00Z", None),
        ("26/03/2014", None),
        ("26.3.2014", None),
        ("June 16", None),
        ("NA", None),
        ("Current", None),
    ],
)
def test_any_way_of_writing_a_date_is_read_to_the_precision_it_has(written: str, value: str | None) -> None:
    read = any_date(written)
    assert (str(read.value) if read.value else None) == value
    assert read.raw == written


@pytest.mark.parametrize(
    ("written", "value"), [("10/06/2018", "2018-06-10"), ("26.3.2014", "2014-03-26"), ("03/26/2014", None)]
)
def test_a_list_that_writes_the_day_first_is_read_so(written: str, value: str | None) -> None:
    read = any_date(written, day_first=True).value
    assert (str(read) if read else None) == value
