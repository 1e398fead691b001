"""Reading the list of PredPol's clients that The Markup published with its analysis of leaked predictions."""

import re
from collections.abc import Iterator
from pathlib import Path

from tracker.dates import PartialDate
from tracker.imports.files import Row, table
from tracker.imports.rows import About, AgencyNamed, Claimed, Course, Dated, Refused, Subject
from tracker.imports.written import any_date, state_code
from tracker.imports.written.states import ORI

_FIRST, _LAST = "first_prediction_date", "final_prediction_date"
_START, _END = "Confirmed Start Date", "Confirmed End Date"
_COLUMNS = ("client", "Client Name", "UCR Department", _FIRST, _LAST, _START, _END, "Active")
_SUBJECT = Subject("predictive-policing", "Predictive policing", "uses", "predpol")
_GROUP = "PredPol"
_PLACE = re.compile(r"(?P<place>.+?)\s*,\s*(?P<state>[^,]+)")


class PredPol:
    """One list. A row is a client, with the days on which it said it began and ceased to use PredPol.

    Where nobody answered The Markup, the columns of confirmed days repeat the first or last leaked prediction: that
    is no day on which anything began or ended, so it is kept in `details` only.
    """

    about = About(
        slug="predpol-departments",
        name="PredPol departments",
        licence="BSD 3-Clause",
        credit="The Markup and Gizmodo, “Prediction: Bias” (2021)",
        url="https://github.com/the-markup/investigation-prediction-bias",
        publisher="The Markup",
        country="US",
    )

    def release(self, path: Path) -> PartialDate | None:
        """None: the list does not say when it was made."""
        return None

    def read(self, path: Path) -> Iterator[Claimed | Refused]:
        """The rows. Raises BadFile for a file that is no table, or lacks a column."""
        seen: dict[str, int] = {}
        for row in table(path, columns=_COLUMNS).rows:
            yield row if isinstance(row, Refused) else _claimed(row, seen)


def _claimed(row: Row, seen: dict[str, int]) -> Claimed | Refused:
    text = row.plain()
    key, name, ori = text["client"], text["Client Name"], text["UCR Department"].upper()
    if not key or key in seen:
        said = f"{key} stands in line {seen[key]}" if key else name
        return Refused(row.line, _GROUP, "repeats an earlier line" if key else "no client given", said, text)
    if ori and not ORI.fullmatch(ori):
        return Refused(row.line, _GROUP, "an ORI that is none", ori, text)
    days = {column: any_date(text[column]) for column in (_FIRST, _LAST, _START, _END)}
    for column, day in days.items():
        if day.raw and day.value is None and day.raw != "Current":
            return Refused(row.line, _GROUP, "a date that is none", f"{column}: {day.raw}", text)
    try:
        agency = _agency(name, ori)
        course = _course(days, active=text["Active"].upper())
    except ValueError as error:
        return Refused(row.line, _GROUP, "a place or a date that cannot be", str(error), text)
    seen[key] = row.line
    return Claimed(
        line=row.line,
        key=key,
        group=_GROUP,
        vendor="PredPol",
        agency=agency,
        subject=_SUBJECT,
        course=course,
        details={
            "active": text["Active"],
            "confirmed_start": days[_START].raw,
            "confirmed_end": days[_END].raw,
            "predictions_seen": [days[_FIRST].raw, days[_LAST].raw],
        },
        cells=text,
    )


def _agency(name: str, ori: str) -> AgencyNamed:
    """The department of a client such as “Calcasieu Parish, La.”: the sheriff of a county, the police of a town."""
    found = _PLACE.fullmatch(name)
    if found is None:
        raise ValueError(f"“{name[:80]}” is no place in a state")
    place, state = found["place"], state_code(found["state"])
    if re.search(r" (county|parish)$", place, re.IGNORECASE):
        return AgencyNamed(f"{place} Sheriff's Office", state, kind="sheriff", county=place, ori=ori)
    town = re.sub(r" town$", "", place, flags=re.IGNORECASE)
    return AgencyNamed(f"{_titled(town)} Police Department", state, town, "police", ori=ori)


def _titled(town: str) -> str:
    return re.sub(r" township$", " Township", town)


def _course(days: dict[str, Dated], *, active: str) -> Course:
    """What became of it. Raises ValueError if it ended before it began.

    A client that is said to be active and to have ended may be either: of it neither is claimed.
    """
    current = days[_END].raw == "Current"
    start = None if days[_START].raw == days[_FIRST].raw else days[_START].value
    end = None if days[_END].raw == days[_LAST].raw else days[_END].value
    if start and end and end.first <= start.first:
        raise ValueError(f"ends on {end}, starts on {start}")
    if current:
        return Course("unknown" if active == "FALSE" else "reported", "listed as current", started=start)
    if active == "TRUE":
        return Course("unknown", "said to be in use and to have ended", started=start)
    if active == "FALSE":
        return Course("ended", started=start, ended=end)
    return Course("unknown", "", started=start)
