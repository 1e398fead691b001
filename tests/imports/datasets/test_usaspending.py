"""What ICE and CBP promised to pay comes in by award, and the sums agree with the files to the cent."""

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from tests.conftest import shared
from tests.imports.datasets.conftest import Written
from tracker.imports.rows import BadFile, Claimed, Refused
from tracker.imports.usaspending import UsaSpending
from tracker.imports.usaspending.makers import maker_of

REAL = "data/cbp-ice-contracts-fy2021-2026"
ROW = {
    "Agency": "ICE",
    "Award ID": "70CMSD24FR0000084",
    "Recipient Name": "PANAMERICA COMPUTERS, INC.",
    "Federal Action Obligation": "4994508.86",
    "Action Date": "2024-08-19",
    "Modification": "0",
    "Product/Service Description": "IT AND TELECOM",
    "NAICS Description": "COMPUTER SYSTEMS DESIGN SERVICES",
    "Transaction Description": "SOFTWARE LICENSES",
    "Generated Award ID": "CONT_AWD_70CMSD24FR0000084_7012_NNG15SD27B_8000",
}
AMENDED = {"Modification": "P00001", "Action Date": "2026-01-05", "Federal Action Obligation": "-4508.86"}


def read(path: Path) -> list[Claimed | Refused]:
    return list(UsaSpending().read(path))


def only(path: Path) -> Claimed:
    [row] = read(path)
    assert isinstance(row, Claimed)
    return row


def test_all_lines_of_an_award_are_one_claim_and_what_was_taken_back_counts(written: Written) -> None:
    row = only(written(ROW, AMENDED, {}))
    assert (row.key, row.vendor, row.group) == (ROW["Generated Award ID"], "PANAMERICA COMPUTERS, INC.", "ICE")
    assert row.agency.name == "U.S. Immigration and Customs Enforcement"
    assert row.award is not None
    assert (row.award.number, row.award.amount, row.award.seller) == ("70CMSD24FR0000084", Decimal("4990000.00"), "")
    assert [(one.line, one.modification, one.amount) for one in row.award.obligated] == [
        (3, "0", Decimal("4994508.86")),
        (2, "P00001", Decimal("-4508.86")),
    ]
    assert (row.course.status, str(row.course.started), row.course.ended) == ("confirmed", "2024-08-19", None)
    assert row.links[0].url == f"https://www.usaspending.gov/award/{ROW['Generated Award ID']}"


def test_it_began_only_if_the_award_itself_is_in_the_file(written: Written) -> None:
    row = only(written(ROW, {"Modification": "P00009"}))
    assert (row.course.status, row.course.started) == ("confirmed", None)


@pytest.mark.parametrize(
    ("told", "amount", "status"),
    [
        ("GRAYKEY LICENSE- CLOSEOUT", "0.0", "ended"),
        ("THIS MODIFICATION CLOSES OUT AND DEOBLIGATES EXCESS FUNDING", "-12.5", "ended"),
        ("TERMINATION FOR THE GOVERNMENT'S CONVENIENCE", "0.0", "ended"),
        ("TERMINATE CONTRACTING OFFICER'S REPRESENTATIVE (COR)", "0.0", "confirmed"),
        ("PENSION PLAN TERMINATION CLAIM PAYMENT", "16647.32", "confirmed"),
        ("CONTRACT CLOSEOUT SUPPORT SERVICES", "0.0", "confirmed"),
        ("CLOSEOUT OF YEAR 1, FUNDS FOR YEAR 2", "100.0", "confirmed"),
    ],
)
def test_a_closing_entry_says_that_it_ended_and_not_when(written: Written, told: str, amount: str, status: str) -> None:
    closing = {**AMENDED, "Transaction Description": told, "Federal Action Obligation": amount}
    course = only(written(ROW, {}, closing)).course
    assert (course.status, course.ended) == (status, None)


def test_an_award_without_money_in_the_files_was_once_and_may_be_over(written: Written) -> None:
    assert only(written(ROW, {**AMENDED, "Federal Action Obligation": "0.0"})).course.status == "unknown"


@pytest.mark.parametrize(
    ("told", "paid", "vendor", "seller", "is_the"),
    [
        ("MAGNET FORENSICS GRAYKEY LICENSE", "PANAMERICA COMPUTERS, INC.", "Magnet Forensics", True, "maker"),
        ("BERLA IVE TOOLKIT", "MSAB INCORPORATED", "Berla", True, "maker"),
        ("ACCURINT LINK", "RELX INC.", "LexisNexis Risk Solutions", True, "data owner"),
        ("UFED LICENSES", "CELLEBRITE INC", "CELLEBRITE INC", False, "recipient"),
        ("CLEARVIEW AI LICENSES", "CLEARVIEW AI, INC.", "CLEARVIEW AI, INC.", False, "recipient"),
        ("ACCESS TO LICENSE PLATE READER DATABASE", "WEST PUBLISHING CORPORATION", None, False, "recipient"),
        ("LAPTOP FOR CELLEBRITE PROGRAM", "ANACAPA MICRO PRODUCTS, INC.", None, False, "recipient"),
    ],
)
def test_maker_seller_and_data_owner_are_apart(
    written: Written, told: str, paid: str, vendor: str | None, seller: bool, is_the: str
) -> None:
    row = only(written(ROW, {"Transaction Description": told, "Recipient Name": paid}))
    assert row.award is not None
    assert (row.vendor, row.award.seller) == (vendor or paid, paid if seller else "")
    assert row.details["vendor_is"] == is_the


