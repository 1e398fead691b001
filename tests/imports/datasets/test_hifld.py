"""HIFLD's list of police stations says which agencies there are, in which towns."""

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from tests.conftest import shared
from tests.imports.datasets.conftest import Written
from tracker.imports.hifld import Hifld
from tracker.imports.rows import AgencyListed, AgencyNamed, BadFile, Refused

REAL = "data/hifld-local-law-enforcement-2020/Local_Law_Enforcement_Locations.csv"
ROW = {"FID": "1", "Station_name": "HIRAM POLICE DEPARTMENT  ", "CITY": "HIRAM", "STATE": "GA"}


def read(path: Path) -> list[AgencyListed | Refused]:
    return list(Hifld().read(path))


def test_a_row_is_an_agency_in_a_town(written: Written) -> None:
    [row] = read(written(ROW, {}))
    assert isinstance(row, AgencyListed)
    assert row.key == "hiram police department, hiram, ga"
    assert row.agency == AgencyNamed("HIRAM POLICE DEPARTMENT", "GA", city="HIRAM", kind="police")
    assert (row.latitude, row.longitude) == (None, None)


def test_the_full_list_has_a_point_and_a_county(written: Written) -> None:
    usual = {
        "OBJECTID": "1",
        "NAME": "HIRAM POLICE DEPARTMENT",
        "CITY": "HIRAM",
        "STATE": "GA",
        "STATUS": "OPEN",
        "COUNTY": "PAULDING",
        "LATITUDE": "33.87",
        "LONGITUDE": "-84.76",
    }
    open_, closed, unknown = read(
        written(
            usual,
            {},
            {"NAME": "OLD STATION", "STATUS": "CLOSED"},
            {"NAME": "ANOTHER", "LATITUDE": "-999", "LONGITUDE": "-999", "COUNTY": "NOT AVAILABLE"},
        )
    )
    assert isinstance(open_, AgencyListed)
    assert (open_.agency.county, open_.latitude, open_.longitude) == ("PAULDING", Decimal("33.87"), Decimal("-84.76"))
    assert isinstance(closed, Refused)
    assert isinstance(unknown, AgencyListed)
    assert (unknown.agency.county, unknown.latitude) == ("", None)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("BUTLER COUNTY SHERIFFS OFFICE", "sheriff"),
        ("IOWA STATE PATROL", "state"),
        ("MAINE STATE POLICE TROOP D", "state"),
        ("MOREHEAD STATE UNIVERSITY POLICE DEPARTMENT", "police"),
        ("PROVINCETOWN HARBORMASTERS OFFICE", "other"),
    ],
)
def test_its_kind_is_what_its_name_says(written: Written, name: str, kind: str) -> None:
    [row] = read(written(ROW, {"Station_name": name}))
    assert isinstance(row, AgencyListed)
    assert row.agency.kind == kind


def test_several_stations_of_one_agency_in_a_town_count_once(written: Written) -> None:
    first, second, elsewhere = read(written(ROW, {}, {"FID": "2"}, {"FID": "3", "CITY": "DALLAS"}))
    assert isinstance(second, Refused)
    assert (second.reason, second.sample) == ("repeats an earlier line", "HIRAM POLICE DEPARTMENT, HIRAM: line 2")
    assert isinstance(first, AgencyListed)
    assert isinstance(elsewhere, AgencyListed)


@pytest.mark.parametrize(
    ("row", "reason"), [({"Station_name": " "}, "no name given"), ({"STATE": "XX"}, "a state that is none")]
)
def test_a_row_that_is_no_agency_is_refused(written: Written, row: dict[str, str], reason: str) -> None:
    [refused] = read(written(ROW, row))
    assert isinstance(refused, Refused)
    assert refused.reason == reason


def test_a_list_without_names_is_not_taken_for_it(written: Written) -> None:
    with pytest.raises(BadFile, match="has no column “NAME” or “Station_name”"):
        read(written({"FID": "1", "CITY": "HIRAM", "STATE": "GA"}, {}))


def test_the_real_list_is_read_to_its_last_row() -> None:
    rows = read(shared(REAL))
    refused = Counter(row.reason for row in rows if isinstance(row, Refused))
    assert len(rows) == 23_486
    assert refused == {"repeats an earlier line": 1_165, "no name given": 4}
    kinds = Counter(row.agency.kind for row in rows if isinstance(row, AgencyListed))
    assert kinds == {"police": 14_645, "sheriff": 3_667, "other": 2_321, "state": 1_421, "local": 263}
