"""Mail that came back, and complaints: whoever says it, a mail server or an e-mail service."""

import logging

from django.db import transaction

from tracker.alerts.models import Delivery, Subscriber
from tracker.alerts.sending.ledger import bounced, stop

logger = logging.getLogger(__name__)

_CAME_BACK = "came back"


@transaction.atomic
def came_back(*, message_id: str, why: str) -> bool:
    """A message that was taken could not be delivered, for good. Counts against its address, once for each message.

    Returns whether it was one of ours that had not come back yet.
    """
    sent = Delivery.objects.filter(message_id=message_id, state=Delivery.State.SENT, reason="") if message_id else None
    subscriber_id = sent.values_list("subscriber", flat=True).first() if sent is not None else None
    if sent is None or subscriber_id is None:
        logger.info("a report about no message of ours, or a second one, was ignored")
        return False
    sent.update(reason=f"{_CAME_BACK}: {' '.join(why.split())[:200]}")
    bounced(subscriber_id)
    return True


@transaction.atomic
def complained(*, message_id: str = "", address: str = "") -> bool:
    """Somebody called our mail unwanted: the address is written to no more until it is confirmed again.

    `address` is for e-mail services, which say it over a channel of their own. Returns whether we know it.
    """
    found = Subscriber.objects.filter(address__iexact=address) if address else Subscriber.objects.none()
    if message_id:
        found = Subscriber.objects.filter(deliveries__message_id=message_id, deliveries__state=Delivery.State.SENT)
    subscriber = found.first()
    if subscriber is None:
        logger.info("a complaint about no message of ours was ignored")
        return False
    stop(subscriber, Subscriber.Stopped.COMPLAINED)
    return True
