"""What every page behind a signed link has in common: who may open it, and what is said when the link is no good."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from tracker.alerts import links
from tracker.alerts.actions.subscribing import Gone

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def by_link(view: View[P]) -> View[P]:
    """Decorator for a page that a signed link opens: a bad link gets a page of its own (400 forged, 410 expired).

    Exempt from the CSRF check, because what it does is allowed by the token in the address and by nothing that the
    browser sends along; RFC 8058 demands a POST without cookies. The answer is kept by no cache, and its address,
    which holds the token, is given to no other site.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs)
        except links.Forged:
            response = bad_link(request, 400, "This link is not one of ours", _FORGED)
        except links.Expired:
            response = bad_link(request, 410, "This link has expired", _EXPIRED)
        except Gone:
            response = bad_link(request, 410, "There is nothing here any more", _GONE)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    exempt: View[P] = csrf_exempt(never_cache(guarded))
    return exempt


def bad_link(request: HttpRequest, status: int, title: str, why: str) -> HttpResponse:
    """The page for a link that is no good."""
    context = {"title": title, "why": why, "on": timezone.now().date()}
    return render(request, "alerts/bad_link.html", context, status=status)


_FORGED = "It may have been cut short on its way. Copy the whole address from the mail, or ask for a new link."
_EXPIRED = "Ask for a new one, or follow the page again."
_GONE = "What you followed under this link was ended, or you asked us to forget you. We keep nothing more about it."