@pytest.mark.parametrize(
    "told",
    [
        "SERVICES IN CUMBERLAND",
        "EVIGILANT SOLUTIONS",
        "MAGNET YOUR EVENT",
        "ANNUAL SUBSCRIPTION TO KHARON CLEARVIEW",
        "FALCON SUPPORT SERVICES",
        "SAILPOINT IDENTITY I FOR AMAZON WEB SERVICE SOFTWARE",
        "AMAZON WEB SERVICES (AWS) PROFESSIONAL SERVICES",
        "LEXISNEXIS LEGAL LIBRARY",
        "NON-MARKING/CLEAR ROUNDS",
        "CELLEBRITE AND GRAYKEY LICENSES",
    ],
)
def test_a_word_that_may_mean_something_else_names_no_maker(told: str) -> None:
    assert maker_of([told]) is None


def test_the_recipient_is_called_as_in_the_last_line(written: Written) -> None:
    row = only(written(ROW, {"Recipient Name": "PEN-LINK, LIMITED"}, {**AMENDED, "Recipient Name": "PEN-LINK, LTD"}))
    assert row.vendor == "PEN-LINK, LTD"
    assert row.details["recipients"] == ["PEN-LINK, LIMITED", "PEN-LINK, LTD"]


def test_a_line_that_repeats_another_to_the_letter_counts_once(written: Written) -> None:
    refused, row = read(written(ROW, {}, {}))
    assert isinstance(refused, Refused)
    assert (refused.line, refused.reason) == (3, "repeats an earlier line")
    assert refused.sample == "list.csv: line 2 of list.csv"
    assert isinstance(row, Claimed)
    assert row.award is not None
    assert row.award.amount == Decimal("4994508.86")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"Federal Action Obligation": "about 5"}, "a sum that is none"),
        ({"Action Date": "2024-02-30"}, "a day that is none"),
        ({"Agency": "TSA"}, "an agency that is not on the list"),
        ({"Recipient Name": ""}, "no Recipient Name given"),
        ({"Federal Action Obligation": "5.0", "Modification": "0"}, "two lines of one award with one modification"),
    ],
)
def test_an_award_of_which_a_line_does_not_count_does_not_count(
    written: Written, row: dict[str, str], reason: str
) -> None:
    other = {"Generated Award ID": "CONT_AWD_1", "Award ID": "1"}
    rows = read(written(ROW, {}, {**AMENDED, **row}, other))
    assert [type(one) for one in rows] == [Refused, Refused, Claimed]
    assert isinstance(rows[0], Refused)
    assert rows[0].reason.startswith(reason)


def test_a_folder_of_yearly_files_is_read_as_one(written: Written, tmp_path: Path) -> None:
    written(ROW, {}, name="FY2024.csv")
    written(ROW, AMENDED, name="FY2026.csv")
    row = only(tmp_path)
    assert row.award is not None
    assert (row.award.amount, row.details["files"]) == (Decimal("4990000.00"), ["FY2024.csv", "FY2026.csv"])
    assert str(UsaSpending().release(tmp_path)) == "2026-01-05"


def test_a_folder_of_something_else_is_refused_whole(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="a folder without a CSV file"):
        read(tmp_path)
    (tmp_path / "other.csv").write_text("name,state\nOrlando,FL\n")
    with pytest.raises(BadFile, match="has no column"):
        read(tmp_path)


def test_the_sums_of_the_real_files_agree_to_the_cent() -> None:
    rows = read(shared(REAL))
    claimed = [row for row in rows if isinstance(row, Claimed)]
    refused = Counter(row.reason for row in rows if isinstance(row, Refused))
    ours: Counter[tuple[str, int]] = Counter()
    for row in claimed:
        assert row.award is not None
        for one in row.award.obligated:
            ours[row.group, one.on.year + (one.on.month >= 10)] += one.amount  # type: ignore[assignment]
    theirs, lines = summed(shared(REAL))
    twice = theirs - ours
    assert twice == {("CBP", 2025): Decimal("2972195.00")}, "the only line with money that the files have twice"
    assert all(ours[key] == theirs[key] for key in theirs if key not in twice)
    assert (len(claimed), refused, lines) == (23_461, {"repeats an earlier line": 126}, 57_476)
    assert sum(len(row.award.obligated) for row in claimed if row.award) + 126 == lines
    assert sum(row.course.started is not None for row in claimed) == 17_028
    assert Counter(row.course.status for row in claimed) == {"confirmed": 16_651, "unknown": 4_340, "ended": 2_470}
    assert Counter(row.details["vendor_is"] for row in claimed) == {
        "recipient": 23_263,
        "maker": 192,
        "data owner": 6,
    }


def summed(folder: Path) -> tuple[Counter[tuple[str, int]], int]:
    """The sum of all lines by agency and the fiscal year in the name of the file, with nothing of ours but addition."""
    sums: Counter[tuple[str, int]] = Counter()
    lines = 0
    for path in folder.glob("*.csv"):
        with path.open(newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                year = int(path.name.split("FY")[1][:4])
                sums[row["Agency"], year] += Decimal(row["Federal Action Obligation"])  # type: ignore[assignment]
                lines += 1
    return sums, lines
