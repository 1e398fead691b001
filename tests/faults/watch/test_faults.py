"""Every site that misbehaves, all at once beside ten that do not. `make faults ARGS=watch` takes one after the other,
with the usual limits, and also kills what the watch stands on.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from tests.faults.watch import looks
from tests.faults.watch.cases import SITES
from tests.faults.watch.certificates import Authority
from tests.faults.watch.playing import play
from tests.faults.watch.sites import Answer, Site
from tests.faults.watch.tables import Tables, World
from tracker.watch.fetch import Limits

HASTY = Limits(seconds=4)


class ThisProcess:
    """Looks in this process and into pytest's database."""

    def __init__(self, folder: Path) -> None:
        self.authority = Authority(folder)

    def world(self, sites: Sequence[Site], limits: Limits) -> World:
        return World(tuple(site.host for site in sites), self.authority.path, limits)

    def site(self, answer: Answer, *, over_tls: bool = False) -> Site:
        return Site(answer, tls=self.authority.server() if over_tls else None)

    def build(self, sites: Sequence[tuple[Site, str]]) -> None:
        looks.build([(site.url, kind) for site, kind in sites])

    def look(self, at: datetime, world: World) -> float:
        looks.forget()
        return looks.look(at, world, threads=len(world.hosts))

    def tables(self) -> Tables:
        return looks.tables()


@pytest.mark.django_db(transaction=True)
def test_no_site_that_misbehaves_costs_more_than_its_own_check(tmp_path: Path) -> None:
    results = play(ThisProcess(tmp_path), SITES, HASTY)
    looks.forget()
    assert [f"{name}: {line}" for name, result in results.items() for line in result.wrong] == []
    assert len(results) == len(SITES)
