"""What a mail server may do to a sender."""

from tests.faults.alerts.ground import Ground
from tests.faults.alerts.result import Result, judge
from tests.faults.alerts.sink import Answer


def busy(ground: Ground, people: int) -> Result:
    """4xx to every first attempt, now to the recipient, now to the message."""
    ground.begin(people)
    ground.plan(ground.noon)
    ground.mail.behave(Answer.BUSY, Answer.BUSY_AT_RCPT, times=people)
    ground.send(ground.noon)
    first = len(ground.mail.messages())
    now = ground.settle(ground.noon)
    return judge(ground, now, also=[first > 0 and f"{first} were taken while all were refused"])


def refuses(ground: Ground, people: int) -> Result:
    """5xx to two of three, now to the recipient, now to the message: those end as failed, and are not tried again."""
    ground.begin(people)
    ground.plan(ground.noon)
    ground.mail.behave(Answer.REFUSE, Answer.REFUSE_AT_RCPT, Answer.TAKE, times=people)
    ground.send(ground.noon)
    now = ground.settle(ground.noon)
    came, wanted = len(ground.mail.messages()), people // 3
    return judge(
        ground,
        now,
        ends=("550 no such user", "554 we do not want it"),
        also=[came != wanted and f"{came} were taken, not {wanted}"],
    )


def hangs(ground: Ground, people: int, times: int) -> Result:
    """Take a message and never answer; the sender waits only so long."""
    return _taken_without_answer(ground, people, times, Answer.HANG)


def drops(ground: Ground, people: int, times: int) -> Result:
    """Take a message and drop the connection before the answer."""
    return _taken_without_answer(ground, people, times, Answer.DROP)


def one_in_three(ground: Ground, people: int) -> Result:
    """Take every third message, for ever; who is refused fourteen times is given up."""
    ground.begin(people)
    ground.plan(ground.noon)
    ground.mail.behave(Answer.BUSY, Answer.BUSY, Answer.TAKE)
    ground.send(ground.noon)
    now = ground.settle(ground.noon)
    return judge(ground, now, ends=("gave up after 14 attempts: 451",))


def _taken_without_answer(ground: Ground, people: int, times: int, answer: Answer) -> Result:
    """Each such message comes once more, under the same Message-ID, and no other does."""
    ground.begin(people)
    ground.plan(ground.noon)
    ground.mail.behave(Answer.TAKE, answer, times=2 * times)
    ground.send(ground.noon, patience=0.5)
    now = ground.settle(ground.noon)
    return judge(ground, now, may_double=times)
