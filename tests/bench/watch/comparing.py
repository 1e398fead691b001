"""How long it takes to read and compare one page, without network and database."""

import statistics
import time
from datetime import UTC, datetime

from tests.bench.watch.site import page
from tracker.watch.reading.look import look
from tracker.watch.reading.page import read

KILOBYTES = 300
TIMES = 30
NOW = datetime(2026, 11, 24, tzinfo=UTC)


def rows() -> list[list[str]]:
    """A page that is the same but for a token, and one that says one sentence more."""
    before = _page(0)
    cases = {"only a token is new": before.replace("<main>", '<main data-token="1f3a">'), "a sentence is new": _page(1)}
    return [[name, f"{len(after) / 1000:.0f}", *_timed(before, after)] for name, after in cases.items()]


def _page(edition: int) -> str:
    parts = [page(number, edition=edition if number == 3 else 0) for number in range(40)]
    inside = [part.partition("<main>")[2].partition("</main>")[0] for part in parts]
    whole = parts[0].partition("<main>")[0] + "<main>" + "".join(inside)
    return whole[: KILOBYTES * 1000] + "</main></body></html>"


def _timed(before: str, after: str) -> tuple[str, str]:
    memory = look(None, read(before, "text/html"), at=NOW).memory
    times = []
    for _ in range(TIMES):
        began = time.perf_counter()
        look(memory, read(after, "text/html"), at=NOW)
        times.append(1000 * (time.perf_counter() - began))
    return f"{statistics.median(times):.1f}", f"{max(times):.1f}"
