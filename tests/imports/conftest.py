import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from tracker.organizations.models import Alias, Organization, Place

_LINK = ("Link {}", "Link {} Source", "Link {} Date")
_WHO = ("AOSNUMBER", "City", "County", "State", "Agency", "Type of LEA")
_WHAT = ("Summary", "Type of Juris", "Technology", "Vendor")
HEADER = [*_WHO, *_WHAT, *(column.format(number) for number in (1, 2) for column in _LINK)]
STATES = """
AK AL AR AZ CA CO CT DC DE FL GA GU HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT
NC ND NE NH NJ NM NV NY OH OK OR PA PR RI SC SD TN TX UT VA VI VT WA WI WV WY
"""
ROW = {
    "AOSNUMBER": "AOS0001",
    "City": "Woodstock",
    "State": "VA",
    "Agency": "Woodstock Police Department",
    "Type of LEA": "Police",
    "Summary": "Cameras since 2012.",
    "Technology": "Body-worn Cameras",
    "Vendor": "Axon",
    "Link 1": "https://example.org/story",
    "Link 1 Source": "The Story",
    "Link 1 Date": "12/27/2012",
}
Sheet = Callable[..., Path]


@pytest.fixture
def sheet(tmp_path: Path) -> Sheet:
    """Writes an export: each row is ROW with what is given; the same file each time."""

    def write(*rows: dict[str, str], name: str = "Atlas_of_Surveillance-20201007.csv") -> Path:
        path = tmp_path / name
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, HEADER, quoting=csv.QUOTE_ALL)
            writer.writeheader()
            writer.writerows({**ROW, **row} for row in rows)
        return path

    return write


@pytest.fixture
def usa(db: None) -> Place:
    """The United States with every state the Atlas names."""
    country = Place.objects.create(kind="country", name="United States", slug="united-states", code="US")
    for code in STATES.split():
        Place.objects.create(kind="state", name=code, slug=f"us-{code.lower()}", code=code, parent=country)
    return country


def vendor(slug: str, name: str, *aliases: str) -> Organization:
    made = Organization.objects.create(role="vendor", kind="company", slug=slug, name=name)
    for alias in aliases:
        Alias.objects.create(organization=made, name=alias)
    return made


@pytest.fixture
def axon(usa: Place) -> Organization:
    return vendor("axon", "Axon Enterprise, Inc.", "TASER International", "Axon")


@pytest.fixture
def ring(usa: Place) -> Organization:
    return vendor("ring", "Ring LLC", "Ring")
