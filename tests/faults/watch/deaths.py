"""What dies, hangs or fills up under the watch: its worker, Redis, PostgreSQL, the disk; and the list of all that."""

import os
import secrets
import signal
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from random import Random

from tests.faults.crew import Crew
from tests.faults.watch import disk, pages
from tests.faults.watch.answers import says
from tests.faults.watch.crowd import forty_hang
from tests.faults.watch.ground import Ground
from tests.faults.watch.playing import SICK, SLACK
from tests.faults.watch.result import Result, within
from tests.faults.watch.sites import Site
from tests.faults.watch.stage import LEASE_OVER, staged, until
from tracker.watch.fetch import USUAL

TIMES = 20
INSTANT = 0.35  # about the time in which eleven pages are asked and recorded
MINUTE = timedelta(minutes=1)
CHANGED = ("first", "suspected", "changed")
LIMIT = USUAL.seconds + SLACK


def round_killed(ground: Ground) -> Result:
    """Kill one process after another with -9 while it asks and records ten pages that have changed.

    Within the lease nobody takes up what a dead one had; after it somebody does.
    """
    wrong = []
    with staged(ground) as stage:
        for site in stage.well:
            site.page = pages.with_news()
        held = stage.hold(stage.held, pages.well())
        chance, now = Random(7), SICK
        for _ in range(TIMES):
            times = stage.held.asked
            process = ground.looking(now, stage.world)
            stage.held.wait_until_asked(times + 1)
            time.sleep(chance.uniform(0, INSTANT))
            process.kill()
            before = stage.checks()
            ground.look(now + MINUTE, stage.world)
            if stage.held.asked != times + 1 or stage.checks() != before:
                wrong.append("what a dead one had claimed was taken up within its lease")
            now += LEASE_OVER
        held.let_go.set()
        began = time.monotonic()
        for _ in range(3):
            ground.look(now, stage.world)
            now += LEASE_OVER
        return stage.judge(
            time.monotonic() - began,
            outcome=f"{TIMES} deaths",
            reason="looked at by another when the lease ended",
            at=None,
            expected=CHANGED,
            leads=1,
            also=wrong,
        )


def worker_killed(ground: Ground) -> Result:
    """Celery's own worker, killed with -9 in the middle of a check, and started again as in production."""
    with staged(ground) as stage:
        held = stage.hold(stage.held, pages.well())
        ground.environment["FAULTS_HOSTS"] = ",".join(stage.world.hosts)
        ground.sql("UPDATE watch_watch SET next_check_at = now()")
        began = time.monotonic()
        with Crew(ground, "beat-1", "worker-1", queue="watch") as crew:
            times = stage.held.asked
            crew.keep_until(lambda: stage.held.asked > times)
            stage.recorded(len(stage.well))
            os.killpg(crew.children["worker-1"].process.pid, signal.SIGKILL)
            crew.keep_until(lambda: crew.deaths == 1)
            claimed = "SELECT count(*) FROM watch_watch WHERE next_check_at < now() + interval '1 hour'"
            kept = ground.count(claimed)
            ground.sql("UPDATE watch_watch SET next_check_at = now() WHERE next_check_at < now() + interval '1 hour'")
            held.let_go.set()
            crew.keep_until(lambda: stage.checks() > len(stage.well))
        return stage.judge(
            time.monotonic() - began,
            outcome="unchanged",
            reason="looked at by the worker that was started again, its lease moved to its end",
            at=None,
            also=[kept != 1 and f"{kept} watches were claimed, not 1"],
        )


def round_held_up(ground: Ground) -> Result:
    """Stop a process that has its answer for longer than its lease; the page changes, others see it, it goes on."""
    with staged(ground) as stage:
        page = stage.well[0]
        held = stage.hold(stage.held, pages.well())
        late = stage.hold(page, says(pages.page(pages.POLICY, "<!-- other bytes -->")))
        for site in stage.well[1:]:
            site.page = pages.with_news()
        process = ground.looking(SICK, stage.world)
        page.wait_until_asked(2)
        stage.held.wait_until_asked(2)
        stage.recorded(len(stage.well) - 1)
        assert process.process.pid
        os.kill(process.process.pid, signal.SIGSTOP)
        late.let_go.set()
        page.page = pages.with_news()
        held.let_go.set()
        stage.held.page = pages.well()
        for number in (1, 2):
            ground.look(SICK + number * LEASE_OVER, stage.world)
        os.kill(process.process.pid, signal.SIGCONT)
        began = time.monotonic()
        process.result()
        seconds = time.monotonic() - began
        ground.look(SICK + 3 * LEASE_OVER, stage.world)
        return stage.judge(
            seconds, outcome="passed over", reason="somebody has looked since", at=None, expected=CHANGED, leads=1
        )


