"""The mail that says that nothing is posted to a webhook any more."""

import logging
from datetime import date
from smtplib import SMTPException
from urllib.parse import urlsplit

from django.core.mail import get_connection

from tracker.alerts import links
from tracker.alerts.messages import compose
from tracker.alerts.models import Endpoint

logger = logging.getLogger(__name__)


def tell_owner(endpoint: Endpoint, *, on: date) -> None:
    """Tell by mail that it was switched off, why, and the way back. A mail that fails is logged: the page says it too.

    One is sent at most for each time that it was switched on.
    """
    if endpoint.subscriber.stopped:
        return  # its mail came back, or was unwanted: nothing is sent there
    host = urlsplit(endpoint.url).netloc
    context: dict[str, object] = {
        "endpoint": endpoint,
        "manage": links.manage_url(endpoint.subscriber.key, on=on),
        "days": links.GOOD_FOR[links.Purpose.MANAGE].days,
    }
    message = compose(endpoint.subscriber.address, f"Your webhook at {host} is switched off", "webhook_off", context)
    try:
        get_connection().send_messages([message])
    except (SMTPException, OSError) as error:
        logger.error("the owner of endpoint %s could not be told that it is off: %s", endpoint.pk, error)
