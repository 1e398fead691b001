"""What hangs on a commitment and its terms — leads, events, subscriptions, deliveries — tried by SQL past the ORM."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import User

from tests.evidence.claims import a_source, a_term
from tests.evidence.test_a_published_claim_has_a_citation import a_snapshot
from tests.refusals import refused, sql
from tracker.alerts.models import Delivery, Event, Subscriber, Subscription
from tracker.watch.models import Check, Lead, Version, Watch

pytestmark = pytest.mark.django_db
NOW = datetime(2020, 6, 10, 20, tzinfo=UTC)


@pytest.fixture
def lead() -> Lead:
    source = a_source()
    watch = Watch.objects.create(source=source)
    version = Version.objects.create(
        watch=watch, snapshot_id=a_snapshot(source), extractor="blocks 1", blocks_sha256="0" * 64
    )
    return Lead.objects.create(version=version, fingerprint="f" * 64, proposal={}, proposed_at=NOW)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("state = 'superseded'", "lead_decided_iff_not_new"),
        ("state = 'rejected', decided_at = now()", "lead_decided_by_somebody"),
        ("decided_at = now()", "lead_decided_iff_not_new"),
        ("state = 'accepted', decided_at = now()", "lead_accepted_iff_it_made_a_claim"),
        ("state = 'done', decided_at = now()", "_state_"),
        ("priority = 1.01", "lead_priority_zero_to_one"),
        ("priority = 'NaN'", "lead_priority_zero_to_one"),
    ],
)
def test_a_lead_that_breaks_a_rule(lead: Lead, change: str, rule: str) -> None:
    with refused(rule):
        sql(f"UPDATE watch_lead SET {change}")


def test_a_lead_makes_one_term_and_only_when_accepted(lead: Lead) -> None:
    term = a_term()
    editor = User.objects.create(username="editor@example.org")
    decided = "decided_at = now(), decided_by_id = %s, term_id = %s"
    with refused("lead_accepted_iff_it_made_a_claim"):
        sql(f"UPDATE watch_lead SET state = 'rejected', {decided}", editor.pk, term.pk)
    sql(f"UPDATE watch_lead SET state = 'accepted', {decided}", editor.pk, term.pk)
    with refused("term_id"):
        Lead.objects.create(
            version=lead.version,
            fingerprint="e" * 64,
            proposal={},
            proposed_at=NOW,
            state="accepted",
            decided_at=NOW,
            decided_by=editor,
            term=term,
        )
    with refused("lead_once_per_version"):
        Lead.objects.create(version=lead.version, fingerprint="f" * 64, proposal={}, proposed_at=NOW)
    with refused("foreign key"):
        sql("DELETE FROM commitments_term WHERE id = %s", term.pk)


def test_a_watch_looks_at_most_every_minute_and_checks_once_at_a_time(lead: Lead) -> None:
    with refused("watch_at_most_every_minute"):
        sql("UPDATE watch_watch SET every = interval '59 seconds'")
    Check.objects.create(watch=lead.version.watch, at=NOW, outcome="first")
    with refused("check_once"):
        Check.objects.create(watch=lead.version.watch, at=NOW, outcome="changed")
    with refused("_outcome_"):
        sql("UPDATE watch_check SET outcome = 'fine'")


@pytest.fixture
def subscription() -> Subscription:
    subscriber = Subscriber.objects.create(address="Reader@example.org", requested_at=NOW)
    return Subscription.objects.create(subscriber=subscriber, topic="everything")


@pytest.fixture
def delivery(subscription: Subscription) -> Delivery:
    term = a_term()
    day = date(2021, 3, 12)
    event = Event.objects.create(
        key="expiring-90",
        kind="expiring",
        claim="term",
        commitment=term.commitment,
        term=term,
        rung=90,
        ends_on="2021-06-10",
        due_on=day,
        planned_on=day,
    )
    return Delivery.objects.create(
        subscription=subscription,
        subscriber=subscription.subscriber,
        event=event,
        planned_on=day,
        ready_at=datetime(2021, 3, 12, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("topic = 'commitment'", "subscription_follows_what_its_topic_says"),
        ("topic = 'search'", "subscription_follows_what_its_topic_says"),
        ("search = 'ring'", "subscription_follows_what_its_topic_says"),
        ("topic = 'weather'", "_topic_"),
        ("channel = 'pigeon'", "_channel_"),
        ("channel = 'webhook'", "subscription_endpoint_iff_webhook"),
        ("topic = 'search', search = 'Ring & '", "subscription_search_is_words"),
        ("cadence = 'hourly'", "_cadence_"),
        ("rungs = '{90,60}'", "subscription_rungs_known"),
        ("rungs = '{NULL}'", "subscription_rungs_known"),
    ],
)
def test_a_subscription_that_breaks_a_rule(subscription: Subscription, change: str, rule: str) -> None:
    with refused(rule):
        sql(f"UPDATE alerts_subscription SET {change}")


def test_nobody_subscribes_to_the_same_thing_twice_in_any_spelling(subscription: Subscription) -> None:
    with refused("subscription_once"):
        Subscription.objects.create(subscriber=subscription.subscriber, topic="everything")
    with refused("subscriber_address_once"):
        Subscriber.objects.create(address="reader@EXAMPLE.org", requested_at=NOW)


def test_a_subscription_follows_one_thing_only(subscription: Subscription) -> None:
    term = a_term()
    both = "UPDATE alerts_subscription SET topic = 'commitment', commitment_id = %s, organization_id = %s"
    with refused("subscription_follows_what_its_topic_says"):
        sql(both, term.commitment_id, term.commitment.actor_id)
    assert sql(both, term.commitment_id, None) == 1


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("rung = NULL", "event_has_a_rung_iff_it_is_of_the_calendar"),
        ("ends_on = NULL", "event_has_a_rung_iff_it_is_of_the_calendar"),
        ("kind = 'moved'", "event_has_a_rung_iff_it_is_of_the_calendar"),
        ("kind = 'corrected', rung = NULL", "event_corrected_names_a_version"),
        ("claim = 'rumour'", "_claim_"),
        ("rung = 60", "event_rung_known"),
        ("kind = 'party'", "_kind_"),
    ],
)
def test_an_event_that_breaks_a_rule(delivery: Delivery, change: str, rule: str) -> None:
    with refused(rule):
        sql(f"UPDATE alerts_event SET {change}")


def test_an_event_is_planned_once_and_delivered_once_to_each(delivery: Delivery) -> None:
    event = "key, kind, claim, commitment_id, rung, ends_on, due_on, planned_on, news"
    with refused("_key"):
        sql(f"INSERT INTO alerts_event ({event}) SELECT {event} FROM alerts_event")
    row = "subscription_id, subscriber_id, event_id, planned_on, ready_at"
    with refused("delivery_once"):
        sql(f"INSERT INTO alerts_delivery ({row}) SELECT {row} FROM alerts_delivery")
    other = Subscription.objects.create(
        subscriber=delivery.subscriber, topic="commitment", commitment=delivery.event.commitment
    )
    with refused("delivery_one_live_for_a_person"):
        sql(
            f"INSERT INTO alerts_delivery ({row}) "
            "SELECT %s, subscriber_id, event_id, planned_on, ready_at FROM alerts_delivery",
            other.pk,
        )


def test_what_was_told_outlives_what_it_was_about(delivery: Delivery) -> None:
    sql("DELETE FROM commitments_termcitation")
    sql("DELETE FROM commitments_term")
    assert sql("SELECT 1 FROM alerts_event WHERE term_id IS NULL") == 1
    sql("DELETE FROM commitments_commitment")
    left = "SELECT 1 FROM alerts_delivery d JOIN alerts_event e ON e.id = d.event_id WHERE commitment_id IS NULL"
    assert sql(left) == 1


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("time_zone = 'Middle/Earth'", "Middle/Earth"),
        ("digest_hour = 24", "subscriber_digest_hour_is_one"),
        ("stopped = 'bored'", "_stopped_"),
    ],
)
def test_a_subscriber_that_breaks_a_rule(subscription: Subscription, change: str, rule: str) -> None:
    with refused(rule):
        sql(f"UPDATE alerts_subscriber SET {change}")


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("state = 'sent'", "delivery_sent_iff_it_has_a_time"),
        ("sent_at = now()", "delivery_sent_iff_it_has_a_time"),
        ("state = 'lost'", "_state_"),
        ("state = 'claimed'", "delivery_taken_has_a_message_id"),
        ("attempts = -1", "_attempts_"),
    ],
)
def test_a_delivery_that_breaks_a_rule(delivery: Delivery, change: str, rule: str) -> None:
    with refused(rule):
        sql(f"UPDATE alerts_delivery SET {change}")
