"""Rows become claims or agencies as the mapping has it; a row that leaves a doubt is refused with its line and cell."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.conftest import shared
from tests.imports.mapped.tables import Row, Table, by, from_csv, of
from tracker.imports.mapped import ColumnMapping, DateOrder, DecimalMark, From, Mapped, propose, read
from tracker.imports.rows import AgencyListed, BadFile, Claimed, Refused

CAMERAS = by(
    vendor="Supplier",
    agency="Dept",
    city="Town",
    state="ST",
    technology="Tech",
    started="From",
    ended="To",
    link=From(("Link 1", "Link 2")),
)
ROW = {
    "Supplier": "Axon",
    "Dept": "Woodstock Police Department",
    "Town": "Woodstock",
    "ST": "VA",
    "Tech": "Body-worn Cameras",
    "From": "2012-12",
    "To": "",
    "Link 1": "https://example.org/a",
    "Link 2": "",
}


def claims(mapping: ColumnMapping, *rows: Mapping[str, str]) -> list[Claimed]:
    read_as = list(read(of(*rows), mapping))
    assert all(isinstance(one, Claimed) for one in read_as), read_as
    return [one for one in read_as if isinstance(one, Claimed)]


def refusal(mapping: ColumnMapping, row: Mapping[str, str]) -> tuple[str, str]:
    (one,) = read(of(row), mapping)
    assert isinstance(one, Refused)
    assert (one.line, one.cells) == (2, row)
    return one.reason, one.sample


def test_a_row_becomes_a_claim_with_its_dates_as_written() -> None:
    (claim,) = claims(CAMERAS, {**ROW, "To": "Current"})
    assert (claim.line, claim.vendor, claim.subject.technology) == (2, "Axon", "body-camera")
    assert (claim.agency.name, claim.agency.city, claim.agency.state, claim.agency.kind) == (
        "Woodstock Police Department",
        "Woodstock",
        "VA",
        "police",
    )
    assert (str(claim.course.started), claim.course.ended, claim.course.status) == ("2012-12", None, "reported")
    assert claim.details["started"] == {"raw": "2012-12", "value": "2012-12", "precision": "month"}
    assert claim.details["ended"] == {"raw": "Current", "value": None, "precision": None}
    assert [link.url for link in claim.links] == ["https://example.org/a"]


def test_headers_are_found_whatever_their_case_and_invisible_marks() -> None:
    dirty = {f" {name.upper()}\u200b ": cell for name, cell in ROW.items()}
    assert claims(CAMERAS, dirty)[0].agency.city == "Woodstock"


def test_a_renamed_column_is_named_with_the_likeliest_new_name() -> None:
    renamed = {("Supplier name" if name == "Supplier" else name): cell for name, cell in ROW.items()}
    with pytest.raises(BadFile, match=r"no column “Supplier” \(is it “Supplier name” now\?\)"):
        list(read(of(renamed), CAMERAS))
    with pytest.raises(BadFile, match="the mapping does not say agency"):
        list(read(of(ROW), by(vendor="Supplier", technology="Tech")))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (
            {"ST": "Body-worn Cameras", "Tech": "VA"},
            ("the state is none: are the columns shifted?", "Body-worn Cameras"),
        ),
        ({"Dept": "https://a.org"}, ("the agency is no name: are the columns shifted?", "https://a.org")),
        ({"Dept": "1,204"}, ("the agency is no name: are the columns shifted?", "1,204")),
        ({"Dept": "N/A"}, ("no agency given", "")),
        ({"Supplier": "\u200b unknown"}, ("no vendor given", "")),
        ({"Tech": ""}, ("no technology given", "")),
        ({"Tech": "Mind reading"}, ("a technology that the mapping has no word for", "Mind reading")),
        ({"From": "31/02/2020"}, ("a day that no calendar has", "31/02/2020")),
        ({"From": "2020-05-02", "To": "2020-05-01"}, ("it ends before it starts", "2020-05-02 to 2020-05-01")),
    ],
)
def test_a_row_that_leaves_a_doubt_is_refused(change: dict[str, str], why: tuple[str, str]) -> None:
    assert refusal(CAMERAS, {**ROW, **change}) == why


def test_words_translate_what_cells_say_and_an_empty_word_leaves_rows_out() -> None:
    words = {"Plate cams": "plate-reader", "drones": ""}
    mapping = by(
        vendor=From(constant="Flock Safety"),
        agency="Dept",
        technology=From(("Tech",), words=words),
        status=From(("S",), words={"Dropped": "ended"}),
    )
    row = {"Dept": "Ord", "Tech": "PLATE CAMS", "S": "dropped"}
    (claim,) = claims(mapping, row)
    assert (claim.vendor, claim.subject.technology) == ("Flock Safety", "plate-reader")
    assert (claim.course.status, claim.course.detail) == ("ended", "dropped")
    assert refusal(mapping, {**row, "Tech": "Drones"})[0].startswith("left out")
    assert refusal(mapping, {**row, "S": "deactivated"}) == ("a status that the mapping has no word for", "deactivated")


def test_a_key_of_ones_own_stays_when_the_rest_is_corrected_and_says_so_when_repeated() -> None:
    first, second, corrected = (
        claims(CAMERAS, {**ROW, **change})[0].key for change in ({}, {"Town": "Abingdon"}, {"To": "2021", "Link 1": ""})
    )
    assert first == corrected != second
    again = list(read(of(ROW, ROW), CAMERAS))
    assert isinstance(again[1], Refused)
    assert (again[1].reason, again[1].sample) == ("repeats an earlier line", "line 2")
    keyed = by(vendor="Supplier", agency="Dept", technology="Tech", key=From(("ST", "Town")))
    assert claims(keyed, ROW)[0].key == "VA Woodstock"


def test_several_vendors_in_a_cell_make_a_claim_each_and_a_legal_form_is_none() -> None:
    mapping = by(vendor="V", agency="A", technology="T", key="K", multi_vendor_separator=",")
    made = claims(
        mapping, {"V": "Axon Enterprise, Inc., Motorola,Axon Enterprise, Inc.", "A": "Ord", "T": "ALPR", "K": "7"}
    )
    assert [(one.vendor, one.key) for one in made] == [
        ("Axon Enterprise, Inc.", "7--Axon Enterprise, Inc."),
        ("Motorola", "7--Motorola"),
    ]


CONTRACTS = by(
    vendor="V",
    agency="A",
    contract="No",
    modification="Mod",
    decided="Day",
    amount="Amount ($)",
    currency=From(constant="USD"),
    decimal_mark=DecimalMark.POINT,
)


def paid(
    amount: str, mod: str = "0", day: str = "2020-05-01", number: str = "C1", agency: str = "ICE"
) -> dict[str, str]:
    return {"V": "Clearview AI", "A": agency, "No": number, "Mod": mod, "Day": day, "Amount ($)": amount}


def test_the_lines_of_a_contract_are_one_claim_whose_sum_is_exact() -> None:
    first, other = claims(
        CONTRACTS,
        paid("-0.10", "P2", "2022-01-02"),
        paid("5.00", number="C2"),
        paid("$1,000.20"),
        {**paid("(0.10)", "P1", "2021-01-02"), "V": "CLEARVIEW AI, INC."},
    )
    assert first.award is not None
    assert other.award is not None
    assert (first.key, first.award.amount, len(first.award.obligated)) == ("C1", Decimal("1000.00"), 3)
    assert [one.line for one in first.award.obligated] == [2, 4, 5]
    assert (str(first.course.decided), str(other.course.decided)) == ("2020-05-01", "2020-05-01")
    assert first.details["also_named"] == ["CLEARVIEW AI, INC."]
    assert other.award.amount == 5


def test_an_amount_in_doubt_is_refused_with_its_row() -> None:
    assert refusal(CONTRACTS, paid("1.000,20"))[0] == "the amount is no sum of money, or may be read in two ways"
    assert refusal(CONTRACTS, paid("€5"))[0] == "the amount is in another currency than the row says"
    no_currency = by(vendor="V", agency="A", contract="No", amount="Amount ($)")
    assert refusal(no_currency, paid("5"))[0] == "an amount without a currency"
    same_number = list(read(of(paid("5"), paid("5", agency="CBP")), CONTRACTS))
    assert [(one.reason, one.sample) for one in same_number if isinstance(one, Refused)] == [
        ("another agency or technology under the contract of an earlier line", "line 2")
    ]


def test_without_a_vendor_rows_list_agencies_with_their_number_and_place() -> None:
    mapping = by(agency="N", ori="O", state="S", county="C", latitude="Y", longitude="X")
    row = {"N": "Ord Police", "O": "ne0880100", "S": "Nebraska ", "C": "VALLEY", "Y": "41.6", "X": "-98.9"}
    listed = list(read(of(row, {**row, "O": "NE0880000", "Y": "0", "X": "0"}), mapping))
    assert [type(one) for one in listed] == [AgencyListed, AgencyListed]
    first, nowhere = (one for one in listed if isinstance(one, AgencyListed))
    assert (first.key, first.agency.ori, first.agency.state) == ("NE0880100", "NE0880100", "NE")
    assert (first.latitude, first.longitude, nowhere.latitude) == (Decimal("41.6"), Decimal("-98.9"), None)
    assert refusal(mapping, {**row, "Y": "4160"}) == ("the latitude is not in degrees", "4160")
    assert refusal(mapping, {**row, "X": "NaN0"}) == ("the longitude is not in degrees", "NaN0")


def test_the_whole_file_shows_what_comes_first_in_its_dates_and_else_they_stay_as_written() -> None:
    def starts(*dates: str, order: DateOrder | None = None) -> list[str]:
        table = of(*({**ROW, "Dept": f"Town {one}", "From": date} for one, date in enumerate(dates)))
        opened: list[Path] = []

        def open_table(path: Path) -> Table:
            opened.append(path)
            return table

        mapping = by(vendor="Supplier", agency="Dept", technology="Tech", started="From", date_order=order)
        rows = Mapped(mapping, table=open_table).read(Path("cameras.csv"))
        return [str(one.course.started) for one in rows if isinstance(one, Claimed)]

    assert starts("5/6/2020", "31/12/2020") == ["2020-06-05", "2020-12-31"]
    assert starts("5/6/2020", "12/31/2020") == ["2020-05-06", "2020-12-31"]
    assert starts("5/6/2020", "7/8/2020") == ["None", "None"]
    assert starts("5/6/2020", "31/12/2020", "12/31/2020") == ["None", "2020-12-31", "2020-12-31"]
    assert starts("5/6/2020", order=DateOrder.DAY_FIRST) == ["2020-06-05"]


def test_a_row_that_the_file_refused_already_stays_refused() -> None:
    broken = Refused(3, "", "a row with too many cells", "a;b;c")
    table = Table(tuple(ROW), [Row(2, ROW), broken])
    first, second = Mapped(CAMERAS, table=lambda path: table).read(Path("cameras.csv"))
    assert isinstance(first, Claimed)
    assert second is broken


def test_a_dataset_says_whose_it_is_and_of_which_day() -> None:
    dataset = Mapped(by(agency="A", country="CA"), table=lambda path: Table((), [Row(2, {})]))
    assert (dataset.about.slug, dataset.about.name, dataset.about.country) == ("a-list", "A list", "CA")
    assert [str(dataset.release(Path(name))) for name in ("a-2026-08-22.csv", "a_20260822.csv", "a_20269922.csv")] == [
        "2026-08-22",
        "2026-08-22",
        "None",
    ]


def test_the_sums_of_a_real_file_agree_with_it_to_the_cent_and_no_line_is_lost() -> None:
    table = from_csv(shared("data/cbp-ice-contracts-fy2021-2026/CBP_ICE_FY2025_Contract_Obligations.csv"))
    mapping = replace(propose(table.columns, table.samples).mapping, name="Contracts", url="https://example.org")
    cells = [row.cells for row in table.rows if isinstance(row, Row)]
    awards = [one.award for one in claims(mapping, *cells) if one.award]
    assert len(awards) == len({row["Award ID"] for row in cells})
    assert sum(len(award.obligated) for award in awards) == len(cells)
    column = "Federal Action Obligation"
    assert sum(award.amount for award in awards) == sum(Decimal(row[column]) for row in cells)
