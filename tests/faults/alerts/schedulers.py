"""Several that schedule, plan and send at once; a broker that forgets; a clock that goes back."""

from datetime import timedelta
from functools import partial

from tests.faults.alerts.ground import Ground
from tests.faults.alerts.result import Result, judge
from tests.faults.alerts.sink import Answer
from tests.faults.crew import Crew


def many_at_once(ground: Ground, people: int) -> Result:
    """Three planners start in the same moment, then eight senders and three more planners."""
    ground.begin(people)
    for running in (
        [ground.planner(ground.noon) for _ in range(3)],
        [ground.sender(ground.noon) for _ in range(8)] + [ground.planner(ground.noon) for _ in range(3)],
    ):
        for process in running:
            ground.finish(process)
    now = ground.settle(ground.noon)
    return judge(ground, now)


def two_beats(ground: Ground, people: int) -> Result:
    """Two beats and two workers of Celery find nothing planned yet."""
    ground.begin(people)
    with Crew(ground, "beat-1", "beat-2", "worker-1", "worker-2", queue="alerts") as crew:
        ground.mail.reaches(people)
        crew.keep_until(lambda: not _open(ground, "pending", "claimed"))
    return judge(ground, ground.noon)


def redis_emptied(ground: Ground, people: int, times: int) -> Result:
    """Kill Redis and take away all it kept while Celery sends; what comes due afterwards must be sent too.

    Until the end nothing but beat and worker send: were they not to recover, the next share would stay pending. A
    worker that the loss of Redis brought down leaves the claims it had, which are taken over as after any death.
    """
    ground.begin(people)
    ground.sql("UPDATE alerts_subscriber SET paused_until = %s", ground.on + timedelta(days=365))
    share = people // (times + 1)
    with Crew(ground, "beat-1", "worker-1", queue="alerts") as crew:
        for _ in range(times):
            ground.mail.behave(*[Answer.TAKE] * (share // 2), Answer.HOLD, times=share // 2 + 1)
            _go_on(ground, share)
            crew.keep_until(ground.mail.holds)
            ground.restart_redis_emptied()
            ground.mail.release()
            crew.keep_until(partial(_over, ground, crew, crew.deaths))
        _go_on(ground, people)
        crew.keep_until(partial(_over, ground, crew, 0))
    now = ground.settle(ground.noon + timedelta(days=1))  # Celery claimed by the real clock, at any hour of the day
    return judge(ground, now, may_double=crew.deaths)


def clock_moved(ground: Ground, people: int) -> Result:
    """Plan and send tomorrow, today, tomorrow, today and tomorrow again; a sender dies with claims of tomorrow."""
    ground.begin(people)
    tomorrow, today = ground.noon + timedelta(days=30), ground.noon + timedelta(days=29)
    ground.plan(tomorrow)
    ground.send(tomorrow, limit=people // 3)
    dies = ground.sender(tomorrow)
    ground.mail.reaches(people // 2)
    dies.kill()
    dies.join()
    for now in (today, tomorrow, today, tomorrow + timedelta(hours=2)):
        ground.plan(now)
        ground.send(now)
    now = ground.settle(now)
    return judge(ground, now, may_double=1)


def _go_on(ground: Ground, share: int) -> None:
    """Let so many more of those who paused be written to."""
    ground.sql(
        """
        UPDATE alerts_subscriber SET paused_until = NULL WHERE id IN (
            SELECT id FROM alerts_subscriber WHERE paused_until IS NOT NULL ORDER BY id LIMIT %s)
        """,
        share,
    )


def _over(ground: Ground, crew: Crew, deaths: int) -> bool:
    """Whether all is sent that may be, but for what was in the hands of a worker that has died since."""
    return not _open(ground, "pending", "claimed" if crew.deaths == deaths else "pending")


def _open(ground: Ground, *states: str) -> bool:
    """Whether something that may be sent is in one of these states."""
    return any(row.state in states and not row.paused for row in ground.ledger())
