"""Webhook: an event as JSON, posted to a subscriber's own server and signed as Standard Webhooks says."""

from tracker.alerts.channels.webhook.outbox import open_outbox
from tracker.alerts.channels.webhook.section import section

__all__ = ("open_outbox", "section")
