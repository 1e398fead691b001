"""A file nobody described gets a mapping to start from: by its headers and cells, with reasons; doubts stay open."""

import pytest

from tests.conftest import shared
from tests.imports.mapped.tables import Table, from_csv, from_json, of
from tracker.imports.mapped import ColumnMapping, DateOrder, DecimalMark, From, Proposal, propose
from tracker.imports.mapped.headers import words_of

VENDORS = ("Axon", "Ring", "Flock Safety", "Motorola Solutions", "DJI", "ShotSpotter")


def proposed(table: Table) -> Proposal:
    return propose(table.columns, table.samples, vendors=VENDORS)


def columns(mapping: ColumnMapping) -> dict[str, str]:
    return {name: ", ".join(origin.columns) or f"= {origin.constant}" for name, origin in mapping.mapped()}


def test_the_atlas_is_understood_without_help() -> None:
    table = from_csv(shared("data/atlas-of-surveillance-20201007/Atlas_of_Surveillance-20201007.csv"))
    mapping = proposed(table).mapping
    assert columns(mapping) == {
        "key": "AOSNUMBER",
        "vendor": "Vendor",
        "agency": "Agency",
        "agency_type": "Type of LEA",
        "city": "City",
        "county": "County",
        "state": "State",
        "technology": "Technology",
        "summary": "Summary",
        "link": "Link 1, Link 2, Link 3",
    }
    assert mapping.technology.words["Automated License Plate Readers"] == "plate-reader"
    assert mapping.technology.words["Ring/Neighbors Partnership"] == "police-portal"


def test_the_decisions_about_flock_are_understood_but_for_the_agency_they_do_not_name() -> None:
    proposal = proposed(from_json(shared("data/flock-municipal-decisions/municipalities.json"), "entries"))
    assert columns(proposal.mapping) == {
        "key": "id",
        "city": "location.city",
        "state": "location.state",
        "status": "status",
        "decided": "date.text",
        "summary": "info",
        "link": "source_url, archive_url",
    }
    assert proposal.mapping.status.words == {"cancelled": "ended"}, "rejected and deactivated may mean two things"
    assert any("“rejected”" in one.because for one in proposal.reasons if one.field == "status")
    assert any("agency" in lack for lack in proposal.mapping.lacks())


def test_the_fbis_agencies_are_understood_without_help() -> None:
    assert columns(proposed(from_csv(shared("data/fbi-agencies-2018/agencies.csv"))).mapping) == {
        "agency": "agency_name",
        "agency_type": "agency_type_name",
        "ori": "ori",
        "county": "county_name",
        "state": "state_abbr",
        "latitude": "latitude",
        "longitude": "longitude",
    }


def test_hiflds_agencies_are_understood_without_help() -> None:
    path = shared("data/hifld-local-law-enforcement-2020/Local_Law_Enforcement_Locations.csv")
    assert columns(proposed(from_csv(path)).mapping) == {"agency": "Station_name", "city": "CITY", "state": "STATE"}


def test_federal_contracts_are_understood_without_help() -> None:
    path = shared("data/cbp-ice-contracts-fy2021-2026/CBP_ICE_FY2025_Contract_Obligations.csv")
    assert columns(proposed(from_csv(path)).mapping) == {
        "vendor": "Recipient Name",
        "agency": "Agency",
        "decided": "Action Date",
        "contract": "Award ID",
        "modification": "Modification",
        "amount": "Federal Action Obligation",
        "currency": "= USD",
        "summary": "Transaction Description",
    }


def test_cells_tell_what_headers_do_not() -> None:
    proposal = proposed(
        of(
            {
                "A": "Axon",
                "B": "Ord Police Department",
                "C": "NE",
                "D": "https://a.org/1",
                "E": "NE0880100",
                "F": "ALPR",
            },
            {
                "A": "Ring",
                "B": "Kent Sheriff's Office",
                "C": "WA",
                "D": "https://a.org/2",
                "E": "WA0170000",
                "F": "Drones",
            },
        )
    )
    found = columns(proposal.mapping)
    assert found == {"vendor": "A", "agency": "B", "state": "C", "link": "D", "ori": "E", "technology": "F"}
    reason = proposal.because("vendor")
    assert reason is not None
    assert (reason.because, reason.likelihood, reason.taken) == (
        "100% of what its cells say are vendors we know",
        0.95,
        True,
    )


