"""What alerts do: follow and unfollow, decide what is due and to whom, send it, honour what comes back.

The day is always an argument.
"""

from tracker.alerts.actions.bounces import came_back, complained
from tracker.alerts.actions.planning import Planned, plan
from tracker.alerts.actions.subscribing import (
    choose_cadence,
    choose_clock,
    choose_rungs,
    confirm,
    drop_unconfirmed,
    forget,
    pause,
    send_manage_link,
    subscribe,
    unsubscribe,
    unsubscribe_all,
    unsubscribe_digest,
)
from tracker.alerts.sending import Sent, send

__all__ = (
    "Planned",
    "Sent",
    "came_back",
    "choose_cadence",
    "choose_clock",
    "choose_rungs",
    "complained",
    "confirm",
    "drop_unconfirmed",
    "forget",
    "pause",
    "plan",
    "send",
    "send_manage_link",
    "subscribe",
    "unsubscribe",
    "unsubscribe_all",
    "unsubscribe_digest",
)
