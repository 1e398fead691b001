"""What came back, and who wants no more: said by a mail server or an e-mail service after it had taken a message."""

from django.db import transaction
from django.db.models import Q, QuerySet

from tracker.alerts.models import Delivery, Subscriber
from tracker.alerts.sending.ledger import bounced, stop

CAME_BACK = "came back: "
COMPLAINED = "called unwanted: "
_FOR_NOW = "not delivered this time: "
_LENGTH = 300

# Taken by the other side, for all that can be known: a sender that died, or whose connection broke, left its row so.
_HANDED_OVER = (Delivery.State.SENT, Delivery.State.CLAIMED, Delivery.State.PENDING)


@transaction.atomic
def came_back(*, message_id: str, why: str, permanent: bool) -> bool:
    """Write down that a message of ours was not delivered; if that is for good, count it against its address.

    The deliveries stay `sent`, and `reason` says what came back: told twice, it counts once. Returns whether the
    message is one of ours; of others nothing is kept.
    """
    subscriber = _receiver(message_id)
    if subscriber is None:
        return False
    if not permanent:
        _of(message_id).filter(reason="").update(reason=_worded(_FOR_NOW, why))
    elif _uncounted(message_id).update(reason=_worded(CAME_BACK, why)):
        bounced(subscriber.pk)
    return True


@transaction.atomic
def complained(*, message_id: str, why: str, address: str = "") -> bool:
    """Write to this address no more: somebody called our mail unwanted. What waits for it is cancelled.

    Told twice of a message it counts once, so that an old report cannot stop an address confirmed since. `address`
    serves where the message is not one of the ledger (it asked for a confirmation, say); only someone who can prove to
    be the e-mail service may name one. Returns whether anybody is meant.
    """
    subscriber = _receiver(message_id)
    if subscriber is not None:
        if _of(message_id).exclude(reason__startswith=COMPLAINED).update(reason=_worded(COMPLAINED, why)):
            stop(subscriber, Subscriber.Stopped.COMPLAINED)
        return True
    named = Subscriber.objects.select_for_update().filter(address__iexact=address).first() if address else None
    if named is None:
        return False
    stop(named, Subscriber.Stopped.COMPLAINED)
    return True


def _receiver(message_id: str) -> Subscriber | None:
    """Whom the message went to, locked before any delivery is: the order in which the sender locks, too."""
    sent_to = _of(message_id).values("subscriber")[:1]
    return Subscriber.objects.select_for_update().filter(pk__in=sent_to).first() if message_id else None


def _of(message_id: str) -> QuerySet[Delivery]:
    """The deliveries that went with this mail: one, or all of a digest."""
    return Delivery.objects.filter(message_id=message_id, endpoint=None)


def _uncounted(message_id: str) -> QuerySet[Delivery]:
    """Those of them that were handed over and against which nothing was counted yet."""
    said_before = Q(reason__startswith=CAME_BACK) | Q(reason__startswith=COMPLAINED)
    return _of(message_id).filter(state__in=_HANDED_OVER).exclude(said_before)


def _worded(what: str, why: str) -> str:
    return what + "".join(sign for sign in why if sign.isprintable())[:_LENGTH]
