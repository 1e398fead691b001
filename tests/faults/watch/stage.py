"""Ten healthy sites and one that holds its answer back, with a ground that is shaken meanwhile."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.faults.watch import pages
from tests.faults.watch.answers import Held
from tests.faults.watch.ground import Ground
from tests.faults.watch.playing import FIRST, SICK
from tests.faults.watch.result import Result, within
from tests.faults.watch.sites import Answer, Site, Sites
from tests.faults.watch.tables import World
from tracker.watch.fetch import USUAL

LEASE_OVER = timedelta(minutes=16)  # longer than a claim lasts
PATIENCE = 60.0


@dataclass
class Stage:
    """The sites, all looked at once already, and the day after has come."""

    ground: Ground
    well: list[Site]
    held: Site
    world: World

    def hold(self, site: Site, answer: Answer) -> Held:
        """From now on `site` answers so, when it is told to."""
        held = Held(answer)
        site.page = held
        return held

    def recorded(self, count: int) -> None:
        """Return when so many looks of the second day are recorded. Raises TimeoutError."""
        deadline = time.monotonic() + PATIENCE
        while self.checks() < count:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self.checks()} of {count} looks were recorded")
            time.sleep(0.02)

    def checks(self) -> int:
        """How many looks have been recorded since the first day."""
        return self.ground.count("SELECT count(*) FROM watch_check WHERE at >= %s", SICK)

    def judge(
        self,
        seconds: float,
        *,
        outcome: str,
        reason: str,
        at: datetime | None = SICK,
        expected: Sequence[str] = ("first", "unchanged"),
        leads: int = 0,
        also: Sequence[str | bool] = (),
    ) -> Result:
        """Compare at the end: every page with these outcomes and no more, so many leads in all.

        `at`: the round in which the healthy pages were to be looked at; None: whenever.
        """
        tables = self.ground.tables()
        wrong = [line for line in also if isinstance(line, str)]
        doubled = 0
        outcomes: dict[str, list[str]] = {}
        for one in tables.checks:
            outcomes.setdefault(one.url, []).append(one.outcome)
        for number, site in enumerate([self.held, *self.well]):
            wanted = ["first", "unchanged"] if site is self.held else [*expected]
            found = outcomes.get(site.url, [])
            doubled += max(0, len(found) - len(wanted))
            if found != wanted:
                wrong.append(f"page {number}: {', '.join(found)}")
            if tables.versions[site.url] != 1 + wanted.count("changed"):
                wrong.append(f"page {number} has {tables.versions[site.url]} versions")
        if tables.leads.total() != leads:
            wrong.append(f"{tables.leads.total()} leads, not {leads}")
        if at is None:
            healthy = sum(outcomes[site.url] == [*expected] for site in self.well)
        else:
            healthy = sum(len(within(tables, at, site.url)) == 1 for site in self.well)
        return Result(
            outcome, reason, seconds, healthy, len(self.well), tables.leads[self.held.url], doubled, tuple(wrong)
        )


@contextmanager
def staged(ground: Ground, held: Site | None = None) -> Iterator[Stage]:
    """Sites that were well when they were first looked at. What is held is let go at the end."""
    one = held or Site(pages.well())
    well = pages.healthy()
    with Sites(one, *well):
        world = ground.world([one, *well], USUAL)
        ground.build([(one, "page"), *((site, "page") for site in well)])
        ground.look(FIRST, world)
        ground.forget()
        try:
            yield Stage(ground, well, one, world)
        finally:
            for site in (one, *well):
                if isinstance(site.page, Held):
                    site.page.let_go.set()


def until(done: Callable[[], bool], what: str) -> None:
    """Wait for what cannot be waited for otherwise. Raises TimeoutError."""
    deadline = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > deadline:
            raise TimeoutError(what)
        time.sleep(0.02)
