"""On random histories, the planner's SQL agrees with the pure rules and with the audit, day after day."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.alerts.conftest import noon
from tracker.alerts import actions
from tracker.alerts.audit import differences
from tracker.alerts.facts import holds
from tracker.alerts.models import Delivery, Subscriber, Subscription
from tracker.commitments.lifecycle import STOPS, Action, EndKind
from tracker.commitments.models import Commitment, Term
from tracker.dates import PartialDate
from tracker.organizations.models import Organization

START = date(2020, 1, 1)
own_message_id = Concat(Value("<"), Cast("pk", CharField()), Value("@example.org>"))
STOPPING = {action.value for action in STOPS}

declared = st.tuples(
    st.integers(0, 120),  # days after the one before
    st.sampled_from([Action.EXTENDED, Action.NARROWED, Action.SUSPENDED, Action.REINSTATED, Action.WITHDRAWN]),
    st.sampled_from([EndKind.FIXED, EndKind.FIXED, EndKind.INDEFINITE, EndKind.UNKNOWN]),
    st.integers(5, 200),  # days it runs
    st.sampled_from(["day", "day", "month"]),
    st.integers(0, 100),  # days until we publish it
    st.sampled_from([0, 0, 0, 20]),  # days until it takes effect
)


def write(history: list[tuple[int, Action, EndKind, int, str, int, int]]) -> None:
    actor = Organization.objects.create(role="vendor", kind="company", slug="a", name="A")
    commitment = Commitment.objects.create(slug="c", title="C", actor=actor, kind="pledge", nature="voluntary")
    on = START
    for order, (gap, action, kind, runs, precision, unpublished, wait) in enumerate(history, start=1):
        on += timedelta(days=gap)
        action = Action.ANNOUNCED if order == 1 else action
        kind = EndKind.UNKNOWN if action.value in STOPPING else kind
        begins = on + timedelta(days=wait)
        end = begins + timedelta(days=runs)
        ends_on = PartialDate(end) if precision == "day" else PartialDate.parse(f"{end + timedelta(days=31):%Y-%m}")
        Term.objects.create(
            commitment=commitment,
            order=order,
            declared_on=PartialDate(on),
            action=action,
            effective_from=PartialDate(begins) if wait else None,
            end_kind=kind,
            ends_on=ends_on if kind is EndKind.FIXED else None,
            published_on=on + timedelta(days=unpublished),
        )


def follow() -> None:
    """One who hears everything from the start, one who follows twice over, one who came later and wants less."""
    commitment = Commitment.objects.get()
    for name, since, rungs in (("ada", 0, [90, 30, 7, 1, 0]), ("bob", 60, [30, 0]), ("cyd", 150, [7, 1])):
        at = noon((START + timedelta(days=since)).isoformat())
        subscriber = Subscriber.objects.create(address=f"{name}@example.org", requested_at=at, confirmed_at=at)
        Subscription.objects.create(subscriber=subscriber, topic="everything", since=at.date(), rungs=rungs)
        if name == "bob":
            Subscription.objects.create(
                subscriber=subscriber, topic="commitment", commitment=commitment, since=at.date(), rungs=[90, 7]
            )


@pytest.mark.django_db
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(declared, min_size=1, max_size=4),
    st.lists(st.integers(1, 70), min_size=2, max_size=6),
)
def test_whatever_was_declared_and_however_long_the_site_slept_the_audit_finds_nothing(
    history: list[tuple[int, Action, EndKind, int, str, int, int]], sleeps: list[int]
) -> None:
    with transaction.atomic():
        write(history)
        follow()
        on = START
        for sleep in sleeps:
            on += timedelta(days=sleep)
            actions.plan(on=on)
            assert actions.plan(on=on) == actions.Planned()
            waiting = Delivery.objects.filter(state="pending").select_related("subscription__subscriber", "event__term")
            told = set()
            for delivery in waiting:
                assert holds(delivery.event, on), delivery.event.key
                who, event = delivery.subscription.subscriber_id, delivery.event
                about = (who, event.ends_on) if event.rung is not None else (who, event.due_on)
                assert (event.rung is None, *about) not in told, "two mails to one person about one thing"
                told.add((event.rung is None, *about))
            waiting.update(state="sent", sent_on=on, sent_at=noon(on.isoformat()), message_id=own_message_id)
            assert differences(on) == []
        transaction.set_rollback(True)
