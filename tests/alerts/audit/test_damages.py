"""A healthy ledger is damaged in one way at a time, and the audit names just that."""

import re

import pytest
from django.db import connection

from tests.alerts.conftest import Follow, Postbox, World, day, run
from tracker.alerts.audit import differences
from tracker.alerts.models import Delivery

pytestmark = pytest.mark.django_db

DAY = day("2021-03-13")
WARNING = "(SELECT id FROM alerts_event WHERE rung = 90)"
DECLARED = """(SELECT e.id FROM alerts_event e JOIN commitments_commitment c ON c.id = e.commitment_id
               WHERE e.kind = 'declared' AND c.slug = 'amazon-rekognition-police-moratorium')"""
LAW = "(SELECT id FROM commitments_commitment WHERE slug = 'ca-ab1215')"


def to(name: str, event: str = WARNING) -> str:
    """SQL: the delivery of an event to somebody, as a condition."""
    person = f"(SELECT id FROM alerts_subscriber WHERE address = '{name}@example.org')"
    return f"WHERE event_id = {event} AND subscriber_id = {person} AND state <> 'collapsed'"


UNSENT = "sent_at = NULL, sent_on = NULL"
DAMAGES = {
    "an event is lost": (
        f"""DELETE FROM alerts_delivery WHERE event_id = {WARNING};
            DELETE FROM alerts_wording WHERE event_id = {WARNING};
            DELETE FROM alerts_event WHERE rung = 90""",
        [r"expiring:\d+:2021-06-10:90: should be known by 2021-03-13 and is not"],
    ),
    "an event is made up": (
        """INSERT INTO alerts_event (key, kind, claim, due_on, planned_on, news)
           VALUES ('verdict:7', 'verdict', 'verdict', '2021-03-12', '2021-03-12', true)""",
        [r"verdict:7: is in the ledger, and the record never gave reason for it"],
    ),
    "an event is noted otherwise": (
        f"UPDATE alerts_event SET news = false WHERE id = {DECLARED}",
        [r"term:\d+: is noted as declared, due on 2020-06-10, no news, .*; by the record it is .*, news, end none"],
    ),
    "a delivery is lost": (
        f"DELETE FROM alerts_delivery {to('ada')}",
        [r"expiring:\d+:2021-06-10:90: should be told to subscription \d+ and is not planned"],
    ),
    "a delivery never went out": (
        f"UPDATE alerts_delivery SET state = 'pending', {UNSENT} {to('ada')}",
        [r"expiring:\S+: delivery \d+ is still pending on 2021-03-13"],
    ),
    "a sender never came back": (
        f"UPDATE alerts_delivery SET state = 'claimed', {UNSENT} {to('ada')}",
        [r"expiring:\S+: delivery \d+ is still claimed on 2021-03-13"],
    ),
    "a delivery was missed in silence": (
        f"UPDATE alerts_delivery SET state = 'missed', {UNSENT} {to('ada')}",
        [r"expiring:\S+: delivery \d+ was missed, and the operators were not told"],
    ),
    "a delivery was cancelled although it holds": (
        f"""UPDATE alerts_delivery SET state = 'cancelled', reason = 'what it would have said no longer holds', {UNSENT}
            {to("ada")}""",
        [r"expiring:\S+: delivery \d+ is cancelled, although it holds and nothing else tells it"],
    ),
    "a delivery was cancelled for an end that has not come": (
        f"""UPDATE alerts_delivery SET state = 'cancelled', reason = 'the end it warned of has passed', {UNSENT}
            {to("ada")}""",
        [r"expiring:\S+: delivery \d+ is cancelled because the end has passed, and it has not"],
    ),
    "a delivery was cancelled as unsubscribed": (
        f"UPDATE alerts_delivery SET state = 'cancelled', reason = 'unsubscribed', {UNSENT} {to('ada')}",
        [r"expiring:\S+: delivery \d+ is cancelled as unsubscribed, and its subscription runs"],
    ),
    "what told the same was taken away": (
        f"UPDATE alerts_delivery SET state = 'cancelled', reason = 'by hand', {UNSENT} {to('cyd')}",
        [r"expiring:\S+: delivery \d+ is collapsed, although it holds and nothing else tells it"],
    ),
    "it was sent twice to one person": (
        f"""DROP INDEX delivery_one_live_for_a_person;
            UPDATE alerts_delivery d SET state = 'sent', sent_at = sent.sent_at, sent_on = sent.sent_on,
                message_id = '<again@example.org>'
            FROM alerts_delivery sent WHERE d.event_id = {WARNING} AND d.state = 'collapsed'
            AND sent.event_id = d.event_id AND sent.subscriber_id = d.subscriber_id AND sent.state = 'sent'""",
        [r"expiring:\S+: sent 2 times to subscriber \d+"],
    ),
    "it was sent before it was due": (
        f"UPDATE alerts_delivery SET sent_on = '2021-03-11' {to('ada')}",
        [r"expiring:\S+: delivery \d+ was sent on 2021-03-11, before it was due"],
    ),
    "it was sent before it was ready": (
        f"UPDATE alerts_delivery SET ready_at = sent_at + interval '1 minute' {to('ada')}",
        [r"expiring:\S+: delivery \d+ was sent on 2021-03-12, before it was ready"],
    ),
    "it was sent after the end": (
        "UPDATE alerts_subscription SET ended_on = '2021-03-11' WHERE topic = 'commitment'",
        [r"expiring:\S+: delivery \d+ was sent on 2021-03-12, after the end of its subscription"],
    ),
    "it was due before the beginning": (
        f"""UPDATE alerts_delivery SET planned_on = '2021-03-13' {to("ada", DECLARED)};
            UPDATE alerts_subscription s SET since = '2021-03-01' FROM alerts_subscriber p
            WHERE p.id = s.subscriber_id AND p.address = 'ada@example.org'""",
        [r"term:\d+: delivery \d+ was sent on 2020-06-10, though it was due before its subscription began"],
    ),
    "it was sent to an address not confirmed yet": (
        "UPDATE alerts_subscriber SET confirmed_at = '2021-03-12 13:00Z' WHERE address = 'dee@example.org'",
        [r"expiring:\S+: delivery \d+ was sent on 2021-03-12, to an address that nobody had confirmed"],
    ),
    "it was sent to somebody who follows another promise": (
        f"UPDATE alerts_subscription SET commitment_id = {LAW} WHERE topic = 'commitment'",
        [r"expiring:\S+: delivery \d+ was sent on 2021-03-12, to a follower of another promise"],
    ),
    "it was sent to another person": (
        f"""DROP INDEX delivery_one_live_for_a_person; UPDATE alerts_delivery SET subscriber_id =
            (SELECT id FROM alerts_subscriber WHERE address = 'ada@example.org') {to("dee")}""",
        [
            r"expiring:\S+: sent 2 times to subscriber \d+",
            r"expiring:\S+: delivery \d+ was sent on 2021-03-12, to another person than its subscription is of",
        ],
    ),
    "what was told is wrong and nobody says so": (
        f"UPDATE commitments_term SET effective_from = '[2020-06-11,2020-06-12)' WHERE commitment_id <> {LAW}",
        [r"corrected:term:\S+: what was told is no longer what the record says, and no correction is planned"],
    ),
    "one period has two digests": (
        """ALTER TABLE alerts_digest DROP CONSTRAINT digest_once;
           INSERT INTO alerts_digest (subscriber_id, cadence, period, message_id)
           SELECT subscriber_id, cadence, period, '<second@example.org>' FROM alerts_digest WHERE period > '2021-01-01'
        """,
        [r"daily digest 2021-03-12: there are 2 for subscriber \d+"],
    ),
    "a digest went out in parts": (
        f"UPDATE alerts_delivery SET state = 'pending', {UNSENT} {to('bob', DECLARED)}",
        [
            r"term:\d+: delivery \d+ is still pending on 2021-03-13",
            r"digest \d+: was sent, and 1 deliveries in it still wait",
        ],
    ),
    "a row of a digest was sent alone": (
        f"UPDATE alerts_delivery SET digest_id = NULL, message_id = '<alone@example.org>' {to('bob')}",
        [r"expiring:\S+: delivery \d+ was sent on 2021-03-12, alone, though it was for a digest"],
    ),
    "a row of a digest has another Message-ID": (
        f"UPDATE alerts_delivery SET message_id = '<other@example.org>' {to('bob')}",
        [r"expiring:\S+: delivery \d+ went under another Message-ID than its digest \d+"],
    ),
    "a row is in another person's digest": (
        """UPDATE alerts_digest SET subscriber_id = (SELECT id FROM alerts_subscriber WHERE address = 'ada@example.org')
           WHERE period > '2021-01-01'""",
        [r"expiring:\S+: delivery \d+ is in the digest \d+ of another subscriber"],
    ),
    "two mails have one Message-ID": (
        f"""UPDATE alerts_delivery SET message_id =
            (SELECT message_id FROM alerts_delivery {to("dee")}) {to("ada")}""",
        [r"<\S+>: is the Message-ID of more than one message"],
    ),
    "a mail has no Message-ID": (
        f"""ALTER TABLE alerts_delivery DROP CONSTRAINT delivery_taken_has_a_message_id;
            UPDATE alerts_delivery SET message_id = '' {to("ada")}""",
        [r"expiring:\S+: delivery \d+ was taken without a Message-ID"],
    ),
}


