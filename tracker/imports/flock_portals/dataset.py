"""Reading The News & Observer's collection of Flock's transparency portals: the folder, or the file of latest usage."""

from collections.abc import Iterator
from pathlib import Path

from tracker.dates import PartialDate
from tracker.imports.files import Row, table
from tracker.imports.flock_portals.accounts import agency, why_nobodys
from tracker.imports.rows import About, BadFile, Claimed, Course, Link, Refused, Subject
from tracker.imports.written import any_date, plain

_USAGE = ("id", "agency", "updated", "accessed", "url", "data_retention_in_days", "number_of_owned_cameras")
_ACCOUNTS = ("id", "name", "notes")
_POLICIES = ("id", "accessed", "acceptable_use_policy", "prohibited_uses", "access_policy", "hotlist_policy")
_GROUP = "Transparency portals"
_SUBJECT = Subject("plate-reader", "Licence-plate readers", "uses", "flock-lpr")
_NONE = {"", "NA", "Data Unavailable"}
_SHARED = "external_organizations_with_access"
_COUNTED = {
    "number_of_owned_cameras": "cameras",
    "vehicles_detected_in_the_last_30_days": "vehicles_in_30_days",
    "hotlist_hits_in_the_last_30_days": "hits_in_30_days",
    "searches_in_the_last_30_days": "searches_in_30_days",
}
Texts = dict[str, str]


class FlockPortals:
    """One collection. An agency with a portal uses Flock; it shows there how many cameras it has, and its rules.

    The list of accounts names everybody who may look into somebody's cameras. An account without a portal may have no
    camera of its own, so nothing is claimed of it. What was read on a day holds for that day: the name of the file of
    latest usage says 2023, its rows were read in 2024.
    """

    about = About(
        slug="flock-transparency-portals",
        name="Private Eyes: Flock transparency portals",
        licence="MIT",
        credit="The News & Observer",
        url="https://github.com/mcclatchy-southeast/private_eyes",
        publisher="The News & Observer",
        country="US",
    )

    def release(self, path: Path) -> PartialDate | None:
        """The last day on which a portal was read."""
        read = [any_date(row.cells["accessed"]).value for row in _rows(_usage(path), _USAGE) if isinstance(row, Row)]
        return max((day for day in read if day), default=None)

    def read(self, path: Path) -> Iterator[Claimed | Refused]:
        """The portals, then the accounts that have none. Raises BadFile for what is no table or lacks a column."""
        accounts = list(_rows(_beside(path, "agency[0-9]*.csv"), _ACCOUNTS))
        notes = {row.cells["id"]: plain(row.cells["notes"]) for row in accounts if isinstance(row, Row)}
        policies = _policies(_beside(path, "agency_policies*.csv"))
        seen: dict[str, int] = {}
        for row in _rows(_usage(path), _USAGE):
            yield row if isinstance(row, Refused) else _claimed(row, notes, policies, seen)
        for row in accounts:
            if isinstance(row, Refused):
                yield row
            elif row.cells["id"] not in seen:
                why = why_nobodys(plain(row.cells["name"]), notes[row.cells["id"]])
                yield Refused(row.line, "Accounts", why or "no portal was found", row.cells["name"], row.cells)


def _usage(path: Path) -> Path:
    found = _beside(path, "latest_usage*.csv") if path.is_dir() else path
    if found is None:
        raise BadFile(f"{path.name} has no file latest_usage….csv in it: is it the newspaper's data folder?")
    return found


def _beside(path: Path, pattern: str) -> Path | None:
    """The newest file of the folder with such a name; None if there is none, or a single file was given."""
    return max(path.glob(pattern), default=None) if path.is_dir() else None


def _rows(path: Path | None, columns: tuple[str, ...]) -> Iterator[Row | Refused]:
    return table(path, columns=columns).rows if path else iter(())


def _policies(path: Path | None) -> dict[str, Texts]:
    """The rules that each portal shows, by the number of its account; of several, those that were read last."""
    rows = [row.cells for row in _rows(path, _POLICIES) if isinstance(row, Row)]
    rows.sort(key=lambda cells: "" if cells["accessed"] in _NONE else cells["accessed"])
    kept = [*_POLICIES[1:], "whats_detected", "whats_not_detected"]
    return {
        cells["id"]: {name: text for name in kept if (text := plain(cells.get(name, ""))) not in _NONE}
        for cells in rows
    }


def _claimed(row: Row, notes: Texts, policies: dict[str, Texts], seen: dict[str, int]) -> Claimed | Refused:
    text = row.plain()
    key, name = text["id"], text["agency"]
    if not key or key in seen:
        said = f"{name}: line {seen[key]}" if key else name
        return Refused(row.line, _GROUP, "repeats an earlier line" if key else "no id given", said, text)
    seen[key] = row.line
    if why := why_nobodys(name, notes.get(key, "")):
        return Refused(row.line, _GROUP, why, name, text)
    return Claimed(
        line=row.line,
        key=key,
        group=_GROUP,
        vendor="Flock Safety",
        agency=agency(name),
        subject=_SUBJECT,
        course=Course("confirmed"),
        links=(Link(text["url"], "Flock Safety", any_date(text["updated"])),),
        details=_details(text) | ({"policies": policies[key]} if key in policies else {}),
        cells=text,
    )


def _details(text: Texts) -> dict[str, object]:
    """What the portal shows in figures; what it does not show is left out, as are “-Infinity days”."""
    retention = text["data_retention_in_days"]
    days = retention.removesuffix(" days")
    found: dict[str, object] = {"retention": retention} | ({"retention_days": int(days)} if days.isdecimal() else {})
    for column, name in _COUNTED.items():
        if (number := text.get(column, "")).isdecimal():
            found[name] = int(number)
    shared = text.get(_SHARED, "")
    if shared not in _NONE:
        names = [each for each in shared.split(",") if each.strip()]
        found["shared_with"] = int(shared) if shared.isdecimal() else len(names)
    if (lists := text.get("hotlists_alerted_on", "")) not in _NONE:
        found["hotlists"] = lists
    return found
