"""Which departments used PredPol comes in with the days they confirmed, and no day that only looks confirmed."""

from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import shared
from tests.imports.datasets.conftest import Written
from tracker.imports.predpol import PredPol
from tracker.imports.rows import AgencyNamed, Claimed, Refused

REAL = "data/predpol-departments/departments.csv"
ROW = {
    "client": "fresnopd",
    "Client Name": "Fresno, Calif.",
    "UCR Department": "CA0100500",
    "first_prediction_date": "2018-02-15",
    "final_prediction_date": "2020-06-23",
    "Confirmed Start Date ": "2016-04-01",
    "Confirmed End Date": "2020-6-1",
    "Active": "FALSE",
}


def read(path: Path) -> list[Claimed | Refused]:
    return list(PredPol().read(path))


def course(path: Path) -> tuple[str, str, str]:
    [row] = read(path)
    assert isinstance(row, Claimed)
    return row.course.status, str(row.course.started), str(row.course.ended)


def test_a_department_that_ceased_has_the_days_it_confirmed(written: Written) -> None:
    [row] = read(written(ROW, {}))
    assert isinstance(row, Claimed)
    assert (row.key, row.vendor) == ("fresnopd", "PredPol")
    assert (row.subject.technology, row.subject.product) == ("predictive-policing", "predpol")
    assert row.agency == AgencyNamed("Fresno Police Department", "CA", "Fresno", "police", ori="CA0100500")
    assert (row.course.status, str(row.course.started), str(row.course.ended)) == ("ended", "2016-04-01", "2020-06-01")
    assert row.details["confirmed_end"] == "2020-6-1", "as it was written"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"Confirmed End Date": "Current", "Active": "TRUE"}, ("reported", "2016-04-01", "None")),
        ({"Confirmed End Date": "Current", "Active": "UNKNOWN"}, ("reported", "2016-04-01", "None")),
        ({"Confirmed End Date": "Current", "Active": "FALSE"}, ("unknown", "2016-04-01", "None")),
        ({"Active": "TRUE"}, ("unknown", "2016-04-01", "None")),
        ({"Active": "UNKNOWN"}, ("unknown", "2016-04-01", "None")),
        ({"Confirmed Start Date ": "2018-02-15"}, ("ended", "None", "2020-06-01")),
        ({"Confirmed End Date": "2020-06-23"}, ("ended", "2016-04-01", "None")),
    ],
)
def test_what_became_of_it_is_said_only_as_far_as_the_row_agrees_with_itself(
    written: Written, row: dict[str, str], said: tuple[str, str, str]
) -> None:
    assert course(written(ROW, row)) == said


@pytest.mark.parametrize(
    ("client", "agency"),
    [
        (
            "Calcasieu Parish, La.",
            AgencyNamed("Calcasieu Parish Sheriff's Office", "LA", kind="sheriff", county="Calcasieu Parish"),
        ),
        (
            "Gloucester township , N.J",
            AgencyNamed("Gloucester Township Police Department", "NJ", "Gloucester township", "police"),
        ),
        (
            "West Springfield Town, Mass.",
            AgencyNamed("West Springfield Police Department", "MA", "West Springfield", "police"),
        ),
        ("Alexandria,  La. ", AgencyNamed("Alexandria Police Department", "LA", "Alexandria", "police")),
    ],
)
def test_the_department_of_a_place_is_named(written: Written, client: str, agency: AgencyNamed) -> None:
    [row] = read(written(ROW, {"Client Name": client, "UCR Department": ""}))
    assert isinstance(row, Claimed)
    assert row.agency == agency


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"client": ""}, "no client given"),
        ({"UCR Department": "CA01005"}, "an ORI that is none"),
        ({"Client Name": "Fresno"}, "a place or a date that cannot be"),
        ({"Client Name": "Fresno, Narnia"}, "a place or a date that cannot be"),
        ({"Confirmed End Date": "2016-03-01"}, "a place or a date that cannot be"),
        ({"Confirmed Start Date ": "2016-13-01"}, "a date that is none"),
        ({"Confirmed End Date": "soon"}, "a date that is none"),
    ],
)
def test_a_row_that_cannot_be_is_refused(written: Written, row: dict[str, str], reason: str) -> None:
    [refused] = read(written(ROW, row))
    assert isinstance(refused, Refused)
    assert refused.reason == reason


def test_a_client_that_stands_twice_counts_once(written: Written) -> None:
    _, second = read(written(ROW, {}, {"Active": "TRUE"}))
    assert isinstance(second, Refused)
    assert second.sample == "fresnopd stands in line 2"


def test_the_real_list_is_read_to_its_last_row() -> None:
    claimed = [row for row in read(shared(REAL)) if isinstance(row, Claimed)]
    assert len(claimed) == 39
    assert Counter(row.course.status for row in claimed) == {"ended": 20, "reported": 16, "unknown": 3}
    assert {row.key for row in claimed if row.course.detail.startswith("said to be")} == {"modesto", "reading"}
    assert [row.key for row in claimed if not row.agency.ori] == ["reading"]
    assert sum(row.course.started is None for row in claimed) == 16
    [la] = [row for row in claimed if row.key == "la"]
    assert (str(la.course.started), str(la.course.ended)) == ("2011-01-01", "2020-04-15")
