"""One delivery as an e-mail."""

from datetime import date

from django.core.mail import EmailMultiAlternatives

from tracker.alerts import links, telling
from tracker.alerts.messages import compose
from tracker.alerts.models import Delivery


def letter(delivery: Delivery, on: date) -> EmailMultiAlternatives:
    """The message for `delivery` on `on`. Its Message-ID is the delivery's, so a repeat can be recognised.

    List-Unsubscribe and List-Unsubscribe-Post are RFC 8058's: a mail program's own button posts to that address.
    """
    subscription = delivery.subscription
    notice = telling.notice(delivery.event, on)
    unsubscribe = links.unsubscribe_url(subscription, on=on)
    context = {
        "notice": notice,
        "page": links.absolute(notice.path),
        "topic": telling.topic(subscription),
        "unsubscribe": unsubscribe,
        "manage": links.manage_url(subscription.subscriber.key, on=on),
    }
    return compose(
        subscription.subscriber.address,
        notice.headline,
        "alert",
        context,
        {
            "Message-ID": delivery.message_id,
            "List-Unsubscribe": f"<{unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
