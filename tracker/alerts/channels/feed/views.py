"""Doors to the feeds. The site's middleware gives each answer an ETag of its content and answers 304 to who has it.

No Last-Modified: what a feed says may change without a newer entry, when an entry no longer holds.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from tracker.alerts import pulling
from tracker.alerts.channels.feed import atom, jsonfeed
from tracker.alerts.channels.feed.entries import About, entries
from tracker.alerts.topics import Followed, Topic

FORMS = {"atom": atom, "json": jsonfeed}
_fresh_for_ten_minutes = cache_control(public=True, max_age=600)


@require_safe
@_fresh_for_ten_minutes
def feed(request: HttpRequest, form: str, topic: str = Topic.EVERYTHING, slug: str = "") -> HttpResponseBase:
    """What was told about a topic, the newest first. A former slug leads on to the present address."""
    followed = pulling.named(topic, slug)
    if followed.slug != slug:
        return HttpResponsePermanentRedirect(pulling.address_of(f"alerts:feeds:{form}", followed))
    return _written(form, followed)


@require_safe
@_fresh_for_ten_minutes
def search(request: HttpRequest, form: str) -> HttpResponseBase:
    """What was told about all that has the words of ?q=, the newest first."""
    return _written(form, pulling.searched(request))


def _written(form: str, followed: Followed) -> HttpResponse:
    on = timezone.now().date()
    writer = FORMS[form]
    about = About.of(followed, f"alerts:feeds:{form}", on)
    return HttpResponse(writer.write(about, entries(followed, on)), content_type=writer.CONTENT_TYPE)
