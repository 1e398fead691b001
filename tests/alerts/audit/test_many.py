"""The audit of many followers asks no more questions than that of a few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.alerts.conftest import Follow, World, day, noon
from tracker.alerts import actions
from tracker.alerts.audit import differences
from tracker.alerts.models import Delivery

pytestmark = pytest.mark.django_db


def audited(on: str) -> int:
    """The number of queries of an audit that finds only what no sender has sent yet."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = differences(day(on))
    assert len(found) == Delivery.objects.filter(state="pending").count()
    return len(asked)


def test_the_number_of_queries_does_not_grow_with_followers_runs_and_events(world: World, follow: Follow) -> None:
    for number, topic in enumerate(("everything", "commitment")):
        record = world.moratorium().commitment if topic == "commitment" else None
        follow(topic, record, address=f"{number}@example.org")
    follow("organization", world.amazon, address="0@example.org")
    actions.plan(on=day("2020-06-10"), now=noon("2020-06-10"))
    few = audited("2020-06-10")
    world.ab1215()
    for number in range(2, 60):
        follow("everything", address=f"{number}@example.org")
        follow("organization", world.amazon, address=f"{number}@example.org")
    for on in ("2020-06-11", "2020-06-12", "2020-06-13"):
        actions.plan(on=day(on), now=noon(on))
    assert audited("2020-06-13") == few
