"""Whom a commitment concerns: which subscriptions follow it. The one place where topics meet commitments.

An organisation's followers hear of what it promises, of what binds it, of what concerns its products, and of the
same for the companies it owns: who follows Amazon hears of Ring. A place's followers hear of what actors in it, and
in the places it contains, declare. Saved searches are not matched yet, and none can be followed (see `topics`).
"""

REACH = """
named(commitment_id, organization_id) AS (
    SELECT c.id, c.actor_id FROM commitments_commitment c JOIN touched ON touched.commitment_id = c.id
    UNION SELECT b.commitment_id, b.organization_id
          FROM commitments_commitment_binds b JOIN touched USING (commitment_id)
    UNION SELECT p.commitment_id, product.vendor_id
          FROM commitments_commitment_products p JOIN touched USING (commitment_id)
          JOIN organizations_product product ON product.id = p.product_id
),
companies(commitment_id, organization_id) AS (
    SELECT commitment_id, organization_id FROM named
    UNION SELECT companies.commitment_id, o.parent_id
          FROM companies JOIN organizations_organization o ON o.id = companies.organization_id
          WHERE o.parent_id IS NOT NULL
),
technologies(commitment_id, technology_id) AS (
    SELECT t.commitment_id, t.technology_id
    FROM commitments_commitment_technologies t JOIN touched USING (commitment_id)
    UNION SELECT p.commitment_id, product.technology_id
          FROM commitments_commitment_products p JOIN touched USING (commitment_id)
          JOIN organizations_product product ON product.id = p.product_id
),
places(commitment_id, place_id) AS (
    SELECT c.id, o.place_id FROM commitments_commitment c JOIN touched ON touched.commitment_id = c.id
    JOIN organizations_organization o ON o.id = c.actor_id WHERE o.place_id IS NOT NULL
    UNION SELECT places.commitment_id, p.parent_id
          FROM places JOIN organizations_place p ON p.id = places.place_id WHERE p.parent_id IS NOT NULL
),
followed(subscription_id, commitment_id) AS (
    SELECT s.id, touched.commitment_id FROM alerts_subscription s CROSS JOIN touched WHERE s.topic = 'everything'
    UNION ALL SELECT s.id, t.commitment_id FROM alerts_subscription s JOIN companies t USING (organization_id)
    UNION ALL SELECT s.id, t.commitment_id
              FROM alerts_subscription s JOIN commitments_commitment_products t USING (product_id)
              JOIN touched ON touched.commitment_id = t.commitment_id
    UNION ALL SELECT s.id, t.commitment_id FROM alerts_subscription s JOIN technologies t USING (technology_id)
    UNION ALL SELECT s.id, t.commitment_id FROM alerts_subscription s JOIN touched t USING (commitment_id)
    UNION ALL SELECT s.id, t.commitment_id FROM alerts_subscription s JOIN places t USING (place_id)
)
"""
"""Common table expressions for WITH RECURSIVE, after one called `touched(commitment_id)`; the last is
`followed(subscription_id, commitment_id)`."""
