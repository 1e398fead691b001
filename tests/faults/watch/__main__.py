"""Every fault of the watch, one after the other, as one table: `make faults ARGS=watch`. With `--short` a page has two
seconds to answer, not the usual thirty.
"""

import os
import signal
import sys
import time
from argparse import ArgumentParser

from rich.console import Console
from rich.table import Table

from tests.faults.watch import disk
from tests.faults.watch.cases import SITES
from tests.faults.watch.deaths import DEATHS
from tests.faults.watch.ground import Ground, ground
from tests.faults.watch.playing import play
from tests.faults.watch.result import Result
from tracker.local.servers import wait_for_lock
from tracker.local.site import BASE_DIR
from tracker.local.trial import interrupt
from tracker.local.trouble import Trouble
from tracker.watch.fetch import USUAL, Limits

LAST_WORDS = 90  # of a process that died
COLUMNS = ("seconds", "healthy", "leads", "doubled")


def main(names: list[str], limits: Limits) -> int:
    """Run the cases of these names on servers under var/faults; returns the exit status."""
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 150)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    try:
        descriptor = wait_for_lock(BASE_DIR / "var" / "faults", console.print)
        try:
            return _run(names, console, limits)
        finally:
            os.close(descriptor)
    except Trouble as trouble:
        sys.stderr.write(f"{trouble}\n")
        return 1
    except KeyboardInterrupt:
        return 130


def _run(names: list[str], console: Console, limits: Limits) -> int:
    table = Table("case", "recorded", "reason", *COLUMNS, title="The watch under fault", title_justify="left")
    for column in table.columns[3:]:
        column.justify = "right"
    wrong: dict[str, tuple[str, ...]] = {}
    with disk.small(BASE_DIR / "var" / "faults" / "watch") as var, ground(var) as made:
        for name in names:
            began = time.monotonic()
            try:
                with console.status(name):
                    result = _play(made, name, limits)
            except (TimeoutError, RuntimeError, EOFError) as error:  # it did not end, or a process died that should not
                said = made.log.read_text().splitlines()[-LAST_WORDS:] if isinstance(error, EOFError) else []
                result = Result("–", "", time.monotonic() - began, 0, 0, 0, 0, (repr(error), *said))
            wrong[name] = result.wrong
            table.add_row(name, result.outcome, result.reason, *_figures(result))
    console.print(table)
    for name, lines in wrong.items():
        for line in lines:
            console.print(f"{name}: {line}")
    return int(any(wrong.values()))


def _play(made: Ground, name: str, limits: Limits) -> Result:
    made.begin()
    if name in DEATHS:
        return DEATHS[name](made)
    return play(made, {name: SITES[name]}, limits)[name]


def _figures(result: Result) -> list[str]:
    return [f"{result.seconds:.1f}", f"{result.healthy}/{result.of}", str(result.leads), str(result.doubled)]


if __name__ == "__main__":
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--short", action="store_true")
    given = parser.parse_args()
    sys.exit(main(given.names, Limits(seconds=2) if given.short else USUAL))