@pytest.fixture
def healthy(world: World, follow: Follow, postbox: Postbox) -> None:
    """Two promises announced and one warned of; told at once, in digests, twice over, and to who came later."""
    follow("everything")
    follow("everything", address="bob@example.org", cadence="daily")
    follow("everything", address="cyd@example.org")
    follow("organization", world.amazon, address="cyd@example.org")
    world.ab1215()
    follow("commitment", world.moratorium().commitment, since="2021-01-01", address="dee@example.org")
    for on in ("2020-06-10", "2020-06-11", "2021-03-12", "2021-03-13"):
        run(on)
    assert differences(DAY) == []


@pytest.mark.usefixtures("healthy")
@pytest.mark.parametrize(("damage", "lines"), DAMAGES.values(), ids=DAMAGES)
def test_the_audit_names_what(damage: str, lines: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(damage)
        assert cursor.rowcount != 0
    found = differences(DAY)
    assert len(found) == len(lines), found
    for line, pattern in zip(found, lines, strict=True):
        assert re.fullmatch(pattern, line), line


@pytest.mark.usefixtures("healthy")
def test_a_day_that_is_past_is_judged_by_what_was_known_then() -> None:
    for on in ("2020-06-09", "2020-06-10", "2020-06-11", "2021-03-12"):
        assert differences(day(on)) == []
    assert Delivery.objects.filter(state="sent").count() == 10
