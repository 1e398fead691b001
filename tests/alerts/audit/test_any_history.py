"""However the record and its followers change, the planner leaves nothing for the audit to find."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.alerts.audit.changing_record import CHANGES, begin, follow, send
from tracker.alerts import actions
from tracker.alerts.audit import differences
from tracker.alerts.models import Delivery
from tracker.dates import PartialDate
from tracker.evidence.actions import know_source
from tracker.organizations.models import Organization
from tracker.partnerships.models import Partnership, PartnershipCitation

START = date(2020, 1, 1)

change = st.tuples(st.sampled_from(range(len(CHANGES))), st.integers(0, 400))
step = st.tuples(
    st.sampled_from([1, 1, 2, 7, 30, 65, 0, -1]),  # days since the last run; a clock may be moved back
    st.lists(change, max_size=4),  # before the planner runs
    st.booleans(),  # whether a sender runs
    st.lists(change, max_size=1),  # between planning and sending
)


@pytest.mark.django_db
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(step, min_size=2, max_size=10))
def test_whatever_changes_whenever_the_audit_finds_nothing(
    steps: list[tuple[int, list[tuple[int, int]], bool, list[tuple[int, int]]]],
) -> None:
    with transaction.atomic():
        begin()
        for number in (0, 5, 10, 15):
            follow(START, number)
        on = START
        actions.plan(on=on)
        for passed, before, sends, between in steps:
            on += timedelta(days=passed)
            for what, number in before:
                CHANGES[what](on, number)
            actions.plan(on=on)
            assert [line for line in differences(on) if "is still pending" not in line] == []
            if sends:
                for what, number in between:
                    CHANGES[what](on, number)
                send(on)
                actions.plan(on=on)
                send(on)
                assert differences(on) == []
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_a_partnership_told_as_paused_and_taken_out_after_it_ended_is_taken_back() -> None:
    begin()
    follow(START, 0)
    a, x = Organization.objects.get(slug="a"), Organization.objects.get(slug="x")
    with transaction.atomic():
        row = Partnership(slug="d", vendor=a, client=x, kind="uses", status="paused", published_on=START)
        row.decided = PartialDate(START)
        row.save()
        source = know_source("https://news.example/d", title="D", kind="news")
        PartnershipCitation.objects.create(claim=row, source=source, quote="They paused it.")
    actions.plan(on=START)
    send(START)
    Partnership.objects.update(status="ended", published_on=None)
    assert [line.split(":")[:2] for line in differences(START)] == [["corrected", "paused"]]
    actions.plan(on=START)
    send(START)
    assert differences(START) == []
    assert list(Delivery.objects.order_by("pk").values_list("event__kind", "state")) == [
        ("paused", "sent"),
        ("corrected", "sent"),
    ]