def redis_away(ground: Ground) -> Result:
    """Kill Redis before a round. Who may be asked without a pause is; whoever asks for one is put off."""
    slow = Site(pages.well(), robots=says("User-agent: *\nCrawl-delay: 1\n", kind="text/plain"))
    with staged(ground, slow) as stage:
        ground.stop_redis()
        seconds = float(ground.looking(SICK, stage.world).result())
        asked, put_off = stage.held.asked, ground.tables().next_at[stage.held.url]
        wrong = [
            asked != 1 and "it was asked although nobody knew the pace",
            (put_off is None or not SICK < put_off < SICK + 2 * MINUTE) and f"its next look is at {put_off}",
        ]
        ground.restart_redis()
        ground.look(SICK + 2 * MINUTE, stage.world)
        return stage.judge(seconds, outcome="put off", reason="for 60 s: the pace is not known", also=wrong)


def redis_hangs(ground: Ground) -> Result:
    """Stop Redis without ending it: it accepts, and says nothing."""
    slow = Site(pages.well(), robots=says("User-agent: *\nCrawl-delay: 1\n", kind="text/plain"))
    with staged(ground, slow) as stage:
        assert ground.servers.valkey
        assert ground.servers.valkey.child
        pid = ground.servers.valkey.child.process.pid
        os.kill(pid, signal.SIGSTOP)
        try:
            process = ground.looking(SICK, stage.world)
            seconds = float(process.result())
        finally:
            os.kill(pid, signal.SIGCONT)
        ground.look(SICK + 2 * MINUTE, stage.world)
        return stage.judge(
            seconds,
            outcome="put off",
            reason="for 60 s: the pace is not known",
            also=[seconds > LIMIT and f"the round took {seconds:.1f} s"],
        )


def redis_emptied(ground: Ground) -> Result:
    """Kill Redis in the middle of a check and take away all it kept."""
    slow = Site(pages.well(), robots=says("User-agent: *\nCrawl-delay: 1\n", kind="text/plain"))
    with staged(ground, slow) as stage:
        held = stage.hold(stage.held, pages.well())
        process = ground.looking(SICK, stage.world)
        stage.held.wait_until_asked(2)
        ground.restart_redis_emptied()
        held.let_go.set()
        seconds = float(process.result())
        ground.look(SICK + 2 * MINUTE, stage.world)
        return stage.judge(seconds, outcome="unchanged", reason="a turn that was lost is nobody's")


def postgres_restarted(ground: Ground, how: str) -> Result:
    """Stop PostgreSQL while half of a round is recorded and the other half waits for its sites, and start it again."""
    with staged(ground) as stage:
        waiting = [stage.hold(site, site.page) for site in (stage.held, *stage.well[5:])]
        process = ground.looking(SICK, stage.world)
        stage.recorded(5)
        for site in (stage.held, *stage.well[5:]):
            site.wait_until_asked(2)
        ground.restart_postgres(how)
        for one in waiting:
            one.let_go.set()
        seconds = float(process.result())
        ground.look(SICK + LEASE_OVER, stage.world)
        return stage.judge(seconds, outcome="unchanged", reason="written when the database was there again")


def disk_full(ground: Ground) -> Result:
    """Fill PostgreSQL's disk to the last byte; one page has changed by much that would have to be kept."""
    if not disk.is_small():
        return Result("not run", "no disk of its own can be mounted here", 0, 0, 0, 0, 0)
    large = says(pages.page(pages.POLICY, "<p>We have a new office.</p>", f"<!-- {secrets.token_hex(2_000_000)} -->"))
    with staged(ground) as stage:
        before, stage.held.page = stage.held.page, large
        ballast = disk.fill(ground.servers.var)
        try:
            seconds = float(ground.looking(SICK, stage.world).result())
            found = within(ground.tables(), SICK, stage.held.url)
        finally:
            ballast.unlink()
        stage.held.page = before
        until(lambda: ground.count("SELECT 1") == 1, "PostgreSQL does not come back")
        ground.look(SICK + 70 * MINUTE, stage.world)
        # That it was recorded is known by now; every other page must have had its usual looks and no more.
        ground.sql(
            """
            DELETE FROM watch_check c USING watch_watch w JOIN evidence_source s ON s.id = w.source_id
            WHERE w.id = c.watch_id AND s.url = %s AND c.outcome = 'error'
            """,
            stage.held.url,
        )
        return stage.judge(
            seconds,
            outcome=found[0].outcome if found else "–",
            reason=found[0].reason if found else "",
            also=[not found and "nothing was recorded of the page that did not fit"],
        )


DEATHS: dict[str, Callable[[Ground], Result]] = {
    "forty sites hang at once": forty_hang,
    "round killed with -9": round_killed,
    "Celery's worker killed with -9": worker_killed,
    "round held up beyond its lease": round_held_up,
    "Redis away": redis_away,
    "Redis hangs": redis_hangs,
    "Redis killed and emptied": redis_emptied,
    "PostgreSQL restarted, fast": partial(postgres_restarted, how="fast"),
    "PostgreSQL restarted, immediate": partial(postgres_restarted, how="immediate"),
    "PostgreSQL killed with -9": partial(postgres_restarted, how="killed"),
    "disk full": disk_full,
}
