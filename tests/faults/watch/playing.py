"""Sick sites beside healthy ones, through four rounds: all well, sick, still sick, well again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from tests.faults.watch import pages
from tests.faults.watch.certificates import Authority
from tests.faults.watch.result import Result, doubled, within
from tests.faults.watch.sites import Answer, Site, Sites, no_robots
from tests.faults.watch.tables import Tables, World
from tracker.watch.fetch import Limits

# Any day that is over: one of the cases goes on by the real clock.
FIRST = datetime(2020, 6, 9, 9, tzinfo=UTC)
SICK = FIRST + timedelta(days=1, minutes=1)
STILL_SICK = SICK + timedelta(hours=1, minutes=1)
WELL_AGAIN = STILL_SICK + timedelta(days=1, minutes=1)
# Beside the time that asking may take: what recording eleven looks costs on a busy machine.
SLACK = 5.0


@dataclass(frozen=True)
class Sickness:
    """What befalls a site, and what must be recorded of it: one of `outcomes`, for a reason that holds `why`."""

    outcomes: frozenset[str]
    why: str = ""
    page: Callable[[], Answer] | None = None
    robots: Callable[[], Answer] | None = None
    kind: str = "page"
    well: Callable[[], Answer] = pages.well
    certificate: Callable[[Authority], Path] | None = None


class Hands(Protocol):
    """Whoever does it: this process, or one that is forked for it."""

    authority: Authority

    def world(self, sites: Sequence[Site], limits: Limits) -> World: ...
    def site(self, answer: Answer, *, over_tls: bool = False) -> Site: ...
    def build(self, sites: Sequence[tuple[Site, str]]) -> None: ...
    def look(self, at: datetime, world: World) -> float: ...
    def tables(self) -> Tables: ...


def play(hands: Hands, sick: Mapping[str, Sickness], limits: Limits) -> dict[str, Result]:
    """Let all of `sick` fall ill at once beside ten healthy sites. Returns what came of each, by its name."""
    well = [hands.site(pages.well(number), over_tls=number == 0) for number in range(pages.HEALTHY)]
    ill = {name: hands.site(one.well(), over_tls=one.certificate is not None) for name, one in sick.items()}
    with Sites(*ill.values(), *well):
        world = hands.world([*ill.values(), *well], limits)
        hands.build([(site, sick[name].kind) for name, site in ill.items()] + [(site, "page") for site in well])
        hands.look(FIRST, world)
        for name, site in ill.items():
            _infect(site, sick[name], hands.authority)
        well[-1].page = pages.with_news()
        seconds = hands.look(SICK, world)
        hands.look(STILL_SICK, world)
        for name, site in ill.items():
            site.page, site.robots = sick[name].well(), no_robots
            if site.tls:
                site.tls.load_cert_chain(hands.authority.good())
        hands.look(WELL_AGAIN, world)
        tables = hands.tables()
    of_all = _wrong_with_the_healthy(tables, well)
    return {name: _judged(tables, site, sick[name], well, seconds, limits, of_all) for name, site in ill.items()}


def _infect(site: Site, sickness: Sickness, authority: Authority) -> None:
    if sickness.page is not None:
        site.page = sickness.page()
    if sickness.robots is not None:
        site.robots = sickness.robots()
    if sickness.certificate is not None and site.tls:
        site.tls.load_cert_chain(sickness.certificate(authority))


def _judged(
    tables: Tables,
    site: Site,
    sickness: Sickness,
    well: Sequence[Site],
    seconds: float,
    limits: Limits,
    of_all: Sequence[str],
) -> Result:
    wrong = [*of_all]
    found = within(tables, SICK, site.url)
    wrong += [
        f"recorded as {one.outcome}: {one.reason}"
        for one in [*found, *within(tables, STILL_SICK, site.url)]
        if one.outcome not in sickness.outcomes or sickness.why not in one.reason
    ]
    if not found:
        wrong.append("nothing was recorded")
    back = [one.outcome for one in within(tables, WELL_AGAIN, site.url)]
    if back != ["unchanged"]:
        wrong.append(f"when it was well again: {back}")
    if tables.leads[site.url] or tables.versions[site.url] != 1:
        wrong.append(f"{tables.leads[site.url]} leads, {tables.versions[site.url]} versions of it")
    twice = doubled(tables, (FIRST, SICK, STILL_SICK, WELL_AGAIN))
    if twice:
        wrong.append(f"{twice} checks doubled")
    if seconds > limits.seconds + SLACK:
        wrong.append(f"the round took {seconds:.1f} s, {limits.seconds:.0f} s being the limit of a page")
    return Result(
        outcome=found[0].outcome if found else "–",
        reason=found[0].reason if found else "",
        seconds=seconds,
        healthy=sum(len(within(tables, SICK, one.url)) == 1 for one in well),
        of=len(well),
        leads=tables.leads[site.url],
        doubled=twice,
        wrong=tuple(wrong),
    )


def _wrong_with_the_healthy(tables: Tables, well: Sequence[Site]) -> list[str]:
    """Each is looked at once a day, and the news of the last one becomes one lead."""
    wrong = []
    for number, site in enumerate(well):
        has_news = number == len(well) - 1
        expected = ["first", "suspected", "changed", "unchanged"] if has_news else ["first", "unchanged", "unchanged"]
        outcomes = [one.outcome for one in tables.checks if one.url == site.url]
        if outcomes != expected:
            wrong.append(f"healthy page {number}: {', '.join(outcomes) or 'never looked at'}")
        if tables.leads[site.url] != has_news:
            wrong.append(f"healthy page {number} gave {tables.leads[site.url]} leads")
    return wrong
