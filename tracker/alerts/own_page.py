"""What a subscriber's own page shows; after a form that could not be taken, with what was typed into it."""

from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict

from tracker.alerts import channels, telling, zones
from tracker.alerts.models import RUNGS, Subscriber, Subscription
from tracker.alerts.selectors import followed_by, ledger_of

RUNG_WORDS = {
    90: "90 days before",
    30: "30 days before",
    7: "7 days before",
    1: "the day before",
    0: "when it has lapsed",
}


@dataclass(frozen=True)
class Problem:
    """What is wrong with a form that was sent: which form of the page, in words, and what was typed into it."""

    words: str
    form: str = ""
    typed: QueryDict = field(default_factory=QueryDict)

    def typed_into(self, form: str) -> QueryDict | None:
        """What was typed into this form, if it is the one."""
        return self.typed if self.form == form else None


def page(subscriber: Subscriber, token: str, on: date, problem: Problem | None = None) -> dict[str, object]:
    """The context of the page."""
    problem = problem or Problem("")
    clock, pause = problem.typed_into("clock"), problem.typed_into("pause")
    paused = subscriber.paused_until if subscriber.paused_until and subscriber.paused_until > on else None
    return {
        "on": on,
        "token": token,
        "subscriber": subscriber,
        "problem": problem,
        "subscriptions": [_followed(subscription, subscriber, problem) for subscription in followed_by(subscriber)],
        "zones": zones.by_region(),
        "zone": clock.get("time_zone", "") if clock else subscriber.time_zone,
        "hours": [(str(hour), f"{hour}:00") for hour in range(24)],
        "hour": clock.get("hour", "") if clock else str(subscriber.digest_hour),
        "paused": paused,
        "until": pause.get("until", "") if pause else f"{paused or ''}",
        "ledger": ledger_of(subscriber),
        **channels.sections(subscriber),
    }


def _followed(subscription: Subscription, subscriber: Subscriber, problem: Problem) -> dict[str, object]:
    form = form_of(subscription)
    typed = problem.typed_into(form)
    rungs = typed.getlist("rung") if typed is not None else [str(rung) for rung in subscription.rungs]
    cadence = typed.get("cadence") if typed is not None else subscription.cadence
    by_mail = subscription.channel == Subscription.Channel.EMAIL
    return {
        "form": form,
        "row": subscription,
        "label": telling.topic(subscription),
        "rungs": [(rung, RUNG_WORDS[rung], str(rung) in rungs) for rung in RUNGS],
        "cadences": [(one, words, one == cadence) for one, words in _cadences(subscriber)] if by_mail else [],
    }


def form_of(subscription: Subscription) -> str:
    """The name of the form that changes it, which is also its place on the page."""
    return f"s{subscription.pk}"


def _cadences(subscriber: Subscriber) -> list[tuple[str, str]]:
    """How often, with the hour that this subscriber has chosen, and whose hour that is."""
    hour = f"{subscriber.digest_hour}:00 ({zones.words(subscriber.time_zone)})"
    return [
        (Subscription.Cadence.AT_ONCE, "at once"),
        (Subscription.Cadence.DAILY, f"in one mail a day, at {hour}"),
        (Subscription.Cadence.WEEKLY, f"in one mail a week, on Mondays at {hour}"),
    ]
