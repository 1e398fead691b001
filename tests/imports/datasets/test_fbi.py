"""The FBI's list says which agencies there are, with their numbers and where they are."""

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from tests.conftest import shared
from tests.imports.datasets.conftest import Written
from tracker.imports.fbi import FbiAgencies
from tracker.imports.rows import AgencyListed, AgencyNamed, BadFile, Refused

REAL = "data/fbi-agencies-2018/agencies.csv"
ROW = {
    "": "0",
    "agency_name": "Orlando Police Department",
    "agency_type_name": "City",
    "county_name": "ORANGE",
    "latitude": "28.51443",
    "longitude": "-81.3233",
    "ori": "FL0480400",
    "state_abbr": "FL",
}


def read(path: Path) -> list[AgencyListed | Refused]:
    return list(FbiAgencies().read(path))


def test_a_row_is_an_agency_with_its_number_kind_county_and_point(written: Written) -> None:
    [row] = read(written(ROW, {}))
    assert isinstance(row, AgencyListed)
    assert (row.line, row.key, row.group) == (2, "FL0480400", "City")
    assert row.agency == AgencyNamed("Orlando Police Department", "FL", kind="police", county="ORANGE", ori="FL0480400")
    assert (row.latitude, row.longitude) == (Decimal("28.51443"), Decimal("-81.3233"))


@pytest.mark.parametrize(
    ("kind_of_row", "name", "kind"),
    [
        ("County", "Butler County Sheriff's Office", "sheriff"),
        ("County", "Nassau County Police Department", "police"),
        ("County", "Maui Police Department County Sheriff's Office", "sheriff"),
        ("State Police", "State Police: Wayne County", "state"),
        ("University or College", "Harvard University ", "other"),
        ("Tribal", "Pyramid Lake Tribal", "other"),
    ],
)
def test_its_kind_is_what_the_list_calls_it(written: Written, kind_of_row: str, name: str, kind: str) -> None:
    [row] = read(written(ROW, {"agency_type_name": kind_of_row, "agency_name": name}))
    assert isinstance(row, AgencyListed)
    assert (row.agency.kind, row.agency.name) == (kind, name.strip())


def test_nebraska_and_guam_have_their_postal_codes_again(written: Written) -> None:
    rows = read(written(ROW, {"ori": "NB0010100", "state_abbr": "NB"}, {"ori": "GM0010100", "state_abbr": "GM"}))
    assert [row.agency.state for row in rows if isinstance(row, AgencyListed)] == ["NE", "GU"]


@pytest.mark.parametrize(
    ("latitude", "longitude"), [("", ""), ("-9.0", "-9.0"), ("28.5", ""), ("81.3", "-28.5"), ("nan", "nan")]
)
def test_a_point_that_is_none_is_left_out_and_the_agency_stays(written: Written, latitude: str, longitude: str) -> None:
    [row] = read(written(ROW, {"latitude": latitude, "longitude": longitude}))
    assert isinstance(row, AgencyListed)
    assert (row.latitude, row.longitude) == (None, None)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"ori": "FL04804"}, "an ORI that is none"),
        ({"ori": ""}, "an ORI that is none"),
        ({"agency_name": " "}, "no agency_name given"),
        ({"state_abbr": "NA"}, "a state that is none"),
    ],
)
def test_a_row_that_is_no_agency_is_refused(written: Written, row: dict[str, str], reason: str) -> None:
    [refused] = read(written(ROW, row))
    assert isinstance(refused, Refused)
    assert refused.reason == reason


def test_a_number_that_stands_twice_counts_once(written: Written) -> None:
    first, second = read(written(ROW, {}, {"agency_name": "Another"}))
    assert isinstance(first, AgencyListed)
    assert isinstance(second, Refused)
    assert second.sample == "FL0480400 stands in line 2"


def test_another_list_is_not_taken_for_it(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("name,state\nOrlando,FL\n")
    with pytest.raises(BadFile, match="has no column “ori”"):
        read(path)


def test_the_real_list_is_read_to_its_last_row() -> None:
    rows = read(shared(REAL))
    listed = [row for row in rows if isinstance(row, AgencyListed)]
    assert (len(rows), len(listed)) == (18_702, 18_702)
    assert Counter(row.agency.kind for row in listed) == {
        "police": 11_907,
        "sheriff": 2_987,
        "state": 2_259,
        "other": 1_549,
    }
    assert sum(row.latitude is None for row in listed) == 557, "556 that have no point, and one at -9, -9"
    assert len({row.agency.state for row in listed}) == 54
    assert rows[-1].line == 18_703
