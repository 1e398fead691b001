"""Reading municipalities.json, which DeFlock's page of council decisions is kept as."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tracker.dates import PartialDate
from tracker.imports.files import Row, table
from tracker.imports.flock_decisions.month import month_of, published
from tracker.imports.flock_decisions.told import Became, became, decided_by
from tracker.imports.rows import About, AgencyNamed, Claimed, Course, Link, Refused, Subject
from tracker.imports.written import plain, state_code

_WHERE_AND_WHEN = ("location.city", "location.state", "date.text", "date.year", "date.month")
_COLUMNS = ("id", *_WHERE_AND_WHEN, "status_raw", "info", "source_url", "first_seen_at", "last_seen_at")
_ESCAPED = re.compile(r"\\+(?=['\"])")
_EXCERPT = "article_excerpt"
"""The newspaper's own words: they are not ours to keep."""
_SUBJECT = Subject("plate-reader", "Licence-plate readers", "uses", "flock-lpr")


@dataclass(frozen=True)
class _Decision:
    """One entry: who decided what, and when, if the entry does not contradict itself."""

    line: int
    key: str
    agency: AgencyNamed
    became: Became
    month: PartialDate | None
    doubt: str
    seen: date
    cells: dict[str, str]

    @property
    def place_in_time(self) -> tuple[date, date, int]:
        """What orders the decisions of one agency: the month, or else the day it was listed."""
        return self.month.first if self.month else self.seen, self.seen, -self.line

    @property
    def told(self) -> dict[str, str | None]:
        """The decision as a step in the history of a contract."""
        return {
            "id": self.key,
            "status": self.became.status,
            "outcome": self.cells["status_raw"],
            "month": str(self.month) if self.month else None,
            "month_raw": self.cells["date.text"],
            "doubt": self.doubt,
        }


class FlockDecisions:
    """One export. An entry is one decision; all of one agency are one claim, whose status is that of the last.

    The months are typed by hand. One that lies after the day on which the entry was first seen, or far from the date
    of the article that it cites, is no date: it is kept as it was written, with the doubt.
    """

    about = About(
        slug="flock-municipal-decisions",
        name="Deflocked municipalities",
        licence="none stated",
        credit="DeFlock (deflock.org), as kept by DeFlockBHM",
        url="https://github.com/DeFlockBHM/deflocked-municipalities",
        publisher="DeFlock",
        country="US",
    )

    def release(self, path: Path) -> PartialDate | None:
        """The last day on which an entry was seen on DeFlock's page."""
        seen = [row.cells["last_seen_at"] for row in table(path, columns=_COLUMNS).rows if isinstance(row, Row)]
        days = [day for text in seen if (day := _day(text))]
        return PartialDate(max(days)) if days else None

    def read(self, path: Path) -> Iterator[Claimed | Refused]:
        """The claims, in the order of their newest entries, and entries that make none. Raises BadFile."""
        decisions: dict[tuple[str, str], list[_Decision]] = defaultdict(list)
        seen: dict[str, int] = {}
        for row in table(path, columns=_COLUMNS).rows:
            found = row if isinstance(row, Refused) else _decision(row, seen)
            if isinstance(found, Refused):
                yield found
            else:
                decisions[found.agency.name.casefold(), found.agency.state].append(found)
        for each in decisions.values():
            yield _claimed(sorted(each, key=lambda one: one.place_in_time))


def _decision(row: Row, seen: dict[str, int]) -> _Decision | Refused:
    text = {column: _ESCAPED.sub("", plain(cell)) for column, cell in row.cells.items() if column != _EXCERPT}
    key, group, told = text["id"], text["status_raw"], text["info"]
    if not key or key in seen:
        return Refused(row.line, group, "repeats an earlier entry" if key else "no id given", key, text)
    seen[key] = row.line
    if text.get("flagged_missing") == "true":
        return Refused(row.line, group, "taken off the list by its maker", f"{key}, {text.get('missing_since')}", text)
    listed = _day(text["first_seen_at"])
    try:
        agency = decided_by(text["location.city"], state_code(text["location.state"]), told)
    except ValueError as error:
        return Refused(row.line, group, "a state that is none", str(error), text)
    if agency is None or listed is None:
        why = "names no public body that decided" if listed else "no day on which it was first seen"
        return Refused(row.line, group, why, f"{text['location.city']}: {told}", text)
    outcome = became(group, told)
    if outcome is None:
        return Refused(row.line, group, "an outcome that says nothing of a contract", group, text)
    month, doubt = month_of(text["date.year"], text["date.month"], listed=listed, article=text["source_url"])
    return _Decision(row.line, key, agency, outcome, month, doubt, listed, text)


def _claimed(history: list[_Decision]) -> Claimed:
    first, last = history[0], history[-1]
    status = last.became.status
    over = status == "ended" and not last.became.later
    return Claimed(
        line=last.line,
        key=first.key,
        group=last.cells["status_raw"],
        vendor="Flock Safety",
        agency=last.agency,
        subject=replace(_SUBJECT, kind="proposal") if status == "never_started" else _SUBJECT,
        summary=last.cells["info"],
        course=Course(status, last.became.detail, decided=last.month, ended=last.month if over else None),
        links=tuple(dict.fromkeys(link for one in reversed(history) for link in _links(one.cells))),
        details={"history": [one.told for one in history]},
        cells=last.cells,
    )


def _links(text: dict[str, str]) -> Iterator[Link]:
    """The article, and the copy of it that the Wayback Machine keeps."""
    if text["source_url"]:
        yield Link(text["source_url"], text.get("link_domain", ""), published(text["source_url"]))
    if text.get("archive_url"):
        yield Link(text["archive_url"], "Wayback Machine")


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written[:10])
    except ValueError:
        return None
