"""Which agencies show a portal of Flock's comes in with what it shows, and without the accounts that are nobody's."""

from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import shared
from tests.imports.datasets.conftest import Written
from tracker.imports.flock_portals import FlockPortals
from tracker.imports.flock_portals.accounts import agency, why_nobodys
from tracker.imports.rows import AgencyNamed, BadFile, Claimed, Refused

REAL = "data/flock-transparency-portals"
ROW = {
    "id": "119",
    "agency": "Avon IN PD",
    "updated": "2024-04-26T14:11:25Z",
    "accessed": "2024-04-26T17:25:31Z",
    "url": "https://transparency.flocksafety.com/avon-in-pd",
    "data_retention_in_days": "30 days",
    "number_of_owned_cameras": "6",
    "external_organizations_with_access": "Adrian MI PD, Altoona IA PD",
    "hotlists_alerted_on": "NCIC, IDACS",
    "hotlist_hits_in_the_last_30_days": "Data Unavailable",
    "searches_in_the_last_30_days": "332",
}
ACCOUNT = {"id": "119", "name": "Avon IN PD", "notes": "NA"}
POLICY = {
    "id": "119",
    "accessed": "2023-07-28T00:56:00Z",
    "acceptable_use_policy": "NA",
    "prohibited_uses": "Immigration enforcement",
    "access_policy": "A reason is asked for.",
    "hotlist_policy": "NA",
}


def read(path: Path) -> list[Claimed | Refused]:
    return list(FlockPortals().read(path))


def test_an_agency_with_a_portal_uses_flock_and_shows_what_it_shows(written: Written) -> None:
    path = written(ROW, {}, name="latest_usage04262023.csv")
    [row] = read(path)
    assert isinstance(row, Claimed)
    assert (row.key, row.vendor, row.subject.product, row.course.status) == (
        "119",
        "Flock Safety",
        "flock-lpr",
        "confirmed",
    )
    assert row.agency == AgencyNamed("Avon Police Department", "IN", "Avon", "police")
    assert row.details == {
        "retention": "30 days",
        "retention_days": 30,
        "cameras": 6,
        "searches_in_30_days": 332,
        "shared_with": 2,
        "hotlists": "NCIC, IDACS",
    }
    [link] = row.links
    assert (link.url, str(link.published.value)) == (ROW["url"], "2024-04-26")
    assert str(FlockPortals().release(path)) == "2024-04-26", "when it was read, not the year in the file's name"


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"data_retention_in_days": "-Infinity days"}, "retention_days"),
        ({"data_retention_in_days": "NA"}, "retention_days"),
        ({"number_of_owned_cameras": "NA"}, "cameras"),
        ({"external_organizations_with_access": "NA"}, "shared_with"),
    ],
)
def test_what_a_portal_does_not_show_is_left_out(written: Written, given: dict[str, str], missing: str) -> None:
    [row] = read(written(ROW, given))
    assert isinstance(row, Claimed)
    assert missing not in row.details


