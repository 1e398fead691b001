"""A subscriber's own page: what they follow, what was sent, and how to change, take away or end it."""

import logging
from datetime import date, datetime
from smtplib import SMTPException

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods
from redis.exceptions import RedisError

from tracker import networks
from tracker.alerts import actions, channels, limits, links, telling, zones
from tracker.alerts.actions.subscribing import find_subscriber
from tracker.alerts.doors import by_link
from tracker.alerts.forms import AddressForm, ChoiceForm, ClockForm, PauseForm
from tracker.alerts.models import RUNGS, Subscriber, Subscription
from tracker.alerts.selectors import everything_about, followed_by, ledger_of

logger = logging.getLogger(__name__)

RUNG_WORDS = {
    90: "90 days before",
    30: "30 days before",
    7: "7 days before",
    1: "the day before",
    0: "when it has lapsed",
}


@csrf_exempt  # sends one mail to its own owner, limited like `subscribe`; readers get no cookie
@never_cache
@require_http_methods(["GET", "POST"])
def ask_for_link(request: HttpRequest) -> HttpResponse:
    """Send an address the link to its own page. The answer is the same whether it is known or not."""
    on = timezone.now().date()
    form = AddressForm(request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        status = 200 if request.method == "GET" else 400
        return render(request, "alerts/ask_for_link.html", {"form": form, "on": on}, status=status)
    try:
        if not limits.PER_NETWORK.allows(networks.asker(request)):
            problem = "Too many requests came from your network. Try again in an hour."
            return render(request, "alerts/ask_for_link.html", {"form": form, "on": on, "problem": problem}, status=429)
        actions.send_manage_link(address=form.cleaned_data["address"], on=on)
    except (SMTPException, OSError, RedisError) as error:
        logger.error("a link could not be sent: %s", error)
        problem = "We cannot send mail right now. Try again in a few minutes."
        return render(request, "alerts/ask_for_link.html", {"form": form, "on": on, "problem": problem}, status=503)
    return render(request, "alerts/link_sent.html", {"on": on})


@by_link
@require_http_methods(["GET", "POST"])
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """Show everything we keep about a subscriber, and change it."""
    now = timezone.now()
    on = now.date()
    subscriber = find_subscriber(links.read(links.Purpose.MANAGE, token, on=on).key)
    if request.method == "GET":
        return render(request, "alerts/manage.html", _page(subscriber, token, on))
    problem = _change(request, subscriber, now)
    if problem:
        return render(request, "alerts/manage.html", _page(subscriber, token, on) | {"problem": problem}, status=400)
    if request.POST.get("change") == "forget":
        return render(request, "alerts/forgotten.html", {"on": on})
    return HttpResponseRedirect(request.path)


@by_link
@require_GET
def download(request: HttpRequest, token: str) -> JsonResponse:
    """Everything we keep about a subscriber, as a file."""
    on = timezone.now().date()
    subscriber = find_subscriber(links.read(links.Purpose.MANAGE, token, on=on).key)
    return JsonResponse(
        everything_about(subscriber),
        json_dumps_params={"indent": 2, "ensure_ascii": False},
        headers={"Content-Disposition": 'attachment; filename="watchback.json"'},
    )


def _page(subscriber: Subscriber, token: str, on: date) -> dict[str, object]:
    return {
        "on": on,
        "token": token,
        "subscriber": subscriber,
        "paused": subscriber.paused_until is not None and subscriber.paused_until > on,
        "subscriptions": [
            {
                "row": subscription,
                "label": telling.topic(subscription),
                "rungs": [(rung, RUNG_WORDS[rung], rung in subscription.rungs) for rung in RUNGS],
                "cadences": [
                    (cadence, words, cadence == subscription.cadence)
                    for cadence, words in _cadences(subscriber)
                    if subscription.endpoint_id is None
                ],
            }
            for subscription in followed_by(subscriber)
        ],
        "zones": zones.by_region(),
        "hours": range(24),
        "ledger": ledger_of(subscriber),
        **channels.sections(subscriber),
    }


def _cadences(subscriber: Subscriber) -> list[tuple[str, str]]:
    """How often, with the hour that this subscriber has chosen."""
    hour = f"{subscriber.digest_hour}:00"
    return [
        (Subscription.Cadence.AT_ONCE, "at once"),
        (Subscription.Cadence.DAILY, f"in one mail a day, at {hour}"),
        (Subscription.Cadence.WEEKLY, f"in one mail a week, on Mondays at {hour}"),
    ]


def _choose(subscription: Subscription, form: ChoiceForm, now: datetime) -> str:
    """Returns what is wrong, or nothing."""
    if not form.is_valid():
        return _first_problem(form)
    actions.choose_rungs(subscription=subscription, rungs=form.cleaned_data["rung"])
    if form.cleaned_data["cadence"]:
        actions.choose_cadence(subscription=subscription, cadence=form.cleaned_data["cadence"], now=now)
    return ""


def _first_problem(form: Form) -> str:
    return str(next(iter(form.errors.values()))[0])


def _change(request: HttpRequest, subscriber: Subscriber, now: datetime) -> str:
    """Do what the pressed button says. Returns what is wrong with it, or nothing."""
    match request.POST.get("change"):
        case "unfollow":
            actions.unsubscribe(subscription=_own(request, subscriber), on=now.date())
        case "choose":
            return _choose(_own(request, subscriber), ChoiceForm(request.POST), now)
        case "clock":
            clock = ClockForm(request.POST)
            if not clock.is_valid():
                return _first_problem(clock)
            actions.choose_clock(
                subscriber=subscriber,
                time_zone=clock.cleaned_data["time_zone"],
                hour=clock.cleaned_data["hour"],
                now=now,
            )
        case "stop":
            actions.unsubscribe_all(subscriber=subscriber, on=now.date())
        case "pause":
            form = PauseForm(request.POST)
            if not form.is_valid():
                return "Write a day such as 2026-12-31, or leave it empty to go on."
            actions.pause(subscriber=subscriber, until=form.cleaned_data["until"])
        case "forget":
            actions.forget(subscriber=subscriber)
        case _:
            return "That button is not one of this page."
    return ""


def _own(request: HttpRequest, subscriber: Subscriber) -> Subscription:
    number = request.POST.get("subscription", "")
    pk = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0
    return get_object_or_404(Subscription, pk=pk, subscriber=subscriber)
