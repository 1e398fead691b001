"""A subscriber's own page: what they follow, what was sent, and how to change, take away or end it."""

import logging
from datetime import datetime
from smtplib import SMTPException
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods
from redis.exceptions import RedisError

from tracker import networks
from tracker.alerts import actions, limits, links
from tracker.alerts.actions.subscribing import find_subscriber
from tracker.alerts.doors import by_link
from tracker.alerts.forms import AddressForm, ChoiceForm, ClockForm, PauseForm
from tracker.alerts.models import Subscriber, Subscription
from tracker.alerts.own_page import Problem, form_of, page
from tracker.alerts.selectors import everything_about

logger = logging.getLogger(__name__)


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
        context = page(subscriber, token, on) | {"done": request.GET.get("done", "")}
        return render(request, "alerts/manage.html", context)
    try:
        place = _change(request, subscriber, now)
    except _NotTaken as refused:
        return render(request, "alerts/manage.html", page(subscriber, token, on, refused.problem), status=400)
    if not place:
        return render(request, "alerts/forgotten.html", {"on": on})
    return HttpResponseRedirect(f"{request.path}?done={place}#{place}")


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


class _NotTaken(ValueError):
    def __init__(self, words: str, form: str = "", typed: QueryDict | None = None) -> None:
        super().__init__(words)
        self.problem = Problem(words, form, typed or QueryDict())


def _change(request: HttpRequest, subscriber: Subscriber, now: datetime) -> str:
    """Do what the pressed button says. Returns the place of the page where it shows; none is left to who is forgotten.

    Raises _NotTaken, or Http404 for the subscription of somebody else.
    """
    match request.POST.get("change"):
        case "unfollow":
            actions.unsubscribe(subscription=_own(request, subscriber), on=now.date())
            return "follows"
        case "stop":
            actions.unsubscribe_all(subscriber=subscriber, on=now.date())
            return "follows"
        case "choose":
            return _choose(request, _own(request, subscriber), now)
        case "clock":
            clock = _checked(ClockForm(request.POST), "clock", request)
            actions.choose_clock(subscriber=subscriber, time_zone=clock["time_zone"], hour=clock["hour"], now=now)
            return "clock"
        case "pause":
            until = _checked(PauseForm(request.POST), "pause", request)["until"]
            actions.pause(subscriber=subscriber, until=until)
            return "pause"
        case "forget":
            actions.forget(subscriber=subscriber)
            return ""
        case _:
            raise _NotTaken("That button is not one of this page.")


def _choose(request: HttpRequest, subscription: Subscription, now: datetime) -> str:
    form = form_of(subscription)
    chosen = _checked(ChoiceForm(request.POST), form, request)
    actions.choose_rungs(subscription=subscription, rungs=chosen["rung"])
    if chosen["cadence"]:
        actions.choose_cadence(subscription=subscription, cadence=chosen["cadence"], now=now)
    return form


def _checked(form: Form, name: str, request: HttpRequest) -> dict[str, Any]:
    """What was typed into the form of this name. Raises _NotTaken with the first thing that is wrong with it."""
    if not form.is_valid():
        raise _NotTaken(str(next(iter(form.errors.values()))[0]), name, request.POST)
    return form.cleaned_data


def _own(request: HttpRequest, subscriber: Subscriber) -> Subscription:
    number = request.POST.get("subscription", "")
    pk = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0
    return get_object_or_404(Subscription, pk=pk, subscriber=subscriber)
