"""Reading HIFLD's Local Law Enforcement Locations, in full or with the four columns that copies keep."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

from tracker.dates import PartialDate
from tracker.imports.files import Row, table
from tracker.imports.rows import About, AgencyListed, AgencyNamed, BadFile, Refused
from tracker.imports.written import state_code

_NAMES = ("NAME", "Station_name")
_NOTHING = {"", "NOT AVAILABLE", "NA", "N/A"}
_KINDS = (
    ("SHERIFF", "sheriff"),
    ("STATE POLICE", "state"),
    ("STATE PATROL", "state"),
    ("HIGHWAY PATROL", "state"),
    ("POLICE", "police"),
    ("CONSTABLE", "local"),
    ("MARSHAL", "local"),
)
"""What in a name says of which kind it is, the surer first. `_CAMPUS` is no state's police in spite of its name."""
_CAMPUS = ("UNIVERSITY", "COLLEGE")


class Hifld:
    """One list. A row is a building: an agency with several stations in a town is listed once here.

    Its key is its name and town, since the numbers of its rows are given anew in every release.
    """

    about = About(
        slug="hifld-law-enforcement",
        name="HIFLD Local Law Enforcement Locations",
        licence="US government work, public domain",
        credit="Homeland Infrastructure Foundation-Level Data, US Department of Homeland Security; as kept by heyannag",
        url="https://github.com/heyannag/Project_2_TLLDL",
        publisher="US Department of Homeland Security",
        country="US",
    )

    def release(self, path: Path) -> PartialDate | None:
        """None: the list does not say when it was made."""
        return None

    def read(self, path: Path) -> Iterator[AgencyListed | Refused]:
        """The rows. Raises BadFile for a file that is no table, or lacks a column."""
        found = table(path, columns=("CITY", "STATE"))
        name = next((column for column in _NAMES if column in found.columns), None)
        if name is None:
            raise BadFile(f"{path.name} has no column “NAME” or “Station_name”: is it HIFLD's list of police stations?")
        seen: dict[str, int] = {}
        for row in found.rows:
            yield row if isinstance(row, Refused) else _listed(row, name, seen)


def _listed(row: Row, column: str, seen: dict[str, int]) -> AgencyListed | Refused:
    text = row.plain()
    name, city, group = text[column], text["CITY"], text["STATE"]
    if name.upper() in _NOTHING:
        return Refused(row.line, group, "no name given", "", text)
    if text.get("STATUS", "").upper() == "CLOSED":
        return Refused(row.line, group, "a station that is closed", name, text)
    try:
        state = state_code(text["STATE"])
    except ValueError as error:
        return Refused(row.line, group, "a state that is none", str(error), text)
    key = f"{name}, {city}, {state}".casefold()[:160]
    if key in seen:
        return Refused(row.line, group, "repeats an earlier line", f"{name}, {city}: line {seen[key]}", text)
    seen[key] = row.line
    agency = AgencyNamed(
        name,
        state,
        city="" if city.upper() in _NOTHING else city,
        kind=_kind(name),
        county="" if (county := text.get("COUNTY", "")).upper() in _NOTHING else county,
    )
    latitude, longitude = _point(text)
    return AgencyListed(row.line, key, group, agency, latitude, longitude, text)


def _kind(name: str) -> str:
    said = name.upper()
    campus = any(word in said for word in _CAMPUS)
    return next((kind for word, kind in _KINDS if word in said and not (campus and kind == "state")), "other")


def _point(text: dict[str, str]) -> tuple[Decimal, Decimal] | tuple[None, None]:
    """The point, if the list has it: HIFLD writes -999 for what it does not know."""
    try:
        north, east = Decimal(text.get("LATITUDE", "")), Decimal(text.get("LONGITUDE", ""))
        known = abs(north) <= 90 and abs(east) <= 180 and (north or east)
    except InvalidOperation:
        return None, None
    return (north, east) if known else (None, None)
