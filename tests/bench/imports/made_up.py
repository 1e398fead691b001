"""An export of the Atlas as it might be, of any size, and later releases of any file. The same dice in every run."""

import csv
import random
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from tracker.imports.meant import Vendors, loaded

VENDORS = 60
AGENCIES = 18_000
"""About as many as there are police departments and sheriffs in the United States."""
_A_CHANGE = 100
"""One row of so many says something else in a later release."""
_STATES = """
AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI
SC SD TN TX UT VT VA WA WV WI WY
"""
_FIRST = """
Ash Bay Bel Birch Black Bloom Bright Brook Burn Cedar Chester Clay Clear Cold Cross Dun East Edge Elm Fair Fern Fox
Glen Gold Grand Green Hart Hazel High Holly Iron Kings Lake Lin Long Maple Marsh Mill New North Oak Pine Rock Rose
Sand Silver South Spring Stone Summer Thorn Wal Water West White Wild Win Wood
"""
_LAST = """
boro bridge brook burg bury dale field ford gate ham haven hill hurst land leigh mere mont mouth point port ridge
shore side stead ston view ville wick wood worth
"""
_TECHNOLOGIES = {
    "Ring/Neighbors Partnership": 26,
    "Body-worn Cameras": 24,
    "Drones": 18,
    "Automated License Plate Readers": 14,
    "Camera Registry": 6,
    "Face Recognition": 6,
    "Predictive Policing": 2,
    "Gunshot Detection": 2,
    "Fusion Center": 1,
    "Cell-site Simulator": 1,
    "Real-Time Crime Center": 1,
    "Video Analytics/Computer Vision": 1,
}
"""As often among a hundred rows as in the export of October 2020, or about so."""
_LINKS = [f"Link {number}{what}" for number in (1, 2, 3) for what in ("", " Snapshot", " Source", " Type", " Date")]
_HEADER = ["AOSNUMBER", "City", "County", "State", "Agency", "Type of LEA", "Summary", "Type of Juris", "Technology"]
_HEADER += ["Vendor", *_LINKS]
Agency = tuple[str, str, str, str]


def vendors() -> list[tuple[str, int]]:
    """Names of vendors in the catalogue that mean one vendor for certain, each with its number: names, then aliases."""
    known = loaded.vendors()
    whom = Vendors(known)
    names = [one.names[0] for one in known] + [alias for one in known for alias in one.names[1:]]
    sure = ((name, whom.meant(name).certain) for name in dict.fromkeys(names) if whom.split(name) == [name])
    return [(name, pk) for name, pk in sure if pk is not None][:VENDORS]


def export(path: Path, rows: int, of: list[tuple[str, int]]) -> None:
    """Write an export of so many rows, of these vendors."""
    dice = random.Random(rows)
    agencies = _agencies(min(AGENCIES, max(1, rows * 2 // 3)), dice)
    kinds, often = list(_TECHNOLOGIES), list(_TECHNOLOGIES.values())
    said: set[tuple[str, str, int, str]] = set()
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, _HEADER, restval="", quoting=csv.QUOTE_ALL)
        writer.writeheader()
        number = 0
        while number < rows:
            agency, (vendor, pk), kind = dice.choice(agencies), dice.choice(of), dice.choices(kinds, often)[0]
            if (says := (agency[0], agency[1], pk, kind)) in said:
                continue
            said.add(says)
            number += 1
            writer.writerow(_row(number, agency, vendor, kind, rows, dice))


def later(path: Path, into: Path, column: str, *, rename: tuple[str, str] = ("", "")) -> Path:
    """A later release of the file or folder in which one row of a hundred says something else in that column."""
    if path.is_dir():
        folder = into / f"{path.name}-later"
        folder.mkdir(parents=True, exist_ok=True)
        for each in sorted(path.glob("*.csv")):
            later(each, folder, column)
        return folder
    release = into / path.name.replace(*rename)
    with path.open(encoding="utf-8-sig", newline="") as old, release.open("w", encoding="utf-8", newline="") as new:
        rows = csv.DictReader(old)
        writer = csv.DictWriter(new, rows.fieldnames or (), quoting=csv.QUOTE_ALL)
        writer.writeheader()
        for number, row in enumerate(rows):
            changed = {column: f"{row[column]} It was said again later."} if number % _A_CHANGE == 0 else {}
            writer.writerow({**row, **changed})
    return release


def _agencies(count: int, dice: random.Random) -> list[Agency]:
    """Name, state, city and kind: in every state, with namesakes in other states."""
    towns = [f"{first}{last}" for first, last in product(_FIRST.split(), _LAST.split())]
    dice.shuffle(towns)
    named = _named(towns)
    return [next(named) for _ in range(count)]


def _named(towns: list[str]) -> Iterator[Agency]:
    for number, town in enumerate(towns):
        for state in _STATES.split():
            if number % 5:
                yield f"{town} Police Department", state, town, "Police"
            else:
                yield f"{town} County Sheriff's Office", state, town, "Sheriff"


def _row(number: int, agency: Agency, vendor: str, kind: str, rows: int, dice: random.Random) -> dict[str, str]:
    name, state, city, sort = agency
    year, month, day = dice.randint(2012, 2025), dice.randint(1, 12), dice.randint(1, 28)
    row = {
        "AOSNUMBER": f"AOS{number:07}",
        "City": city,
        "County": f"{city} County",
        "State": state,
        "Agency": name,
        "Type of LEA": sort,
        "Summary": (
            f"The {name} has used {kind.lower()} of {vendor} since {year}, as the council of {city} was told. "
            f"It paid {dice.randint(1, 900)},000 dollars for the first {dice.randint(2, 60)} months."
        ),
        "Type of Juris": "Municipal" if sort == "Police" else "County",
        "Technology": kind,
        "Vendor": vendor,
    }
    for place in range(1, dice.choices((1, 2, 3), (66, 26, 8))[0] + 1):
        # As in the real export, there is one address for about two rows.
        page = dice.randrange(max(1, rows // 2))
        row[f"Link {place}"] = f"https://news{page % 1311}.example.org/{2012 + page % 14}/story-{page}.html"
        row[f"Link {place} Source"] = f"{city} News"
        dates = (f"{month:02}/{day:02}/{year}", f"{month}/{day}/{year % 100:02}", str(year))
        row[f"Link {place} Date"] = dice.choice(dates)
    return row
