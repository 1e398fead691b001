"""What an e-mail service reports of messages that it had taken: they came back, or somebody complained."""

import logging
import re
from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason, tracking
from anymail.urls import urlpatterns as anymails
from django.conf import settings
from django.dispatch import receiver
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import URLPattern
from django.views.decorators.csrf import csrf_exempt

from tracker.alerts import actions
from tracker.alerts.channels.email import esp

logger = logging.getLogger(__name__)

_VIEWS = {pattern.name: pattern.callback for pattern in anymails if isinstance(pattern, URLPattern)}
_WANTED_NO_MORE = (EventType.COMPLAINED, EventType.UNSUBSCRIBED)
_NOT_DELIVERED = (EventType.BOUNCED, EventType.REJECTED, EventType.FAILED)
_NO_SUCH_ADDRESS = (RejectReason.BOUNCED, RejectReason.INVALID)
_FOR_NOW = re.compile(r"\s*(?:smtp;\s*)?4(?:\d\d\b|\.\d{1,3}\.\d{1,3}\b)")


@csrf_exempt
def reports(request: HttpRequest, service: str) -> HttpResponseBase:
    """Reports of the e-mail service that mail goes out through; it proves who it is by ANYMAIL_WEBHOOK_SECRET."""
    view = _VIEWS.get(f"{service}_tracking_webhook")
    if view is None or service != settings.MAIL_SERVICE:
        raise Http404
    response: HttpResponseBase = view(request)
    return response


@receiver(tracking)
def reported(event: AnymailTrackingEvent, **_: Any) -> None:
    """Pass on what a message of ours met with; whatever else a service reports is no concern of ours."""
    message_id = esp.message_id(event.metadata)
    why = f"{event.reject_reason or event.event_type}: {event.mta_response or event.description or ''}".strip(": ")
    if event.event_type in _WANTED_NO_MORE or event.reject_reason in (RejectReason.SPAM, RejectReason.UNSUBSCRIBED):
        known = actions.complained(message_id=message_id, why=why, address=event.recipient or "")
    elif event.event_type in _NOT_DELIVERED:
        known = actions.came_back(message_id=message_id, why=why, permanent=_for_good(event))
    else:
        return
    if not known:
        logger.info("the e-mail service reports of a message that we did not send: %s", event.event_type)


def _for_good(event: AnymailTrackingEvent) -> bool:
    """Whether the report says of the address that it takes no mail; in doubt it does not."""
    if event.reject_reason not in _NO_SUCH_ADDRESS:
        # Some services give no reason with a bounce.
        return event.event_type == EventType.BOUNCED and event.reject_reason is None and not _for_now(event)
    return not _for_now(event)


def _for_now(event: AnymailTrackingEvent) -> bool:
    """Whether it is a soft bounce. anymail has one word for soft and hard, so the service's own is looked at."""
    raw = event.esp_event if isinstance(event.esp_event, dict) else {}
    names = f"{raw.get('Type', '')} {raw.get('event', '')}".lower()
    data = raw.get("data")
    bounce = data.get("bounce") if isinstance(data, dict) else None
    return bool(
        "soft" in names
        or raw.get("hard_bounce") is False
        or (isinstance(bounce, dict) and bounce.get("type") == "Transient")
        or _FOR_NOW.match(event.mta_response or "")
    )
