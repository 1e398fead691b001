"""The guide for receivers, and the pages of a subscriber's webhooks, behind the link of their manage page."""

import logging
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods, require_safe
from markdown_it import MarkdownIt
from redis.exceptions import RedisError

from tracker.alerts import links
from tracker.alerts.actions.subscribing import find_subscriber
from tracker.alerts.channels.webhook import endpoints, following
from tracker.alerts.channels.webhook.endpoints import NotAdded, Tested
from tracker.alerts.channels.webhook.section import offered
from tracker.alerts.doors import by_link
from tracker.alerts.models import Endpoint

logger = logging.getLogger(__name__)


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """For who receives webhooks: the text of docs/webhooks.md."""
    return render(request, "alerts/webhook_guide.html", {"on": timezone.now().date(), "text": guide_text()})


@cache
def guide_text() -> SafeString:
    """docs/webhooks.md as HTML, read once. It is our own text; HTML in it is shown, not obeyed."""
    text = (settings.BASE_DIR / "docs" / "webhooks.md").read_text(encoding="utf-8")
    rendered: str = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    return mark_safe(rendered)  # noqa: S308  (our own file, rendered with HTML disabled)


@by_link
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, token: str) -> HttpResponse:
    """Add a webhook, and go to its page, where its secret is. A refused address stays in the form."""
    now = timezone.now()
    subscriber = find_subscriber(links.read(links.Purpose.MANAGE, token, on=now.date()).key)
    if request.method == "GET":
        return render(request, "alerts/webhook_add.html", {"token": token, "on": now.date()})
    typed = request.POST.get("url", "").replace("\0", "")
    problem, status = "", 400
    try:
        endpoint = endpoints.add_endpoint(subscriber=subscriber, url=typed, now=now)
        return HttpResponseRedirect(reverse("alerts:webhook", args=(token, endpoint.pk)))
    except NotAdded as refused:
        problem = str(refused)
    except RedisError as error:
        logger.error("no webhook can be added: %s", error)
        problem, status = "No webhook can be added right now. Try again in a few minutes.", 503
    context = {"token": token, "on": now.date(), "typed": typed[:1000], "problem": problem}
    return render(request, "alerts/webhook_add.html", context, status=status)


@by_link
@require_http_methods(["GET", "POST"])
def webhook(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """Show one webhook with its secret, and change it. A number of somebody else's is not found."""
    on = timezone.now().date()
    subscriber = find_subscriber(links.read(links.Purpose.MANAGE, token, on=on).key)
    endpoint = get_object_or_404(Endpoint.objects.select_related("subscriber"), pk=number, subscriber=subscriber)
    if request.method == "GET":
        return _page(request, token, endpoint)
    if request.POST.get("change") == "test":
        return _page(request, token, endpoint, tested=_test(endpoint))
    if not _change(request, endpoint):
        return _page(request, token, endpoint, problem="That button is not one of this page.", status=400)
    removed = request.POST.get("change") == "remove"
    return HttpResponseRedirect(reverse("alerts:manage", args=(token,)) if removed else request.path)


def _page(
    request: HttpRequest,
    token: str,
    endpoint: Endpoint,
    *,
    tested: Tested | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    context = {
        "on": now.date(),
        "token": token,
        "endpoint": endpoint,
        "both_sign": endpoint.former_until is not None and now < endpoint.former_until,
        "offered": offered(endpoint),
        "tested": tested,
        "problem": problem,
    }
    return render(request, "alerts/webhook.html", context, status=status)


def _test(endpoint: Endpoint) -> Tested:
    try:
        return endpoints.send_test(endpoint=endpoint, now=timezone.now())
    except RedisError as error:
        logger.error("no webhook can be tested: %s", error)
        return Tested(taken=False, words="Nothing can be tested right now. Try again in a few minutes.")


def _change(request: HttpRequest, endpoint: Endpoint) -> bool:
    """Do what the pressed button says. Returns whether it is one of the page."""
    now = timezone.now()
    match request.POST.get("change"):
        case "topics":
            wanted = {int(pk) for pk in request.POST.getlist("topic") if pk.isascii() and pk.isdigit() and len(pk) < 19}
            every = [subscription for subscription, _, _ in offered(endpoint)]
            following.choose(endpoint=endpoint, offered=every, wanted=wanted, on=now.date())
        case "rotate":
            endpoints.rotate(endpoint=endpoint, now=now)
        case "off":
            endpoints.switch_off(endpoint, because="you switched it off", now=now)
        case "on":
            endpoints.switch_on(endpoint, on=now.date())
        case "remove":
            endpoints.remove(endpoint)
        case _:
            return False
    return True
