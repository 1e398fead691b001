"""Text and dates as people typed them into the Atlas."""

import pytest

from tracker.imports.written import american_date, plain


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
    ("written", "text"),
    [
        ("  Springfield \n Police\u00a0Department ", "Springfield Police Department"),
        ("Ring\u200b", "Ring"),
        ("\ufeffRing\u200e", "Ring"),
        ("Pen\u0303asco", "Peñasco"),
        ("a\x00b\tc", "a b c"),
        ("“WatchGuard ”", "“WatchGuard ”"),
    ],
)
def test_what_cannot_be_seen_does_not_make_another_name(written: str, text: str) -> None:
    assert plain(written) == text
