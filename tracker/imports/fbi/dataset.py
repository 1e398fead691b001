"""Reading the list of agencies of the FBI's Crime Data API, as CSV."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

from tracker.dates import PartialDate
from tracker.imports.files import Row, table
from tracker.imports.rows import About, AgencyListed, AgencyNamed, Refused
from tracker.imports.written import state_code
from tracker.imports.written.states import ORI

_COLUMNS = ("ori", "agency_name", "agency_type_name", "county_name", "state_abbr", "latitude", "longitude")
_KINDS = {"city": "police", "county": "sheriff", "state police": "state", "other state agency": "state"}
"""Campuses, tribes, railways and airports are none of ours: `other`."""

_NORTH = (Decimal(-15), Decimal(72))
"""From American Samoa to Point Barrow."""
_EAST = ((Decimal(-180), Decimal(-64)), (Decimal(144), Decimal(180)))
"""From the Virgin Islands westward to Guam: the Aleutians go on beyond 180 degrees."""


class FbiAgencies:
    """One list. A row is one agency; its point is often the middle of its county, and one is wrong (-9, -9)."""

    about = About(
        slug="fbi-agencies",
        name="FBI list of law enforcement agencies",
        licence="US government work, public domain",
        credit="Federal Bureau of Investigation, Crime Data API; as kept by Eric Johannes",
        url="https://github.com/ericjohannes/fbi_data_downloader",
        publisher="Federal Bureau of Investigation",
        country="US",
    )

    def release(self, path: Path) -> PartialDate | None:
        """None: the list does not say when it was made."""
        return None

    def read(self, path: Path) -> Iterator[AgencyListed | Refused]:
        """The rows. Raises BadFile for a file that is no table, or lacks a column."""
        seen: dict[str, int] = {}
        for row in table(path, columns=_COLUMNS).rows:
            yield row if isinstance(row, Refused) else _listed(row, seen)


def _listed(row: Row, seen: dict[str, int]) -> AgencyListed | Refused:
    text = row.plain()
    group, ori, name = text["agency_type_name"], text["ori"].upper(), text["agency_name"]
    if not ORI.fullmatch(ori):
        return Refused(row.line, group, "an ORI that is none", ori, text)
    if ori in seen:
        return Refused(row.line, group, "repeats an earlier line", f"{ori} stands in line {seen[ori]}", text)
    if not name:
        return Refused(row.line, group, "no agency_name given", ori, text)
    try:
        state = state_code(text["state_abbr"])
    except ValueError as error:
        return Refused(row.line, group, "a state that is none", str(error), text)
    seen[ori] = row.line
    latitude, longitude = _point(text["latitude"], text["longitude"])
    agency = AgencyNamed(name, state, kind=_kind(group, name), county=text["county_name"], ori=ori)
    return AgencyListed(row.line, ori, group, agency, latitude, longitude, text)


def _kind(group: str, name: str) -> str:
    """Its kind; a county may have a police department beside its sheriff."""
    kind = _KINDS.get(group.lower(), "other")
    said = name.lower()
    return "police" if kind == "sheriff" and "police" in said and "sheriff" not in said else kind


def _point(latitude: str, longitude: str) -> tuple[Decimal, Decimal] | tuple[None, None]:
    """The point, if both are numbers and it lies in the United States."""
    try:
        north, east = Decimal(latitude), Decimal(longitude)
        inside = _NORTH[0] <= north <= _NORTH[1] and any(west <= east <= until for west, until in _EAST)
    except InvalidOperation:
        return None, None
    return (north, east) if inside else (None, None)
