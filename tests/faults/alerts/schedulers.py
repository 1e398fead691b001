"""Several that schedule, plan and send at once; a broker that forgets; a clock that goes back."""

import time
from datetime import timedelta

from tests.faults.alerts.ground import Ground
from tests.faults.alerts.result import Result, judge
from tests.faults.alerts.sink import Answer

PATIENCE = 60.0


def many_at_once(ground: Ground, people: int) -> Result:
    """Three planners and four senders start in the same moment."""
    ground.begin(people)
    running = [ground.planner(ground.noon) for _ in range(3)] + [ground.sender(ground.noon) for _ in range(4)]
    running += [ground.sender(ground.noon) for _ in range(4)]
    for process in running:
        ground.finish(process)
    now = ground.settle(ground.noon)
    return judge(ground, now)


def two_beats(ground: Ground, people: int) -> Result:
    """Two beats and two workers of Celery find nothing planned yet."""
    ground.begin(people)
    with ground.celery("beat-1", "beat-2", "worker-1", "worker-2"):
        ground.mail.reaches(people, patience=PATIENCE)
        _until_recorded(ground)
    return judge(ground, ground.noon)


def redis_emptied(ground: Ground, people: int, times: int) -> Result:
    """Kill Redis and take away all it kept while Celery sends; what comes due afterwards must be sent too.

    Nothing but beat and worker send here: were they not to recover, the last share would be lost.
    """
    ground.begin(people)
    ground.sql("UPDATE alerts_subscriber SET paused_until = %s", ground.on + timedelta(days=365))
    share, came = people // (times + 1), 0
    with ground.celery("beat-1", "worker-1"):
        for number in range(times + 1):
            if number < times:
                ground.mail.behave(*[Answer.TAKE] * (share // 2), Answer.HOLD, times=share // 2 + 1)
            _go_on(ground, share)
            if number < times:
                ground.mail.reaches(came + share // 2 + 1, patience=PATIENCE)
                ground.restart_redis_emptied()
                ground.mail.release()
            came += share
            ground.mail.reaches(came, patience=PATIENCE)
        _until_recorded(ground)
    return judge(ground, ground.noon)


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


def _until_recorded(ground: Ground) -> None:
    """The last mail was taken; return when the worker has written that down as well."""
    deadline = time.monotonic() + PATIENCE
    while any(row.state in ("pending", "claimed") for row in ground.ledger()) and time.monotonic() < deadline:
        time.sleep(0.05)
