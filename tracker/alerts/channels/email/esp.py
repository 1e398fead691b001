"""E-mail services, through django-anymail: what their errors mean, and what they tell us afterwards."""

from http import HTTPStatus
from typing import Any

from anymail.exceptions import AnymailError, AnymailInvalidAddress, AnymailRecipientsRefused, AnymailRequestsAPIError
from anymail.signals import EventType, tracking
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.dispatch import receiver

from tracker.alerts.actions import bounces
from tracker.alerts.channels import Refused, Unreachable
from tracker.alerts.channels.email.outbox import METADATA

_OURS_TO_MEND = (HTTPStatus.UNAUTHORIZED, HTTPStatus.PAYMENT_REQUIRED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)
_TAKEN, _NEVER = {"sent", "queued"}, {"rejected", "invalid"}
_LATER = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS)


def send(backend: BaseEmailBackend, message: EmailMessage) -> None:
    """Hand one message to the service. Raises Refused or Unreachable.

    What is wrong with our account must fail no message for good.
    """
    try:
        backend.send_messages([message])
    except (AnymailRecipientsRefused, AnymailInvalidAddress) as error:
        raise Refused(_line(error), permanent=True) from error
    except AnymailRequestsAPIError as error:
        status = error.status_code
        if status is None or status in _OURS_TO_MEND or not HTTPStatus.BAD_REQUEST <= status < 500:
            raise Unreachable(_line(error)) from error
        raise Refused(_line(error), permanent=status not in _LATER) from error
    except (AnymailError, OSError) as error:
        raise Unreachable(_line(error)) from error
    # Not every refusal is an error to django-anymail: what it could not read it leaves at “unknown”.
    became: set[str] = message.anymail_status.status or set()  # type: ignore[attr-defined]
    if not became & _TAKEN:
        raise Refused(f"the service says: {', '.join(sorted(became))}", permanent=bool(became & _NEVER))


@receiver(tracking)
def heed(sender: object, event: Any, esp_name: str, **kwargs: object) -> None:
    """What the service reports of a message: it came back for good, or somebody complained."""
    ours = str((event.metadata or {}).get(METADATA, ""))
    match event.event_type:
        case EventType.BOUNCED | EventType.REJECTED | EventType.FAILED:
            bounces.came_back(message_id=ours, why=f"{esp_name}: {event.reject_reason or event.event_type}")
        case EventType.COMPLAINED | EventType.UNSUBSCRIBED:
            bounces.complained(message_id=ours, address="" if ours else str(event.recipient or ""))


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