def test_headers_that_lie_or_are_empty_are_not_believed() -> None:
    found = columns(
        proposed(
            of(
                {
                    "State": "Drones",
                    "Latitude": "n/a",
                    "Start Date": "",
                    "Recipient City": "Reston",
                    "Link 1 Date": "2020-01-02",
                },
                {
                    "State": "ALPR",
                    "Latitude": "",
                    "Start Date": "NA",
                    "Recipient City": "Denver",
                    "Link 1 Date": "2020-01-03",
                },
            )
        ).mapping
    )
    assert found == {"technology": "State"}


def test_of_two_columns_that_fit_alike_none_is_taken_and_the_reason_says_so() -> None:
    proposal = proposed(of({"src_agency": "Ord Police", "external_agency": "Kent Police"}))
    assert not proposal.mapping.agency
    reason = proposal.because("agency")
    assert reason is not None
    assert "fits as well" in reason.because


def test_units_dates_and_marks_of_a_german_list_of_contracts() -> None:
    mapping = proposed(
        of(
            {
                "Supplier": "Axon",
                "Buyer": "Polizei",
                "Contract No.": "1",
                "Total Cost (€)": "1.234,50",
                "Contract date": "5.6.2020",
            },
            {
                "Supplier": "DJI",
                "Buyer": "Polizei",
                "Contract No.": "2",
                "Total Cost (€)": "1.234",
                "Contract date": "31.6.2021",
            },
            {
                "Supplier": "DJI",
                "Buyer": "Polizei",
                "Contract No.": "3",
                "Total Cost (€)": "12",
                "Contract date": "24.12.2021",
            },
        )
    ).mapping
    assert (mapping.decimal_mark, mapping.date_order) == (DecimalMark.COMMA, DateOrder.DAY_FIRST)
    assert columns(mapping) == {
        "vendor": "Supplier",
        "agency": "Buyer",
        "decided": "Contract date",
        "contract": "Contract No.",
        "amount": "Total Cost (€)",
        "currency": "= EUR",
    }


def test_dollars_in_the_header_are_the_currency() -> None:
    mapping = proposed(of({"Vendor": "Axon", "Amount ($)": "1,234"}, {"Vendor": "Axon", "Amount ($)": "500"})).mapping
    assert (mapping.currency, mapping.decimal_mark) == (From(constant="USD"), DecimalMark.POINT)


def test_what_parts_several_vendors_shows_where_they_also_stand_alone() -> None:
    both = of(
        {"Vendor": "Axon / DJI"}, {"Vendor": "Axon"}, {"Vendor": "Reveal Media"}, {"Vendor": "Smith, Jones, Inc."}
    )
    assert proposed(both).mapping.multi_vendor_separator == "/"
    assert proposed(of({"Vendor": "Smith, Jones"}, {"Vendor": "Axon"})).mapping.multi_vendor_separator == ""


def test_the_one_vendor_that_every_text_names_is_proposed() -> None:
    texts = [{"City": "Ord", "Info": f"The council of Ord left Flock Safety on day {day}."} for day in range(5)]
    assert proposed(of(*texts)).mapping.vendor == From(constant="Flock Safety")
    assert propose(("Info",), texts, vendors=("Flock", "Flock Safety")).mapping.vendor, "names of one vendor"
    assert not proposed(of(*texts, *({"Info": "Axon was not there"} for _ in range(5)))).mapping.vendor


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Amount ($)", "amount"),
        ("awardingAgency_Name", "awarding agency name"),
        (" Confirmed Start Date ", "confirmed start date"),
        ("Link 1", "link"),
        ("location.city", "location city"),
        ("AOSNUMBER", "aosnumber"),
        ("2020", "2020"),
        ("", ""),
    ],
)
def test_a_header_is_read_as_plain_words(header: str, words: str) -> None:
    assert words_of(header) == words


def test_a_file_without_rows_or_columns_proposes_nothing() -> None:
    assert columns(propose((), []).mapping) == columns(propose(("Vendor",), []).mapping) == {}
