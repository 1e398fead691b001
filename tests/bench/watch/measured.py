"""What is measured, in the order in which it is shown. Django is set up before this is imported."""

import logging
import time
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from tests.bench.tables import right
from tests.bench.watch import comparing, ours, peers, politeness, site
from tests.bench.watch.ours import Took
from tracker.local.site import BASE_DIR
from tracker.watch.models import Check, Outcome, Watch

FOLDER = BASE_DIR / "var" / "bench" / "site"
PEERS = BASE_DIR / "var" / "bench" / "peers"
POLLS = 8
MOST_FOR_PEERS = 2_000


def everything(sizes: list[int], console: Console, *, beside_peers: bool, polite: bool) -> None:
    """Measure at each size, and show it side by side."""
    logging.disable(logging.INFO)
    rows: list[list[str]] = []
    for size in sizes:
        with site.static_site(FOLDER, size) as base:
            rows += _ours(size, base)
            if beside_peers and size <= MOST_FOR_PEERS:
                rows += _others(size, base, console)
    columns = (
        "who",
        "pages",
        "pass",
        "s",
        "checks/s",
        "CPU ms a check",
        "PostgreSQL ms",
        "peak MB",
        "304s",
        "changes told",
    )
    _show(console, f"Pages served by {site.server()}, 5 % changed in the third pass", columns, rows)
    title = f"False alarms on pages that only make noise, {POLLS} polls each"
    _show(console, title, ("page", "Watchback", *_peer_names(beside_peers)), _noise(beside_peers))
    _show(console, "Comparing one page of some 300 kB", ("page", "kB", "median ms", "slowest ms"), comparing.rows())
    if polite:
        _show(console, "A second between two requests at each host", politeness.COLUMNS, politeness.rows())


def _show(console: Console, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = right(Table(*columns, title=title))
    for row in rows:
        table.add_row(*row)
    console.print(table)


def _others(size: int, base: str, console: Console) -> list[list[str]]:
    addresses = [f"{base}/page-{number}.html" for number in range(size)]
    rows = []
    for name, took in zip(("first", "unchanged"), peers.bare(addresses), strict=True):
        rows.append(_row("bare requests", size, name, took, site.statuses(FOLDER).get("304", 0), "-"))
    try:
        rows += _passes(peers.Urlwatch(PEERS / "urlwatch", addresses), size, edition=2)
        other = peers.ChangeDetection(PEERS / "changedetection", addresses, lambda: site.asked(FOLDER))
        with other.running():
            rows += _passes(other, size, edition=3)
    except peers.NotInstalled as missing:
        console.print(f"not measured: {missing}")
    return rows


def _passes(other: peers.Urlwatch | peers.ChangeDetection, size: int, *, edition: int) -> list[list[str]]:
    rows = []
    changed = range(0, size, 20)
    for name in ("first", "unchanged", "5 % changed"):
        if name == "5 % changed":
            site.change(FOLDER, changed, edition=edition)
        site.statuses(FOLDER)
        since = int(time.time())
        took = other.look()
        told = str(len(other.changed_since(since))) if name == "5 % changed" else "-"
        rows.append(_row(other.name, size, name, took, site.statuses(FOLDER).get("304", 0), told))
    return rows


def _peer_names(asked: bool) -> tuple[str, ...]:
    return ("urlwatch, html2text", "changedetection.io") if asked else ()


def _noise(asked: bool) -> list[list[str]]:
    with site.noisy_site() as pages:
        told = [_our_alarms(pages)]
        if asked:
            text = peers.Urlwatch(PEERS / "urlwatch-noise", list(pages.values()), as_text=True)
            told.append(_alarms(text, pages))
            with peers.ChangeDetection(PEERS / "changedetection-noise", list(pages.values())).running() as other:
                told.append(_alarms(other, pages))
    return [[name, *(str(one[name]) for one in told)] for name in pages]


def _our_alarms(pages: dict[str, str]) -> dict[str, int]:
    ours.begin()
    ours.watch(pages.values())
    for _ in range(POLLS):
        ours.all_due()
        ours.look({ours.place(address) for address in pages.values()})
    told = Check.objects.filter(outcome__in=(Outcome.CHANGED, Outcome.SUSPECTED))
    return {name: told.filter(watch__source__url=address).count() for name, address in pages.items()}


def _alarms(other: peers.Urlwatch | peers.ChangeDetection, pages: dict[str, str]) -> dict[str, int]:
    for _ in range(POLLS):
        other.look()
    told = other.changes()
    return {name: told.get(address, 0) for name, address in pages.items()}


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
        told = Check.objects.filter(outcome=Outcome.CHANGED).count()
        rows.append(_row("Watchback", size, name, took, site.statuses(FOLDER).get("304", 0), str(told)))
    return rows


def _row(who: str, size: int, name: str, took: Took, same: int, told: str) -> list[str]:
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
        told,
    ]
