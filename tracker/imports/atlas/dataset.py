"""Reading the CSV that the Atlas of Surveillance offers for download."""

import re
from collections.abc import Iterator
from pathlib import Path

from tracker.dates import PartialDate
from tracker.imports.files import table
from tracker.imports.rows import About, AgencyNamed, Claimed, Course, Dated, Link, Refused, Subject
from tracker.imports.written import american_date, links

_COLUMNS = (
    "AOSNUMBER",
    "City",
    "State",
    "Agency",
    "Type of LEA",
    "Technology",
    "Vendor",
    "Summary",
    "Link 1",
)
_LINKS = (1, 2, 3)

_SUBJECTS = {
    "Ring/Neighbors Partnership": Subject("police-portal", "Police portals", "agreement", "neighbors-public-safety"),
    "Body-worn Cameras": Subject("body-camera", "Body-worn cameras"),
    "Drones": Subject("drone", "Drones"),
    "Automated License Plate Readers": Subject("plate-reader", "Licence-plate readers"),
    "Camera Registry": Subject("camera-registry", "Camera registries"),
    "Face Recognition": Subject("face-recognition", "Face recognition"),
    "Predictive Policing": Subject("predictive-policing", "Predictive policing"),
    "Gunshot Detection": Subject("gunshot-detection", "Gunshot detection"),
    "Fusion Center": Subject("fusion-center", "Fusion centers"),
    "Cell-site Simulator": Subject("cell-site-simulator", "Cell-site simulators"),
    "Real-Time Crime Center": Subject("real-time-crime-center", "Real-time crime centers"),
    "Video Analytics/Computer Vision": Subject("video-analytics", "Video analytics"),
}
_KINDS = {
    "police": "police",
    "transit police": "police",
    "sheriff": "sheriff",
    "state police": "state",
    "highway patrol": "state",
    "state agency": "state",
    "dmv": "state",
    "district attorney": "local",
    "county attorney": "local",
    "constables": "local",
    "school district": "local",
    "municipal": "local",
}
_RING_MAP = "1eYVDPh5itXq5acDT9b0BVeQwmESBa4cB"
"""Ring's own map of its police partners: its date for a row is the day the partnership began."""


class Atlas:
    """One export of the Atlas. A row is one agency with one technology, perhaps of one vendor."""

    about = About(
        slug="atlas-of-surveillance",
        name="Atlas of Surveillance",
        licence="CC BY 4.0",
        credit="Electronic Frontier Foundation and Reynolds School of Journalism, University of Nevada, Reno",
        url="https://atlasofsurveillance.org/atlas",
        publisher="Electronic Frontier Foundation",
        country="US",
    )

    def release(self, path: Path) -> PartialDate | None:
        """The day in the name of the file, as in Atlas_of_Surveillance-20201007.csv."""
        found = re.search(r"(\d{4})(\d{2})(\d{2})(?!\d)", path.name)
        try:
            return PartialDate.parse("-".join(found.groups())) if found else None
        except ValueError:
            return None

    def read(self, path: Path) -> Iterator[Claimed | Refused]:
        """The rows. Raises BadFile for a file that cannot be read or lacks a column."""
        seen: dict[tuple[str, ...], int] = {}
        for row in table(path, columns=_COLUMNS).rows:
            yield row if isinstance(row, Refused) else _once(_claimed(row.line, row.plain()), seen)


def _claimed(line: int, text: dict[str, str]) -> Claimed | Refused:
    group = text["Technology"]
    if group not in _SUBJECTS:
        return Refused(line, group, "a technology that is not on the list", group, text)
    for column in ("AOSNUMBER", "Agency", "Vendor"):
        if not text[column]:
            return Refused(line, group, f"no {column} given", text["AOSNUMBER"], text)
    cited = tuple(link for number in _LINKS if text.get(f"Link {number}") for link in _links(text, number))
    ring = next((link.published.value for link in cited if _RING_MAP in link.url), None)
    return Claimed(
        line=line,
        key=text["AOSNUMBER"],
        group=group,
        vendor=text["Vendor"],
        agency=AgencyNamed(
            text["Agency"], text["State"], text["City"], _KINDS.get(text["Type of LEA"].lower(), "other")
        ),
        subject=_SUBJECTS[group],
        summary=text["Summary"],
        course=Course(started=ring),
        links=cited,
        cells=text,
    )


def _links(text: dict[str, str], number: int) -> Iterator[Link]:
    """The addresses of a cell; one that holds none stays as it is, and is reported where it would be cited."""
    written = text.get(f"Link {number} Date", "")
    published = american_date(written) if written else Dated("")
    cell = text[f"Link {number}"]
    try:
        addresses = links(cell)
    except ValueError:
        addresses = (cell,)
    for address in addresses:
        yield Link(address, text.get(f"Link {number} Source", ""), published)


def _once(row: Claimed | Refused, seen: dict[tuple[str, ...], int]) -> Claimed | Refused:
    """The row, unless an earlier line has its number or says the same."""
    if isinstance(row, Refused):
        return row
    says = (
        row.agency.name.casefold(),
        row.agency.state,
        row.agency.city.casefold(),
        row.vendor.casefold(),
        row.group,
    )
    for key, reason in (((row.key,), "repeats the number of line"), (says, "says the same as line")):
        if key in seen:
            return Refused(row.line, row.group, "repeats an earlier line", f"{row.key} {reason} {seen[key]}", row.cells)
    seen[(row.key,)] = seen[says] = row.line
    return row
