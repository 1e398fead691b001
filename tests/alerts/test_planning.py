"""Deciding: once, whoever writes and however often it runs."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from tests.alerts.conftest import FURTHER_NOTICE, Follow, Postbox, World, day, fixed, noon, run, text
from tracker.alerts import actions
from tracker.alerts.audit import differences
from tracker.alerts.models import Delivery, Event, Subscription
from tracker.commitments.actions import declare
from tracker.commitments.lifecycle import Action, End, EndKind
from tracker.commitments.models import Term
from tracker.dates import PartialDate
from tracker.organizations.models import Organization

pytestmark = pytest.mark.django_db


def sql(statement: str, *parameters: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def states() -> dict[str, str]:
    return {
        key.split(":", 1)[0] + (f" {rung}" if rung is not None else ""): state
        for key, rung, state in Delivery.objects.values_list("event__key", "event__rung", "state")
    }


def test_planning_twice_inserts_nothing(world: World, follow: Follow) -> None:
    follow("everything")
    world.moratorium()
    first = actions.plan(on=day("2021-05-11"))
    assert (first.events, first.deliveries, first.collapsed) == (3, 3, 1)
    assert actions.plan(on=day("2021-05-11")) == actions.Planned()


@pytest.mark.django_db(transaction=True)
def test_two_planners_at_once_insert_everything_once(world: World, follow: Follow) -> None:
    for number in range(40):
        follow("everything", address=f"reader{number}@example.org")
    world.moratorium()
    world.ab1215()
    start = threading.Barrier(4)
    done: list[actions.Planned] = []

    def planner() -> None:
        start.wait()
        done.append(actions.plan(on=day("2021-05-11")))
        connection.close()

    threads = [threading.Thread(target=planner) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(planned.events for planned in done) == Event.objects.count() == 4
    assert sum(planned.deliveries for planned in done) == Delivery.objects.count() == 4 * 40
    assert sorted(planned.events for planned in done) == [0, 0, 0, 4]


def test_a_warning_not_yet_sent_is_cancelled_when_the_end_moves_and_the_move_is_told_once(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    follow("everything", since="2020-07-01")
    term = world.moratorium()
    actions.plan(on=day("2021-05-11"))
    declare(
        term.commitment,
        Action.EXTENDED,
        declared_on=PartialDate.parse("2021-05-12"),
        end=fixed("2022-06-10"),
        evidence=world.proof("It is extended by a year."),
        published_on=day("2021-05-12"),
    )
    run("2021-05-12")
    assert states() == {"expiring 90": "collapsed", "expiring 30": "cancelled", "term": "sent"}
    assert postbox.subjects() == ["The end moved: One-year moratorium on police use of Rekognition"]
    words = text(postbox.messages[0])
    assert "It was extended on 12 May 2021." in words
    assert "It no longer ends on 10 June 2021. It runs out on 10 June 2022." in words
    postbox.empty()
    run("2022-03-12")
    assert postbox.subjects() == ["Runs out in 90 days: One-year moratorium on police use of Rekognition"]
    assert differences(day("2022-03-12")) == []


def test_a_warning_waits_again_when_the_end_is_put_back(world: World, follow: Follow, postbox: Postbox) -> None:
    follow("everything", since="2020-07-01")
    term = world.moratorium()
    actions.plan(on=day("2021-03-12"))
    Term.objects.filter(pk=term.pk).update(ends_on=PartialDate.parse("2031-06-10"))
    assert actions.plan(on=day("2021-03-12")).cancelled == 1
    Term.objects.filter(pk=term.pk).update(ends_on=PartialDate.parse("2021-06-10"))
    run("2021-03-12")
    assert len(postbox.messages) == 1


def test_a_promise_that_somebody_published_by_sql_is_told_all_the_same(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    follow("organization", world.amazon)
    commitment = world.rite_aid_ban().commitment
    sql(
        """
        WITH term AS (
            INSERT INTO commitments_term (commitment_id, "order", declared_on, action, end_kind, condition, end_note,
                summary, ends_through, end_computed, origin, checked)
            VALUES (%s, 2, '[2024-03-08,2024-03-09)', 'narrowed', 'indefinite', '', '',
                'By hand.', false, false, 'sql', true)
            RETURNING id
        ) INSERT INTO commitments_termcitation (claim_id, source_id, quote, page, note)
          SELECT term.id, (SELECT min(id) FROM evidence_source), 'So they say.', '', '' FROM term
        """,
        commitment.pk,
    )
    follow("organization", world.rite_aid, since="2024-01-01", address="bob@example.org")
    run("2024-03-10")
    assert postbox.messages == []
    sql("UPDATE commitments_term SET published_on = '2024-03-11' WHERE origin = 'sql'")
    run("2024-03-11")
    assert postbox.subjects("bob@example.org") == ["The end moved: Five-year ban on face recognition"]
    assert Event.objects.get(kind="moved").history_id is not None


def test_loading_old_promises_into_a_site_with_followers_writes_to_nobody(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    follow("everything", since="2026-01-01")
    world.moratorium(published="2026-11-23")
    Term.objects.filter(pk=world.ab1215().pk).update(published_on=day("2026-11-23"))
    run("2026-11-23")
    assert postbox.messages == []
    assert Event.objects.filter(news=False).count() == 4
    assert differences(day("2026-11-23")) == []


def test_a_promise_learned_of_a_week_before_its_end_is_warned_of_at_once(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    follow("everything", since="2021-06-01")
    world.moratorium(published="2021-06-05")
    run("2021-06-05")
    assert [subject.partition(":")[0] for subject in postbox.subjects()] == ["Runs out in 5 days"]


def test_who_begins_to_follow_late_is_not_told_what_was_due_before(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    world.moratorium()
    actions.plan(on=day("2021-03-12"))
    follow("everything", since="2021-03-13")
    run("2021-03-13")
    assert postbox.messages == []
    run("2021-05-11")
    assert len(postbox.messages) == 1


def test_who_follows_the_company_its_product_and_its_place_gets_one_mail(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    follow("organization", world.amazon)
    follow("product", world.rekognition)
    follow("everything")
    world.moratorium()
    run("2020-06-10")
    run("2020-06-11")
    assert len(postbox.messages) == 1
    assert sorted(Delivery.objects.values_list("state", flat=True)) == ["collapsed", "collapsed", "sent"]


def test_who_stops_following_one_of_two_is_still_told_by_the_other(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    first = follow("organization", world.amazon)
    follow("product", world.rekognition)
    world.moratorium()
    actions.plan(on=day("2020-06-10"))
    actions.unsubscribe(subscription=first, on=day("2020-06-10"))
    run("2020-06-10")
    assert len(postbox.messages) == 1


def test_a_promise_suspended_is_not_warned_of_and_its_suspension_is_told(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    follow("everything", since="2021-01-01")
    term = world.moratorium()
    declare(
        term.commitment,
        Action.SUSPENDED,
        declared_on=PartialDate.parse("2021-02-01"),
        end=End(EndKind.UNKNOWN),
        evidence=world.proof("It is suspended."),
        published_on=day("2021-02-01"),
    )
    run("2021-02-01")
    run("2021-03-12")
    run("2021-06-10")
    assert postbox.subjects() == ["Suspended: One-year moratorium on police use of Rekognition"]


def test_two_declarations_of_one_day_are_one_mail(world: World, follow: Follow, postbox: Postbox) -> None:
    follow("everything", since="2021-01-01")
    term = world.moratorium()
    for action in (Action.EXTENDED, Action.MADE_INDEFINITE):
        declare(
            term.commitment,
            action,
            declared_on=PartialDate.parse("2021-05-18"),
            end=FURTHER_NOTICE,
            evidence=world.proof(f"{action}."),
            published_on=day("2021-05-18"),
        )
    run("2021-05-18")
    run("2021-05-18")
    assert postbox.subjects() == ["The end moved: One-year moratorium on police use of Rekognition"]


@pytest.mark.parametrize(
    ("topic", "record", "hears"),
    [
        ("everything", None, True),
        ("organization", "amazon", True),  # owns AWS, whose product it is
        ("organization", "aws", True),
        ("organization", "rite_aid", False),
        ("product", "rekognition", True),
        ("technology", "faces", True),
        ("place", "california", True),
        ("place", "usa", True),  # contains California
    ],
)
def test_followers_hear_of_what_concerns_what_they_follow(
    world: World, follow: Follow, topic: str, record: str | None, hears: bool
) -> None:
    follow(topic, getattr(world, record) if record else None)
    commitment = world.ab1215().commitment
    commitment.products.add(world.rekognition)
    actions.plan(on=day("2019-10-08"))
    assert Delivery.objects.exists() is hears
    assert differences(day("2019-10-08")) == (
        [f"term:{Term.objects.get().pk}: delivery {Delivery.objects.get().pk} is still pending on 2019-10-08"]
        if hears
        else []
    )


def test_followers_of_whom_a_law_binds_hear_of_it(world: World, follow: Follow) -> None:
    police = Organization.objects.create(role="agency", kind="police", slug="lapd", name="Los Angeles Police")
    follow("organization", police)
    world.ab1215().commitment.binds.add(police)
    actions.plan(on=day("2019-10-08"))
    assert Delivery.objects.count() == 1


def told_again(subscription: Subscription, event: Event) -> None:
    Delivery.objects.create(
        subscription=subscription,
        subscriber=subscription.subscriber,
        event=event,
        planned_on=day("2021-05-11"),
        ready_at=noon("2021-05-11"),
        state="sent",
        message_id="<again@example.org>",
        sent_at=noon("2021-05-11"),
        sent_on=day("2021-05-11"),
    )


def test_the_audit_finds_an_event_that_was_lost_one_never_planned_and_one_sent_twice(
    world: World, follow: Follow, postbox: Postbox
) -> None:
    follow("everything", since="2020-07-01")
    commitment = world.moratorium().commitment
    run("2021-05-11")
    assert differences(day("2021-05-11")) == []
    warning = Event.objects.get(rung=30)
    again = Subscription.objects.get()
    again.pk, again.topic, again.commitment = None, "commitment", commitment
    again.save()
    with pytest.raises(IntegrityError, match="delivery_one_live_for_a_person"), transaction.atomic():
        told_again(again, warning)
    sql("DROP INDEX delivery_one_live_for_a_person")  # without the rule that forbids it, the audit would see it
    told_again(again, warning)
    Event.objects.filter(rung=90).delete()
    found = differences(day("2021-05-11"))
    assert len(found) == 2
    assert "should be known by 2021-05-11 and is not" in found[0]
    assert "sent 2 times" in found[1]
    Delivery.objects.filter(subscription=again).delete()
    assert "is not planned" in differences(day("2021-05-11"))[1]
