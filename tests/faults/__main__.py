"""`make faults`: every fault in its long form, on servers of its own under var/faults: one table for the alerts, one
for the watch.

ARGS chooses cases by a part of their name, or by “alerts” or “watch” all of those; `--short` their short form. Ends
with 1 if anything is wrong.
"""

import os
import signal
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterable
from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table

from tests.faults.alerts.cases import CASES, Case
from tests.faults.alerts.ground import ground
from tests.faults.alerts.result import Result
from tests.faults.watch import disk
from tests.faults.watch.cases import SITES
from tests.faults.watch.deaths import DEATHS
from tracker.local.servers import wait_for_lock
from tracker.local.site import BASE_DIR
from tracker.local.trial import interrupt
from tracker.local.trouble import Trouble

COLUMNS = (
    "mails due",
    "taken",
    "ended otherwise",
    "lost",
    "doubled",
    "may be",
    "other Message-ID",
    "audit lines",
    "seconds",
)
INTERRUPTED = 130
SHOWN = 5  # of what is wrong with one case


def main(words: list[str], *, long: bool) -> int:
    """Run the cases whose names hold one of `words` (all, without words); returns the exit status."""
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 150)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    of_alerts, of_watch = _chosen(words, "alerts", CASES), _chosen(words, "watch", [*SITES, *DEATHS])
    if not of_alerts and not of_watch:
        sys.stderr.write(f"No case has such a name; there are: {', '.join([*CASES, *SITES, *DEATHS])}\n")
        return 2
    wrong = _alerts({name: CASES[name] for name in of_alerts}, console, long=long) if of_alerts else 0
    return (_watch(of_watch, long=long) if of_watch and wrong != INTERRUPTED else 0) or wrong


def _chosen(words: list[str], family: str, names: Iterable[str]) -> list[str]:
    return [name for name in names if not words or family in words or any(word in name for word in words)]


def _watch(names: list[str], *, long: bool) -> int:
    """In a process of its own, with a small disk where one can be had."""
    command, environment = disk.entered(
        [sys.executable, "-m", "tests.faults.watch", *([] if long else ["--short"]), "--", *names]
    )
    return subprocess.run(command, env=environment, cwd=BASE_DIR).returncode


def _alerts(chosen: dict[str, Case], console: Console, *, long: bool) -> int:
    try:
        descriptor = wait_for_lock(BASE_DIR / "var" / "faults", console.print)
        try:
            return _run(chosen, console, long=long)
        finally:
            os.close(descriptor)
    except Trouble as trouble:
        sys.stderr.write(f"{trouble}\n")
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(chosen: dict[str, Case], console: Console, *, long: bool) -> int:
    table = Table(
        "case", *COLUMNS, title=f"Alerts under fault, {'long' if long else 'short'} form", title_justify="left"
    )
    for column in table.columns[1:]:
        column.justify = "right"
    wrong: dict[str, list[str]] = {}
    people = max((case.long if long else case.short)["people"] for case in chosen.values())
    with ground(BASE_DIR / "var" / "faults", datetime.now(UTC).date(), people) as made:
        for name, case in chosen.items():
            began = time.monotonic()
            try:
                with console.status(name):
                    result = case.run(made, long=long)
            except (TimeoutError, RuntimeError) as error:  # it did not end, or a process that should not did
                wrong[name], figures = [str(error)], ["–"] * (len(COLUMNS) - 1)
            else:
                wrong[name], figures = result.wrong, _figures(result)
            table.add_row(name, *figures, f"{time.monotonic() - began:.1f}")
    console.print(table)
    for name, lines in wrong.items():
        for line in lines[:SHOWN]:
            console.print(f"{name}: {line}")
        if len(lines) > SHOWN:
            console.print(f"{name}: … and {len(lines) - SHOWN:,} more")
    return int(any(wrong.values()))


def _figures(result: Result) -> list[str]:
    seen = result.seen
    figures = [seen.due, seen.taken, seen.settled, len(seen.lost), seen.doubled, result.may_double]
    return [f"{figure:,}" for figure in [*figures, len(seen.other), len(result.audit)]]


if __name__ == "__main__":
    parser = ArgumentParser(prog="make faults", description=__doc__)
    parser.add_argument("words", nargs="*")
    parser.add_argument("--short", action="store_true")
    given = parser.parse_args()
    sys.exit(main(given.words, long=not given.short))
