"""What is measured, in the order in which it is shown. Django is set up, and settings find the servers."""

import logging
from collections.abc import Callable
from datetime import date

from django.db import connection
from django.db.models import Prefetch
from rich.console import Console
from rich.table import Table

from tests.bench import growth
from tests.bench.asking import Asked, ask
from tests.bench.tables import right, seconds
from tests.browser.pages import PAGES, Address
from tracker.catalogue import actions as catalogue
from tracker.catalogue.models import CatalogueLoad
from tracker.commitments import lifecycle
from tracker.commitments.models import Commitment, Term
from tracker.local import contents
from tracker.local.site import Site

LOADED_ON, SHOWN = date(2026, 9, 1), date(2026, 9, 1)
ROUNDS = 20
GROWS = ("vendor amazon", "vendor ring", "commitments")


def everything(site: Site, console: Console, requests: int) -> None:
    """Fill an empty database, ask for every page, let the data grow, and show each."""
    logging.getLogger("django.request").setLevel(logging.ERROR)  # the 404 and the 400 are asked for
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    console.print(_filling())
    contents.collect_static(console.print)
    site.spawn("web")
    site.wait_until_ready()
    empty = ask(site.current.site_url, Address("/healthz"), requests)
    before = {name: ask(site.current.site_url, address, requests) for name, address in PAGES.items()}
    console.print(_pages({"/healthz": empty, **before}, requests))
    console.print(_states())
    grown = growth.tenfold("amazon", "aws", "ring")
    after = {name: ask(site.current.site_url, PAGES[name], requests) for name in GROWS}
    console.print(_growth(before, after, grown))


def _filling() -> Table:
    table = Table("step", "seconds", title="An empty database")
    steps: dict[str, Callable[[], object]] = {
        "migrate": lambda: contents.migrate(lambda line: None),
        "catalogue load, first": lambda: catalogue.load(on=LOADED_ON),
        "catalogue load, again": lambda: catalogue.load(on=LOADED_ON),
        "catalogue load, every record compared": _load_again,
    }
    for name, step in steps.items():
        table.add_row(name, f"{seconds(step):.2f}")
    return right(table)


def _load_again() -> None:
    """As after a change in the files: without the note that these very files were loaded."""
    CatalogueLoad.objects.all().delete()
    catalogue.load(on=LOADED_ON)


def _pages(asked: dict[str, Asked], requests: int) -> Table:
    title = f"Pages: {requests} requests one after another through gunicorn"
    table = Table("page", "status", "queries", "bytes", "gzipped", "median ms", "p95 ms", title=title)
    for name, one in asked.items():
        table.add_row(
            name,
            str(one.status),
            str(one.queries),
            f"{one.size:,}",
            f"{one.zipped:,}",
            f"{one.median:.1f}",
            f"{one.p95:.1f}",
        )
    return right(table)


def _states() -> Table:
    terms = Term.objects.published()
    stored = list(Commitment.objects.public().prefetch_related(Prefetch("terms", terms)))
    rules = [[term.as_rule() for term in one.terms.all()] for one in stored]
    python = seconds(lambda: [lifecycle.standing(one, SHOWN) for _ in range(ROUNDS) for one in rules])
    query = Commitment.objects.public().with_state(SHOWN).values_list("slug", "state")  # type: ignore[misc]
    database = seconds(lambda: [list(query) for _ in range(ROUNDS)])
    calls = ROUNDS * len(stored)
    table = Table("state on a day", "µs for each", f"ms for all {len(stored)}", title="States of all commitments")
    for name, took in (("lifecycle.standing()", python), ("SQL with_state()", database)):
        table.add_row(name, f"{took / calls * 1e6:.1f}", f"{took / ROUNDS * 1e3:.2f}")
    return right(table)


def _growth(before: dict[str, Asked], after: dict[str, Asked], grown: growth.Grown) -> Table:
    title = (
        f"Ten times as much: {grown.partnerships[0]:,} to {grown.partnerships[1]:,} partnerships, "
        f"{grown.commitments[0]:,} to {grown.commitments[1]:,} commitments"
    )
    table = Table("page", "queries", "bytes", "gzipped", "median ms", title=title)
    for name, now in after.items():
        was = before[name]
        table.add_row(
            name,
            f"{was.queries} to {now.queries}",
            f"{was.size:,} to {now.size:,}",
            f"{was.zipped:,} to {now.zipped:,}",
            f"{was.median:.1f} to {now.median:.1f}",
        )
    return right(table)
