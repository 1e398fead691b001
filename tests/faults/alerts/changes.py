"""What changes under a sender's hands: a subscriber leaves, an editor corrects the date."""

import time
from datetime import timedelta

from tests.faults.alerts.ground import A_WHILE, Ground
from tests.faults.alerts.result import Result, judge
from tests.faults.alerts.sink import Answer

LEAVE = """
    UPDATE alerts_subscription s SET ended_on = %s FROM alerts_subscriber p
    WHERE p.id = s.subscriber_id AND substring(p.address from '[0-9]+')::int %% 3 = %s
"""
LATER = "[2099-01-01,2099-01-02)"


def unsubscribed(ground: Ground, people: int) -> Result:
    """A third leave between plan and send, another third while the first mail of a claimed batch is under way."""
    ground.begin(people)
    ground.plan(ground.noon)
    ground.sql(LEAVE, ground.on, 0)
    ground.mail.behave(Answer.HOLD, times=1)
    sender = ground.sender(ground.noon)
    ground.mail.reaches(1)
    ground.sql(LEAVE, ground.on, 2)
    time.sleep(A_WHILE)
    ground.mail.release()
    ground.finish(sender)
    now = ground.settle(ground.noon)
    left = [one.to for one in ground.mail.messages()[1:] if int("".join(filter(str.isdigit, one.to))) % 3 != 1]
    return judge(
        ground, now, ends=("unsubscribed",), also=[f"{address} had unsubscribed and was written to" for address in left]
    )


def end_edited(ground: Ground, people: int) -> Result:
    """An editor writes another end date while the first warning of a claimed batch is under way.

    That one cannot be called back, and is followed by one correction; nobody else may read the old date.
    """
    ground.begin(people)
    ground.sql("UPDATE alerts_subscription SET since = %s", ground.on + timedelta(days=1))  # only the warning is due
    now = ground.noon + timedelta(days=30)
    ground.plan(now)
    ground.mail.behave(Answer.HOLD, times=1)
    sender = ground.sender(now)
    ground.mail.reaches(1)
    ground.sql("UPDATE commitments_term SET ends_on = %s", LATER)
    time.sleep(A_WHILE)
    ground.mail.release()
    ground.finish(sender)
    first, *others = ground.mail.messages()
    also: list[str] = [f"{one.to} was warned of the old date after the edit" for one in others]
    ground.plan(now)
    ground.send(now)
    now = ground.settle(now)
    told = [one for one in ground.mail.messages() if one.to == first.to][1:]
    if len(told) != 1:
        also.append(f"{first.to} had been warned of the old date and got {len(told)} corrections")
    return judge(ground, now, ends=("what it would have said no longer holds",), also=also)