def test_the_folder_adds_the_rules_and_the_accounts_without_a_portal(written: Written, tmp_path: Path) -> None:
    written(ROW, {}, name="latest_usage04262023.csv")
    written(ACCOUNT, {}, {"id": "1", "name": "Abilene KS PD"}, {"id": "2", "name": "DNU"}, name="agency20240426.csv")
    newer = {"accessed": "2023-12-11T00:00:00Z", "prohibited_uses": "Personal use"}
    written(POLICY, newer, {}, {"accessed": "NA", "prohibited_uses": "NA"}, name="agency_policies.csv")
    written({"src_agency": "x"}, {}, name="agency_access20240426.csv")
    claimed, without, junk = read(tmp_path)
    assert isinstance(claimed, Claimed)
    assert claimed.details["policies"] == {
        "accessed": "2023-12-11T00:00:00Z",
        "prohibited_uses": "Personal use",
        "access_policy": "A reason is asked for.",
    }
    assert isinstance(without, Refused)
    assert (without.line, without.reason) == (3, "no portal was found")
    assert isinstance(junk, Refused)
    assert junk.reason == "a test, a duplicate or a closed account, by its own name"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Hendricks County IN SO", ("Hendricks County Sheriff's Office", "IN", "", "sheriff")),
        ("Santa Barbara PD CA", ("Santa Barbara Police Department", "CA", "Santa Barbara", "police")),
        ("Arlington PD (WA)", ("Arlington Police Department", "WA", "Arlington", "police")),
        (
            "Los Gatos Monte Sereno PD - CA",
            ("Los Gatos Monte Sereno Police Department", "CA", "Los Gatos Monte Sereno", "police"),
        ),
        ("City of Riverside CA PD", ("City of Riverside Police Department", "CA", "Riverside", "police")),
        ("Lander University SC PD", ("Lander University SC PD", "SC", "", "police")),
        ("Jackson Township OH PD (Mahoning County)", ("Jackson Township OH PD (Mahoning County)", "OH", "", "police")),
        ("Kings County CA DAs Office", ("Kings County CA DAs Office", "CA", "", "other")),
        ("Yuba County Sheriffs Office", ("Yuba County Sheriffs Office", "", "", "sheriff")),
    ],
)
def test_only_a_name_of_the_usual_form_is_written_out(name: str, found: tuple[str, str, str, str]) -> None:
    named = agency(name)
    assert (named.name, named.state, named.city, named.kind) == found


@pytest.mark.parametrize(
    "name",
    [
        "DNU",
        "DNU- Walker County AL SO",
        "Z Do not use",
        "Bristol RI PD (Do Not Use)",
        "(revoked MOU) - former AZ - AZDCS",
        "Flock Safety PD Test Org",
        "Ohio LE Flock Training",
        "Indiana LE Demo",
        "USMS (Inactive)",
    ],
)
def test_tests_duplicates_and_closed_accounts_are_nobodys(written: Written, name: str) -> None:
    [row] = read(written(ROW, {"agency": name}))
    assert isinstance(row, Refused)


@pytest.mark.parametrize(
    "name", ["Little Flock AR PD", "Demopolis AL PD", "Old Westbury Village NY PD", "Golden CO PD"]
)
def test_towns_that_only_sound_like_it_are_somebodys(name: str) -> None:
    assert why_nobodys(name, "NA") == ""


def test_a_duplicate_by_the_newspapers_note_and_a_repeated_number_are_refused(written: Written, tmp_path: Path) -> None:
    written(ROW, {}, {}, {"id": ""}, name="latest_usage04262023.csv")
    written(ACCOUNT, {"notes": "Duplicate of Avon Town IN PD"}, name="agency20240426.csv")
    rows = read(tmp_path)
    assert [row.reason for row in rows if isinstance(row, Refused)] == [
        "a duplicate, by the newspaper's note",
        "repeats an earlier line",
        "no id given",
    ]


def test_a_folder_or_a_file_of_something_else_is_refused_whole(written: Written, tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="has no file latest_usage"):
        read(tmp_path)
    with pytest.raises(BadFile, match="has no column"):
        read(written({"name": "x"}, {}))


def test_the_real_folder_is_read_to_its_last_row() -> None:
    rows = read(shared(REAL))
    claimed = [row for row in rows if isinstance(row, Claimed)]
    assert (len(rows), len(claimed)) == (5_152, 358)
    assert Counter((row.group, row.reason) for row in rows if isinstance(row, Refused)) == {
        ("Transparency portals", "an account of Flock's own, for sales, training or tests"): 6,
        ("Transparency portals", "a test, a duplicate or a closed account, by its own name"): 1,
        ("Accounts", "no portal was found"): 4_724,
        ("Accounts", "an account of Flock's own, for sales, training or tests"): 27,
        ("Accounts", "a duplicate, by the newspaper's note"): 19,
        ("Accounts", "a test, a duplicate or a closed account, by its own name"): 17,
    }
    assert Counter(row.agency.kind for row in claimed) == {"police": 318, "sheriff": 36, "other": 4}
    assert Counter(row.details.get("retention_days") for row in claimed) == {30: 336, None: 11, 365: 9, 15: 1, 60: 1}
    assert sum(row.details.get("cameras", 0) for row in claimed) == 7_406  # type: ignore[misc]
    assert all("policies" in row.details for row in claimed)
