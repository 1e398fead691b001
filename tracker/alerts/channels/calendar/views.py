"""Doors to the calendars. The site's middleware gives each answer an ETag of its content and answers 304."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from tracker.alerts import links, pulling
from tracker.alerts.channels.calendar import ics
from tracker.alerts.channels.calendar.entries import entries
from tracker.alerts.topics import Followed, Topic

_NAME = "alerts:calendar:ics"
_fresh_for_an_hour = cache_control(public=True, max_age=3600)


@require_safe
@_fresh_for_an_hour
def calendar(request: HttpRequest, topic: str = Topic.EVERYTHING, slug: str = "") -> HttpResponseBase:
    """The ends of what a topic covers. A former slug leads on to the present address."""
    followed = pulling.named(topic, slug)
    if followed.slug != slug:
        return HttpResponsePermanentRedirect(pulling.address_of(_NAME, followed))
    return _written(followed)


@require_safe
@_fresh_for_an_hour
def search(request: HttpRequest) -> HttpResponseBase:
    """The ends of all that has the words of ?q=."""
    return _written(pulling.searched(request))


def _written(followed: Followed) -> HttpResponse:
    body = ics.write(
        f"Watchback: {followed.label}",
        links.absolute(pulling.address_of(_NAME, followed)),
        entries(followed, timezone.now().date()),
    )
    return HttpResponse(
        body,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'inline; filename="{followed.slug or followed.topic}.ics"'},
    )
