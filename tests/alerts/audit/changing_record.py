"""A record that changes at random, and people who come, go and change their minds; each change is one function."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TypeVar

from django.db.models import CharField, Model, QuerySet, Value
from django.db.models.functions import Cast, Concat

from tests.alerts.conftest import noon
from tracker.alerts import actions
from tracker.alerts.models import RUNGS, Delivery, Subscriber, Subscription
from tracker.alerts.sending import ledger
from tracker.alerts.sending.checking import Facts
from tracker.commitments.lifecycle import STOPS, Action, EndKind
from tracker.commitments.models import CarveOut, Commitment, Term, Verdict
from tracker.dates import PartialDate
from tracker.organizations.models import Organization
from tracker.partnerships.models import Partnership
from tracker.record.models import Question

T = TypeVar("T")
Row = TypeVar("Row", bound=Model)


def begin() -> None:
    """Two companies, a police force, and a promise of which nothing is declared yet."""
    parent = Organization.objects.create(role="vendor", kind="company", slug="p", name="P")
    actor = Organization.objects.create(role="vendor", kind="company", slug="a", name="A", parent=parent)
    Organization.objects.create(role="agency", kind="police", slug="x", name="X")
    Commitment.objects.create(slug="c", title="C", actor=actor, kind="pledge", nature="voluntary")


def days(number: int) -> timedelta:
    return timedelta(days=number)


def some(choices: Sequence[T], number: int) -> T:
    return choices[number % len(choices)]


def row(rows: "QuerySet[Row]", number: int) -> "QuerySet[Row]":
    """One of these rows, as a QuerySet, or none where there are none."""
    found = sorted(rows.values_list("pk", flat=True))
    return rows.filter(pk=some(found, number)) if found else rows.none()


def declare(on: date, number: int) -> None:
    last = Term.objects.order_by("order").last()
    order = last.order + 1 if last else 1
    action = some(list(Action), number) if last else Action.ANNOUNCED
    kind = EndKind.UNKNOWN if action in STOPS else some((EndKind.FIXED, EndKind.FIXED, EndKind.INDEFINITE), number)
    declared_on = on - days(number % 90 if number % 3 else 0)
    begins = declared_on + days(20 if number % 7 == 0 else 0)
    end = PartialDate(begins + days(5 + number % 200))
    Term.objects.create(
        commitment=Commitment.objects.get(),
        order=order,
        declared_on=PartialDate(declared_on),
        action=action,
        effective_from=None if begins == declared_on else PartialDate(begins),
        end_kind=kind,
        ends_on=end if kind is EndKind.FIXED else None,
        reconfirm_by=begins + days(number % 60) if kind is EndKind.INDEFINITE else None,
        published_on=on + days(number % 4 if number % 5 == 0 else 0),
    )


def move_an_end(on: date, number: int) -> None:
    for term in row(Term.objects.filter(end_kind="fixed"), number):
        begins = (term.effective_from or term.declared_on).first
        end = begins + days(3 + number % 150)
        term.ends_on = PartialDate(end) if number % 2 else PartialDate.parse(f"{end + days(31):%Y-%m}")
        term.save()


def take_out_or_put_back_a_term(on: date, number: int) -> None:
    for term in row(Term.objects.all(), number):
        term.published_on = None if term.published_on else on
        term.save()


def delete_a_term(on: date, number: int) -> None:
    row(Term.objects.filter(order__gt=1, carve_outs=None), number).delete()


def except_somebody(on: date, number: int) -> None:
    for term in row(Term.objects.all(), number):
        if number % 3:
            CarveOut.objects.create(term=term, words=f"number {number}", published_on=on)
        else:
            row(CarveOut.objects.all(), number).update(published_on=None)


def give_the_promise_to_another(on: date, number: int) -> None:
    Commitment.objects.update(actor=row(Organization.objects.filter(role="vendor"), number).get())


def judge(on: date, number: int) -> None:
    verdicts = Verdict.objects.all()
    values = ("broken", "kept", "unclear")
    if number % 3 == 0 or not verdicts:
        Verdict.objects.create(
            commitment=Commitment.objects.get(),
            value=some(values, number),
            summary="Because.",
            on=PartialDate(on - days(number % 80)),
            published_on=on,
        )
    elif number % 3 == 1:
        row(verdicts, number).update(value=some(values, number + 1))
    else:
        row(verdicts, number).update(published_on=None)


def deal(on: date, number: int) -> None:
    names = ("confirmed", "ended", "paused", "reinstated", "denied", "reported")
    a, x = Organization.objects.get(slug="a"), Organization.objects.get(slug="x")
    partnership, _ = Partnership.objects.get_or_create(
        slug="d", defaults={"vendor": a, "client": x, "kind": "uses", "status": "confirmed", "published_on": on}
    )
    partnership.status = some(names, number)
    if number % 4 == 0:
        partnership.started, partnership.ended = PartialDate(on - days(number % 70)), None
    if partnership.status == "ended" and number % 3:
        partnership.ended = PartialDate(on)
    if partnership.status in ("paused", "reinstated") and number % 3:
        partnership.decided = PartialDate(on - days(number % 70))
    if number % 11 == 0:
        partnership.published_on = None if partnership.published_on else on
    partnership.save()


def ask(on: date, number: int) -> None:
    asked: dict[str, object] = {"text": "Q?", "outcome": "unanswered", "asked_by_words": "A reporter"}
    asked["asked_of"] = Organization.objects.get(slug="a")
    question, _ = Question.objects.get_or_create(slug="q", defaults=asked)
    question.outcome = some(("unanswered", "answered", "denied"), number)
    question.answered_on = PartialDate(on - days(number % 70)) if question.outcome != "unanswered" else None
    question.published_on = None if number % 13 == 0 else question.published_on or on
    question.save()


def follow(on: date, number: int) -> None:
    subscriber, _ = Subscriber.objects.get_or_create(
        address=f"{number % 4}@example.org",
        defaults={"requested_at": noon(on.isoformat()), "confirmed_at": noon(on.isoformat())},
    )
    topics: tuple[dict[str, object], ...] = (
        {"topic": "everything"},
        {"topic": "commitment", "commitment": Commitment.objects.get()},
        {"topic": "organization", "organization": Organization.objects.get(slug="p")},
        {"topic": "organization", "organization": Organization.objects.get(slug="x")},
    )
    Subscription.objects.get_or_create(subscriber=subscriber, **some(topics, number // 4), defaults={"since": on})


def unfollow(on: date, number: int) -> None:
    for subscription in row(Subscription.objects.filter(ended_on=None), number):
        actions.unsubscribe(subscription=subscription, on=on)


def follow_again(on: date, number: int) -> None:
    for subscription in row(Subscription.objects.all(), number):
        if subscription.ended_on is not None:
            Subscription.objects.filter(pk=subscription.pk).update(since=on, ended_on=None)
        Subscriber.objects.filter(pk=subscription.subscriber_id).update(stopped=None, bounces=0)


def pause(on: date, number: int) -> None:
    for subscriber in row(Subscriber.objects.all(), number):
        actions.pause(subscriber=subscriber, until=on + days(number % 40) if number % 2 else None)


def choose_rungs(on: date, number: int) -> None:
    for subscription in row(Subscription.objects.all(), number):
        actions.choose_rungs(subscription=subscription, rungs=RUNGS[number % 5 :])


def bounce(on: date, number: int) -> None:
    for subscriber in row(Subscriber.objects.all(), number):
        ledger.stop(subscriber, Subscriber.Stopped.BOUNCED)


def forget(on: date, number: int) -> None:
    for subscriber in row(Subscriber.objects.all(), number):
        actions.forget(subscriber=subscriber)


CHANGES: tuple[Callable[[date, int], None], ...] = (
    *(declare, declare, declare, move_an_end, move_an_end, take_out_or_put_back_a_term, delete_a_term),
    *(except_somebody, give_the_promise_to_another, judge, judge, deal, deal, ask),
    *(follow, follow, follow, unfollow, follow_again, pause, choose_rungs, bounce, forget),
)


def send(on: date) -> None:
    """What a sender does with what is due, within the test's transaction and without a mail server: asks once more,
    keeps the words, and writes down that it was sent, or why not.
    """
    due = Delivery.objects.filter(state="pending", event__due_on__lte=on).exclude(subscriber__paused_until__gt=on)
    of_events = dict(due.values_list("pk", "event"))
    said = Facts(on).of(set(of_events.values()))
    own_message_id = Concat(Value("<"), Cast("pk", CharField()), Value("@example.org>"))
    for pk, event in of_events.items():
        delivery = Delivery.objects.filter(pk=pk)
        if event in said:
            at = {"sent_on": on, "sent_at": noon(on.isoformat()), "message_id": own_message_id}
            delivery.update(state="sent", wording=said[event].wording_id, **at)
        else:
            delivery.update(state="cancelled", reason="what it would have said no longer holds")
