"""Whom an event concerns: which subscriptions follow what it is about. The one place where topics meet events.

An organisation's followers hear of what it promises, of what binds it, of what concerns its products, of whom it
serves and who serves it, of what it was asked, and of the same for the companies it owns: who follows Amazon hears of
Ring. A place's followers hear of what actors in it, and in the places it contains, declare and use. `scope` says the
same the other way round, from a topic to what it covers, and a test holds the two together.
"""

from tracker.alerts import searches
from tracker.alerts.searches import Kind

_KINDS: tuple[Kind, ...] = ("commitment", "partnership", "question")


def _documents(kind: Kind) -> str:
    """The words of what events are about; collected once, whatever PostgreSQL thinks of the sizes of the tables."""
    return f"{kind}_words AS MATERIALIZED ({searches.documents(kind, f'SELECT {kind}_id FROM due')})"


def _found(kind: Kind) -> str:
    """The searches that find what events are about."""
    return f"""
        SELECT sought.search, due.id FROM sought
        JOIN {kind}_words found ON found.document @@ sought.query JOIN due ON due.{kind}_id = found.id"""


REACH = f"""
named(event_id, organization_id) AS (
    SELECT due.id, c.actor_id FROM due JOIN commitments_commitment c ON c.id = due.commitment_id
    UNION SELECT due.id, b.organization_id FROM due JOIN commitments_commitment_binds b USING (commitment_id)
    UNION SELECT due.id, product.vendor_id FROM due JOIN commitments_commitment_products p USING (commitment_id)
          JOIN organizations_product product ON product.id = p.product_id
    UNION SELECT due.id, party FROM due JOIN partnerships_partnership p ON p.id = due.partnership_id
          CROSS JOIN LATERAL unnest(ARRAY[p.vendor_id, p.client_id, p.via_id]) AS party
          WHERE party IS NOT NULL
    UNION SELECT due.id, party FROM due JOIN record_question q ON q.id = due.question_id
          CROSS JOIN LATERAL unnest(ARRAY[q.asked_of_id, q.asked_by_id]) AS party WHERE party IS NOT NULL
),
companies(event_id, organization_id) AS (
    SELECT event_id, organization_id FROM named
    UNION SELECT companies.event_id, o.parent_id
          FROM companies JOIN organizations_organization o ON o.id = companies.organization_id
          WHERE o.parent_id IS NOT NULL
),
goods(event_id, product_id) AS (
    SELECT due.id, p.product_id FROM due JOIN commitments_commitment_products p USING (commitment_id)
    UNION SELECT due.id, p.product_id FROM due JOIN partnerships_partnership p ON p.id = due.partnership_id
          WHERE p.product_id IS NOT NULL
    UNION SELECT due.id, p.product_id FROM due JOIN record_question_products p USING (question_id)
),
technologies(event_id, technology_id) AS (
    SELECT due.id, t.technology_id FROM due JOIN commitments_commitment_technologies t USING (commitment_id)
    UNION SELECT due.id, p.technology_id FROM due JOIN partnerships_partnership p ON p.id = due.partnership_id
          WHERE p.technology_id IS NOT NULL
    UNION SELECT event_id, product.technology_id FROM goods
          JOIN organizations_product product ON product.id = goods.product_id
),
places(event_id, place_id) AS (
    SELECT seat.id, o.place_id FROM (
        SELECT due.id, c.actor_id AS organization_id FROM due
               JOIN commitments_commitment c ON c.id = due.commitment_id
        UNION SELECT due.id, p.client_id FROM due JOIN partnerships_partnership p ON p.id = due.partnership_id
        UNION SELECT due.id, q.asked_of_id FROM due JOIN record_question q ON q.id = due.question_id
    ) seat JOIN organizations_organization o ON o.id = seat.organization_id WHERE o.place_id IS NOT NULL
    UNION SELECT places.event_id, p.parent_id
          FROM places JOIN organizations_place p ON p.id = places.place_id WHERE p.parent_id IS NOT NULL
),
sought(search, query) AS MATERIALIZED (
    SELECT search, {searches.query("search")} FROM (
        SELECT DISTINCT search FROM alerts_subscription WHERE topic = 'search' AND ended_on IS NULL
    ) each_once
),
{", ".join(map(_documents, _KINDS))},
searched(search, event_id) AS MATERIALIZED ({" UNION ALL ".join(map(_found, _KINDS))}),
followed(subscription_id, event_id) AS MATERIALIZED (
    SELECT s.id, due.id FROM alerts_subscription s CROSS JOIN due WHERE s.topic = 'everything'
    UNION ALL SELECT s.id, t.event_id FROM alerts_subscription s JOIN companies t USING (organization_id)
    UNION ALL SELECT s.id, t.event_id FROM alerts_subscription s JOIN goods t USING (product_id)
    UNION ALL SELECT s.id, t.event_id FROM alerts_subscription s JOIN technologies t USING (technology_id)
    UNION ALL SELECT s.id, due.id FROM alerts_subscription s JOIN due USING (commitment_id)
    UNION ALL SELECT s.id, t.event_id FROM alerts_subscription s JOIN places t USING (place_id)
    UNION ALL SELECT s.id, t.event_id FROM alerts_subscription s JOIN searched t USING (search) WHERE s.topic = 'search'
)
"""
"""Common table expressions for WITH RECURSIVE, after one called `due(id, commitment_id, partnership_id, question_id)`;
the last is `followed(subscription_id, event_id)`."""
