"""What is measured, in the order in which it is shown. Django is set up before this is imported."""

import logging

from rich.console import Console
from rich.table import Table

from tests.bench.tables import right
from tests.bench.watch import ours, site
from tests.bench.watch.ours import Took
from tracker.local.site import BASE_DIR
from tracker.watch.models import Check, Outcome, Watch

FOLDER = BASE_DIR / "var" / "bench" / "site"
POLLS = 8


def everything(sizes: list[int], console: Console, *, peers: bool, polite: bool) -> None:
    """Measure at each size, and show it side by side."""
    logging.disable(logging.INFO)
    rows: list[list[str]] = []
    for size in sizes:
        with site.static_site(FOLDER, size) as base:
            rows += _ours(size, base)
    table = right(
        Table(
            "who",
            "pages",
            "pass",
            "s",
            "checks/s",
            "CPU ms a check",
            "PostgreSQL ms",
            "peak MB",
            "304s",
            title="Pages watched",
        )
    )
    for row in rows:
        table.add_row(*row)
    console.print(table)


def _ours(size: int, base: str) -> list[list[str]]:
    ours.begin()
    ours.watch(f"{base}/page-{number}.html" for number in range(size))
    places = [ours.place(base)]
    rows = []
    changed = range(0, size, 20)
    for name in ("first", "unchanged", "5 % changed", "second look"):
        if name == "5 % changed":
            site.change(FOLDER, changed, edition=1)
        if name == "second look":
            Watch.objects.filter(last_outcome=Outcome.SUSPECTED).update(next_check_at=None)
        elif name != "first":
            ours.all_due()
        site.statuses(FOLDER)
        took = ours.look(places)
        rows.append(_row("Watchback", size, name, took, site.statuses(FOLDER).get("304", 0)))
    told = Check.objects.filter(outcome=Outcome.CHANGED).count()
    if told != len(changed):
        raise AssertionError(f"{told} changes were told of {len(changed)}: {ours.outcomes()}")
    return rows


def _row(who: str, size: int, name: str, took: Took, same: int) -> list[str]:
    each = 1000 / max(took.looked, 1)
    return [
        who,
        f"{size:,}",
        name,
        f"{took.seconds:.2f}",
        f"{took.looked / took.seconds:,.0f}",
        f"{took.cpu * each:.2f}",
        f"{took.database * each:.2f}",
        f"{took.peak_mb:.0f}",
        f"{same:,}",
    ]
