"""Rows that list an agency: what we did not know of an agency that we have is filled in. No agency is made of them.

A list of every police station in a country says nothing of surveillance: of one that we have no record of, there is
nothing to show.
"""

from decimal import Decimal
from typing import Any

from tracker.imports.applying.ledger import Ledger
from tracker.imports.models import Change
from tracker.imports.report import Report
from tracker.imports.resolve import Directory
from tracker.imports.rows import AgencyListed
from tracker.organizations.models import Organization


class Listed:
    """Collects what a list of agencies adds to those we have; `write` writes it."""

    def __init__(self, directory: Directory, ledger: Ledger, report: Report) -> None:
        self._directory, self._ledger, self._report = directory, ledger, report
        self._taken_oris = {one.ori: one.pk for one in Organization.objects.exclude(ori="").only("pk", "ori")}
        self._changed: list[Organization] = []

    def take(self, row: AgencyListed) -> None:
        """A row: it is somebody's whom we have, or nobody's."""
        known = self._directory.certain(self._directory.agency(row.agency))
        if known is None:
            self._report.nobody_we_have += 1
            return
        says = _says(row)
        if says.get("ori") and self._taken_oris.get(says["ori"], known.pk) != known.pk:
            del says["ori"]
        new = {name: value for name, value in says.items() if value and not getattr(known, name)}
        before = self._ledger.rows.get(row.key)
        if before is None or new:
            self._ledger.write(row.key, says, organization=known)
        if new:
            self._ledger.changed(Change.What.ORGANIZATION, known.pk, {name: _empty(name) for name in new})
            for name, value in new.items():
                setattr(known, name, Decimal(value) if name in _COORDINATES else value)
            self._changed.append(known)
            self._taken_oris |= {known.ori: known.pk} if known.ori else {}
            self._report.updated += 1
        else:
            self._report.unchanged += 1

    def write(self) -> None:
        """Write everything that was taken."""
        Organization.objects.bulk_update(self._changed, ("ori", *_COORDINATES), batch_size=500)


_COORDINATES = ("latitude", "longitude")


def _says(row: AgencyListed) -> dict[str, Any]:
    whole = row.latitude is not None and row.longitude is not None
    found = {"latitude": str(row.latitude), "longitude": str(row.longitude)} if whole else {}
    return found | ({"ori": row.agency.ori} if row.agency.ori else {})


def _empty(name: str) -> str | None:
    return None if name in _COORDINATES else ""
