import pytest

from tracker.imports.meant import Agencies, KnownAgency
from tracker.imports.rows import AgencyNamed


def known(
    pk: int, name: str, state: str, kind: str = "police", *, city: str = "", county: str = "", ori: str = ""
) -> KnownAgency:
    return KnownAgency(pk, name, (), kind, state, city, county, ori)


KNOWN = [
    known(1, "Springfield Police Department", "IL", ori="IL0840100", county="Sangamon"),
    known(2, "Springfield Police Department", "OR"),
    known(3, "Calcasieu", "LA", "sheriff", ori="LA0100000"),
    known(4, "St. Louis Metropolitan Police Department", "MO", city="St. Louis"),
    known(5, "Roanoke Police Department", "VA"),
    known(6, "Roanoke County Sheriff's Office", "VA", "sheriff"),
    known(7, "University of Texas: Austin", "TX", "other"),
    known(8, "Goshen Village Police Department", "NY", county="Orange"),
    known(9, "Goshen Town Police Department", "NY", county="Orange"),
    known(10, "Scott Township Police Department, Allegheny County", "PA", county="ALLEGHENY"),
    known(11, "Scott Township Police Department, Columbia County", "PA", county="COLUMBIA"),
    known(12, "Henrico County Police Department", "VA"),
    known(13, "Kearney Police Department", "NB"),
    known(14, "Prosecutor: Mercer County", "NJ", "other"),
    known(15, "Nowhere Police Department", ""),
    known(16, "Holmdel Township Police Department", "NJ", county="Monmouth"),
    known(17, "Mount Vernon", "WA"),
    known(19, "University of Maryland: Baltimore County", "MD", "other", county="BALTIMORE"),
    known(20, "University of Maryland: College Park", "MD", "other", county="PRINCE GEORGE'S"),
    known(18, "Metropolitan Police Department", "MO", city="Kansas City"),
]
AGENCIES = Agencies(KNOWN)


@pytest.mark.parametrize(
    ("named", "pk"),
    [
        (AgencyNamed("whatever", "WA", ori="IL0840100"), 1),
        (AgencyNamed("SPRINGFIELD P.D.", "IL"), 1),
        (AgencyNamed("Springfield OR PD", ""), 2),
        (AgencyNamed("City of Springfield Department of Police", "OR"), 2),
        (AgencyNamed("Springfield", "OR", kind="police"), 2),
        (AgencyNamed("CALCASIEU PARISH SHERIFFS OFFICE", "LA", "LAKE CHARLES"), 3),
        (AgencyNamed("Calcasieu Parish LA SO", ""), 3),
        (AgencyNamed("Saint Louis Metro PD", "MO"), 4),
        (AgencyNamed("Roanoke Co. Sheriff's Dept", "VA"), 6),
        (AgencyNamed("University of Texas at Austin Police Department", "TX"), 7),
        (AgencyNamed("UNIVERSITY OF MARYLAND", "MD", "COLLEGE PARK"), 20),
        (AgencyNamed("Village of Goshen Police", "NY"), 8),
        (AgencyNamed("Scott Twp. Police Department", "PA", county="Columbia County"), 11),
        (AgencyNamed("Henrico County Police Division", "VA", "Henrico"), 12),
        (AgencyNamed("Kearney NE PD", "NE"), 13),
        (AgencyNamed("Mercer County Prosecutor’s Office", "NJ"), 14),
        (AgencyNamed("Holmdel Police Department", "NJ", "Holmdel", county="Monmouth County"), 16),
        (AgencyNamed("Mt. Vernon Police Department, WA", "WA "), 17),
    ],
)
def test_an_agency_is_known_however_its_name_is_written(named: AgencyNamed, pk: int) -> None:
    assert AGENCIES.meant(named).certain == pk


@pytest.mark.parametrize(
    ("named", "why", "first"),
    [
        (
            AgencyNamed("Springfield Police Department", "VA"),
            "no agency in the state is surely called so",
            "same name in Illinois",
        ),
        (
            AgencyNamed("Springfield Sheriff", "IL"),
            "no agency in the state is surely called so",
            "same name kind police instead of sheriff",
        ),
        (
            AgencyNamed("Goshen Police Department", "NY"),
            "no agency in the state is surely called so",
            "same name, village instead of no kind of place",
        ),
        (
            AgencyNamed("Scott Township Police Department", "PA"),
            "several agencies have this name in the state",
            "same name in the state",
        ),
        (
            AgencyNamed("University of Maryland Police", "MD"),
            "no agency in the state is surely called so",
            "one part of it: University of Maryland: Baltimore County",
        ),
        (
            AgencyNamed("Springfield PD", "IL", county="Cook County"),
            "same name, but its county is Sangamon, not Cook County",
            "same name, but its county is Sangamon, not Cook County",
        ),
        (
            AgencyNamed("Roanoke Sheriff's Office", "VA"),
            "a sheriff of the county, and the row may mean the city's",
            "a sheriff of the county, and the row may mean the city's",
        ),
        (
            AgencyNamed("Springfield PD", "IL", ori="IL0999900"),
            "same name, but its ORI is IL0840100, not IL0999900",
            "same name, but its ORI is IL0840100, not IL0999900",
        ),
        (
            AgencyNamed("Nowhere PD", "TX"),
            "an agency of this name has no state on record",
            "same name in no state on record",
        ),
        (
            AgencyNamed("Metropolitan Police Department", "MO", "Saint Joseph"),
            "same name, but it is in Kansas City, not Saint Joseph",
            "same name, but it is in Kansas City, not Saint Joseph",
        ),
        (
            AgencyNamed("Sringfield IL (PD)", ""),
            "no agency in the state is surely called so",
            "spelled like Springfield Police Department",
        ),
    ],
)
def test_what_is_not_certain_has_candidates_with_reasons(named: AgencyNamed, why: str, first: str) -> None:
    meant = AGENCIES.meant(named)
    assert (meant.certain, meant.why_not) == (None, why)
    assert meant.candidates[0].reason == first


@pytest.mark.parametrize(
    "name",
    [
        "DUPE DO NOT USE - Springfield IL PD",
        "(revoked MOU) - former AZ - AZDCS",
        "Flock Safety PD Test Org",
        "Bailey Demo Cam",
        "Decommissioned Org",
        "Police Department",
    ],
)
def test_a_name_that_is_nobodys_is_refused_and_nobody_is_made_of_it(name: str) -> None:
    meant = AGENCIES.meant(AgencyNamed(name, "IL"))
    assert (meant.certain, meant.candidates, meant.refused, meant.new) == (None, (), True, False)


def test_one_whom_nobody_is_like_is_new_and_one_with_a_near_namesake_is_not() -> None:
    assert AGENCIES.meant(AgencyNamed("Demopolis Police Department", "AL")).new
    assert AGENCIES.meant(AgencyNamed("Springfield Police Department", "VA")).new
    assert not AGENCIES.meant(AgencyNamed("Goshen Police Department", "NY")).new
    assert not AGENCIES.meant(AgencyNamed("Sprngfield Police Department", "IL")).new


def test_a_federal_agency_is_in_no_state_and_known_by_its_name() -> None:
    ice = KnownAgency(1, "U.S. Immigration and Customs Enforcement", (), "federal")
    namesake = KnownAgency(2, "U.S. Immigration and Customs Enforcement", (), "other")
    named = AgencyNamed("U.S. Immigration and Customs Enforcement", "", kind="federal")
    assert Agencies([ice, namesake]).meant(named).certain == 1
    assert Agencies([namesake]).meant(named).certain is None
