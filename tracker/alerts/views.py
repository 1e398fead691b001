"""Following, confirming, ending: thin doors to the actions."""

import logging
from datetime import date
from smtplib import SMTPException

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from redis.exceptions import RedisError

from tracker import networks
from tracker.alerts import actions, limits, links, telling, topics
from tracker.alerts.actions.subscribing import find, find_subscriber
from tracker.alerts.doors import by_link
from tracker.alerts.forms import AddressForm
from tracker.alerts.models import Subscription
from tracker.alerts.selectors import followed_by

logger = logging.getLogger(__name__)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """Ask for one confirming mail. The answer is the same whether the address is known or not.

    Exempt from the CSRF check, because readers get no cookie: a forged request can do no more than anybody can do by
    hand, which is to have one mail sent that asks for consent; and how often is limited by address and by network.
    """
    now = timezone.now()
    typed = request.POST if request.method == "POST" else request.GET
    form = AddressForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"on": now.date(), "form": form}
    try:
        followed = topics.find(typed.get("topic", "everything"), typed.get("slug", ""))
    except topics.UnknownTopic as unknown:
        return render(request, "alerts/subscribe.html", {**context, "problem": str(unknown)}, status=404)
    context |= {"label": followed.label, "topic": followed.topic, "slug": typed.get("slug", "")}
    if request.method == "GET" or not form.is_valid():
        return render(request, "alerts/subscribe.html", context, status=200 if request.method == "GET" else 400)
    try:
        if not limits.PER_NETWORK.allows(networks.asker(request)):
            return _later(request, context, 429, "Too many requests came from your network. Try again in an hour.")
        actions.subscribe(address=form.cleaned_data["address"], followed=followed, on=now.date(), now=now)
    except (SMTPException, OSError, RedisError) as error:
        logger.error("a confirming mail could not be sent: %s", error)
        return _later(request, context, 503, "We cannot send mail right now. Try again in a few minutes.")
    return render(request, "alerts/asked.html", context)


@by_link
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows a button, so that a mail scanner that opens links confirms nothing; POST confirms."""
    now = timezone.now()
    on = now.date()
    if request.method == "POST":
        subscription = find(links.read(links.Purpose.CONFIRM, token, on=on))
        actions.confirm(token=token, on=on, now=now)
        context = _about(subscription) | {
            "manage": links.manage_url(subscription.subscriber.key, on=on),
            "on": on,
        }
        return render(request, "alerts/confirmed.html", context)
    subscription = find(links.read(links.Purpose.CONFIRM, token, on=on))
    return render(request, "alerts/confirm.html", _about(subscription) | {"on": on})


@by_link
@require_http_methods(["GET", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """POST ends it at once (RFC 8058: no cookie, no question); GET shows a button and changes nothing.

    The link of a digest ends all that goes into that digest.
    """
    on = timezone.now().date()
    ticket = links.read_end(token, on=on)
    if ticket.cadence:
        return _end_digest(request, ticket, on)
    subscription = find(ticket)
    context = _about(subscription) | {
        "ended": subscription.ended_on is not None,
        "manage": links.manage_url(subscription.subscriber.key, on=on),
        "on": on,
    }
    if request.method == "POST":
        actions.unsubscribe(subscription=subscription, on=on)
        return render(request, "alerts/unsubscribed.html", context)
    return render(request, "alerts/unsubscribe.html", context)


def _end_digest(request: HttpRequest, ticket: links.Ticket, on: date) -> HttpResponse:
    """The same for all that goes into a digest, which is named before it ends and after."""
    subscriber = find_subscriber(ticket.key)
    going = followed_by(subscriber).filter(cadence=ticket.cadence, endpoint=None)
    topics = [telling.topic(subscription) for subscription in going]
    context = {
        "topic_label": f"what was in your {ticket.cadence} digest",
        "cadence": ticket.cadence,
        "topics": topics,
        "ended": not topics,
        "manage": links.manage_url(subscriber.key, on=on),
        "on": on,
    }
    if request.method == "POST":
        actions.unsubscribe_digest(subscriber=subscriber, cadence=ticket.cadence, on=on)
        return render(request, "alerts/unsubscribed.html", context)
    return render(request, "alerts/unsubscribe.html", context)


def _about(subscription: Subscription) -> dict[str, object]:
    return {"subscription": subscription, "topic_label": telling.topic(subscription)}


def _later(request: HttpRequest, context: dict[str, object], status: int, problem: str) -> HttpResponse:
    return render(request, "alerts/subscribe.html", {**context, "problem": problem}, status=status)
