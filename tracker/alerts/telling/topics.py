"""What somebody follows, in words."""

from tracker.alerts.models import Subscription
from tracker.alerts.telling.parts import plain


def topic(subscription: Subscription) -> str:
    """What it follows, in words."""
    followed = (
        subscription.organization
        or subscription.product
        or subscription.technology
        or subscription.commitment
        or subscription.place
    )
    if followed is not None:
        return plain(str(followed))
    return f"everything that matches “{subscription.search}”" if subscription.search else "everything"


TOPIC = """
    (SELECT regexp_replace(trim(coalesce(o.name, product.name, technology.name, commitment.title, place.name,
            CASE WHEN s.search <> '' THEN 'everything that matches “' || s.search || '”' ELSE 'everything' END)),
            '\\s+', ' ', 'g')
     FROM (SELECT 1) one
     LEFT JOIN organizations_organization o ON o.id = s.organization_id
     LEFT JOIN organizations_product product ON product.id = s.product_id
     LEFT JOIN organizations_technology technology ON technology.id = s.technology_id
     LEFT JOIN commitments_commitment commitment ON commitment.id = s.commitment_id
     LEFT JOIN organizations_place place ON place.id = s.place_id)
"""
"""The same as `topic`, in SQL over a subscription `s`: for the sender, who has no time for objects."""
