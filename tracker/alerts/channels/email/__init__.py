"""E-mail: text and HTML, no images, no tracking, one click to end it."""

from tracker.alerts.channels.email.outbox import open_outbox

__all__ = ("open_outbox",)
