"""Sums and states as people and federal lists write them."""

from decimal import Decimal

import pytest

from tracker.imports.written import county_code, money, state_code


@pytest.mark.parametrize(
    ("written", "sum_"),
    [
        ("$1,234.50", "1234.50"),
        ("(12.00)", "-12.00"),
        ("($1,000)", "-1000"),
        ("-5", "-5"),
        ("-$5", "-5"),
        ("$-5", "-5"),
        ("\u2212$5.25 ", "-5.25"),
        ("110367609.0", "110367609.0"),
        ("USD 7", "7"),
        (".50", "0.50"),
        ("-0", "0"),
    ],
)
def test_a_sum_is_read_to_the_cent(written: str, sum_: str) -> None:
    assert money(written) == Decimal(sum_)
    assert not money(written).is_signed() or money(written) < 0


@pytest.mark.parametrize(
    "written", ["", "$", "NA", "1.2 million", "1.234,50", "1,23", "£5", "1e9", "NaN", "5-", "(-5)", "=A1", "٣"]
)
def test_what_is_not_surely_a_sum_is_none(written: str) -> None:
    with pytest.raises(ValueError, match=r"is not a sum in dollars|is negative twice"):
        money(written)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("FL ", "FL"),
        ("florida", "FL"),
        ("12", "FL"),
        ("Fla.", "FL"),
        ("1", "AL"),
        ("N.J", "NJ"),
        ("W. Va.", "WV"),
        ("NEW  YORK", "NY"),
        ("Washington, D.C.", "DC"),
        ("GU", "GU"),
        ("GM", "GU"),
        ("NB", "NE"),
        ("Virgin Islands", "VI"),
    ],
)
def test_a_state_is_known_by_code_number_and_name(written: str, code: str) -> None:
    assert state_code(written) == code


@pytest.mark.parametrize("written", ["NA", "", "-", "ZZ", "03", "Washington County", "AB", "Drones", "KENT; SUSSEX"])
def test_what_is_no_state_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"is not a state|no state is given"):
        state_code(written)


def test_a_county_must_lie_in_its_state() -> None:
    assert county_code("12086", "FL") == "12086"
    assert county_code("1001", "AL") == "01001"
    for wrong, state in (("12086", "GA"), ("99001", "FL"), ("12000", "FL"), ("Miami-Dade", "FL"), ("12086", "")):
        with pytest.raises(ValueError, match=r"is not the FIPS number of a county|county 12086 is in FL"):
            county_code(wrong, state)
