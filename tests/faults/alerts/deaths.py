"""What dies, or seems dead, while mails go out: a sender, or PostgreSQL under it."""

import os
import signal
import time
from datetime import timedelta
from random import Random

from tests.faults.alerts.ground import A_WHILE, Ground
from tests.faults.alerts.result import Result, judge
from tests.faults.alerts.sink import Answer

SOON = timedelta(minutes=7)
INSTANT = 0.004  # about the time that one mail takes


def sender_killed(ground: Ground, people: int, times: int) -> Result:
    """Kill one sender after another with -9: after some mails, and a random part of the time one mail takes."""
    ground.begin(people)
    ground.plan(ground.noon)
    chance, now, came, deaths = Random(3), ground.noon, 0, 0
    for _ in range(2 * times):
        sender = ground.sender(now)
        came += chance.randrange(1, max(2, 5 * people // (4 * times)))
        if ground.mail.reaches(came, unless=(sender.sentinel,)):
            time.sleep(chance.uniform(0, INSTANT))
            sender.kill()
        sender.join()
        deaths += sender.exitcode == -signal.SIGKILL
        came = len(ground.mail.messages())
        now += SOON
        if deaths == times:
            break
    now = ground.settle(now)
    return judge(ground, now, may_double=deaths, also=[deaths < times and f"only {deaths} senders were killed"])


def sender_held_up(ground: Ground, people: int) -> Result:
    """Stop a sender over a mail for longer than a claim lasts, let another finish, and let the first go on."""
    ground.begin(people)
    ground.plan(ground.noon)
    ground.mail.behave(*[Answer.TAKE] * 9, Answer.HOLD, times=10)
    held_up = ground.sender(ground.noon)
    ground.mail.reaches(10)
    assert held_up.pid
    os.kill(held_up.pid, signal.SIGSTOP)
    ground.mail.release()
    now = ground.noon + timedelta(hours=2)
    ground.send(now)
    time.sleep(A_WHILE)
    os.kill(held_up.pid, signal.SIGCONT)
    ground.finish(held_up)
    now = ground.settle(now)
    return judge(ground, now, may_double=1)


def postgres_restarted(ground: Ground, people: int, times: int, how: str) -> Result:
    """Stop PostgreSQL while a sender is at work, and start it again."""
    ground.begin(people)
    ground.plan(ground.noon)
    chance, now = Random(5), ground.noon
    for number in range(times):
        sender = ground.sender(now)
        share = people * (number + 1) // (times + 1)
        if ground.mail.reaches(share, unless=(sender.sentinel,)):
            time.sleep(chance.uniform(0, INSTANT))
        ground.restart_postgres(how)
        sender.join()
        now += SOON
    now = ground.settle(now)
    return judge(ground, now, may_double=times)
