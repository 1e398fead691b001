"""A scratch database: the real catalogue, 10,000 made-up promises, and so many subscriptions that all have something
due on one day.
"""

from datetime import date, timedelta

from django.db import connection, transaction
from rich.progress import Progress

from tracker.alerts import actions
from tracker.catalogue import actions as catalogue
from tracker.local import contents

LOADED_ON = date(2026, 9, 1)
DAY = date(2026, 11, 1)
"""The day on which every subscription has one warning due."""
PROMISES = 10_000
DUE = 100
"""Promises whose 30-day rung is due on DAY, and that the subscriptions are spread over."""

_PROMISES = """
    INSERT INTO organizations_organization
        (role, kind, name, slug, standing, ori, website, note, origin, parent_id, place_id)
    SELECT 'vendor', 'company', 'Maker ' || n, 'maker-' || n, 'active', '', '', '', '', NULL, NULL
    FROM generate_series(1, 1000) n;
    INSERT INTO organizations_product (vendor_id, technology_id, name, slug, note)
    SELECT o.id, (SELECT min(id) FROM organizations_technology), 'Product ' || o.id, 'product-' || o.id, ''
    FROM organizations_organization o WHERE o.slug LIKE 'maker-%';
    INSERT INTO commitments_commitment
        (slug, title, actor_id, kind, nature, covers, subject, "where", silent_on, reason_given, note)
    SELECT 'promise-' || n, 'Promise ' || n || ' not to sell face recognition to the police', o.id, 'moratorium',
           'voluntary', '', '', '', '', '', ''
    FROM generate_series(1, {promises}) n JOIN organizations_organization o ON o.slug = 'maker-' || (n % 1000 + 1);
    INSERT INTO commitments_commitment_products (commitment_id, product_id)
    SELECT c.id, p.id FROM commitments_commitment c JOIN organizations_product p ON p.vendor_id = c.actor_id
    WHERE c.slug LIKE 'promise-%';
    INSERT INTO commitments_term (commitment_id, "order", declared_on, action, end_kind, ends_on, ends_through,
        end_computed, condition, end_note, summary, published_on, origin, checked)
    SELECT c.id, 1, '[2020-06-10,2020-06-11)', 'announced', 'fixed',
           daterange(ends.day, ends.day + 1)::partial_date, false, false, '', '', '', '2026-09-01', 'bench', true
    FROM commitments_commitment c
    CROSS JOIN LATERAL (SELECT substring(c.slug from '[0-9]+')::int AS n) number
    CROSS JOIN LATERAL (
        SELECT CASE WHEN n <= {due} THEN date '{day}' + 30 ELSE date '{day}' + 400 + n % 2000 END AS day
    ) ends
    WHERE c.slug LIKE 'promise-%';
    INSERT INTO commitments_termcitation (claim_id, source_id, quote, page, note)
    SELECT t.id, (SELECT min(id) FROM evidence_source), 'We will not sell it to the police for now.', '', ''
    FROM commitments_term t JOIN commitments_commitment c ON c.id = t.commitment_id WHERE c.slug LIKE 'promise-%';
"""
_SUBSCRIPTIONS = """
    INSERT INTO alerts_subscriber (address, requested_at, confirmed_at, key)
    SELECT 'reader' || n || '@example.org', '2026-09-10', '2026-09-10', gen_random_uuid()
    FROM generate_series({first}, {last}) n;
    INSERT INTO alerts_subscription
        (subscriber_id, topic, commitment_id, organization_id, product_id, search, channel, cadence, rungs, since)
    SELECT p.id, topic, CASE topic WHEN 'commitment' THEN c.id END, CASE topic WHEN 'organization' THEN c.actor_id END,
           CASE topic WHEN 'product' THEN product.id END, '', 'email', 'at_once', '{{90,30,7,1,0}}', '2026-09-10'
    FROM alerts_subscriber p
    CROSS JOIN LATERAL (SELECT substring(p.address from '[0-9]+')::int AS n) number
    CROSS JOIN LATERAL (SELECT CASE WHEN n % 20 < 12 THEN 'commitment' WHEN n % 20 < 17 THEN 'organization'
                                    ELSE 'product' END AS topic) chosen
    JOIN commitments_commitment c ON c.slug = 'promise-' || (n % {due} + 1)
    JOIN organizations_product product ON product.vendor_id = c.actor_id
    WHERE n BETWEEN {first} AND {last};
"""


def prepare(progress: Progress) -> None:
    """Everything but the subscriptions. What is old news is planned already."""
    task = progress.add_task("tables, catalogue, promises", total=4)
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    contents.migrate(lambda line: None)
    progress.advance(task)
    catalogue.load(on=LOADED_ON)
    progress.advance(task)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_PROMISES.format(promises=PROMISES, due=DUE, day=DAY).replace("%", "%%") % ())
    progress.advance(task)
    _analyze()
    actions.plan(on=DAY - timedelta(days=31))
    progress.advance(task)


def subscribe(first: int, last: int, progress: Progress) -> None:
    """Confirmed subscriptions, numbered so."""
    step = 50_000
    task = progress.add_task(f"{last - first + 1:,} subscriptions", total=last - first + 1)
    for start in range(first, last + 1, step):
        end = min(start + step - 1, last)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_SUBSCRIPTIONS.format(first=start, last=end, due=DUE).replace("%", "%%") % ())
        progress.advance(task, end - start + 1)
    _analyze()


def forget_what_was_due() -> None:
    """No delivery was planned, and no warning of DAY is known: for the next size."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE alerts_delivery, alerts_wording, alerts_plannerrun")
        cursor.execute("DELETE FROM alerts_event WHERE planned_on >= %s", [DAY - timedelta(days=1)])


def _analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
