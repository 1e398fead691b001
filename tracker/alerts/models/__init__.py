"""Who is told what, and what was told: subscribers and what they follow, events, deliveries.

Decide and deliver are two steps joined by a row: planning inserts events and deliveries, sending claims a delivery.
"""

from tracker.alerts.models.deliveries import Delivery, Digest, PlannerRun, Wording
from tracker.alerts.models.events import Claim, Event, EventQuerySet
from tracker.alerts.models.subscribers import Endpoint, Subscriber
from tracker.alerts.models.subscriptions import RUNGS, Subscription, all_rungs

__all__ = (
    "RUNGS",
    "Claim",
    "Delivery",
    "Digest",
    "Endpoint",
    "Event",
    "EventQuerySet",
    "PlannerRun",
    "Subscriber",
    "Subscription",
    "Wording",
    "all_rungs",
)
