"""More sites that hang than a round has threads."""

from datetime import timedelta

from tests.faults.watch import answers, pages
from tests.faults.watch.ground import Ground
from tests.faults.watch.playing import FIRST, SICK, SLACK
from tests.faults.watch.result import Result, doubled
from tests.faults.watch.sites import Site, Sites
from tracker.watch.fetch import USUAL

CROWD = 40
ROUNDS = 2


def forty_hang(ground: Ground) -> Result:
    """Forty sites hang at once, all of them due before the ten that are well: those are not looked at in the first
    round, whose time is up, and must be in the second.
    """
    ill = [Site(pages.well()) for _ in range(CROWD)]
    well = pages.healthy()
    with Sites(*ill, *well):
        world = ground.world([*ill, *well], USUAL)
        ground.build([(site, "page") for site in (*ill, *well)])
        ground.look(FIRST, world)
        for site in ill:
            site.page = answers.hangs
        seconds = 0.0
        for _ in range(ROUNDS):
            seconds += ground.look(SICK + timedelta(seconds=seconds), world)
    tables = ground.tables()
    days = [[one for one in tables.checks if one.url == site.url and one.at >= SICK] for site in (*ill, *well)]
    healthy = sum([one.outcome for one in checks] == ["unchanged"] for checks in days[CROWD:])
    recorded = sum([one.outcome for one in checks] == ["error"] for checks in days[:CROWD])
    late = seconds > ROUNDS * 2 * USUAL.seconds + SLACK  # a round asks for 45 s, and waits for whom it has asked
    wrong = [
        recorded < CROWD and f"{recorded} of {CROWD} were recorded as an error",
        healthy < len(well) and f"{healthy} of {len(well)} healthy pages were looked at in {ROUNDS} rounds",
        late and f"two rounds took {seconds:.0f} s",
    ]
    return Result(
        "error",
        f"{recorded} times: not complete after 30 s; the healthy ones in the second round",
        seconds,
        healthy,
        len(well),
        tables.leads.total(),
        doubled(tables, [SICK]),
        tuple(line for line in wrong if line),
    )
