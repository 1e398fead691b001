"""What the channels that readers fetch themselves have in common: which topic an address names, and how it is written.

A channel that is fetched has two patterns of one name, without arguments for everything and with `topic` and `slug`,
and a third, `<name>_search`, that takes the words as ?q=.
"""

import re
from datetime import UTC, date, datetime, time
from urllib.parse import quote, urlencode, urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest
from django.urls import reverse

from tracker.alerts import searches, topics
from tracker.alerts.topics import Followed

_SINCE = 2026
"""A year in which the site's host was ours, as a tag: URI demands (RFC 4151)."""
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")


def named(topic: str, slug: str) -> Followed:
    """What an address names. Raises Http404; where it uses a former slug, the result has another one."""
    try:
        return topics.find(topic, slug)
    except topics.UnknownTopic as unknown:
        raise Http404(str(unknown)) from unknown


def searched(request: HttpRequest) -> Followed:
    """The search that ?q= asks for. Raises BadRequest for one that is too long, has a NUL or no word."""
    text = request.GET.get("q", "").strip()
    if len(text) > searches.LONGEST:
        raise BadRequest(f"q: {len(text):,} characters are too many. Write at most {searches.LONGEST}.")
    if "\x00" in text:
        raise BadRequest("q: a NUL character cannot be searched for. Leave it out.")
    try:
        return topics.searched(text)
    except topics.UnknownTopic as unknown:
        raise BadRequest("q: write at least one word to look for.") from unknown


def address(name: str, topic: str, slug: str) -> str:
    """The path under which the channel with patterns of this name serves a topic; of a search, `slug` is its words.

    Raises NoReverseMatch if that channel's folder is not there.
    """
    if topic == topics.Topic.SEARCH:
        return f"{reverse(f'{name}_search')}?{urlencode({'q': slug})}"
    return reverse(name, kwargs={"topic": topic, "slug": slug}) if slug else reverse(name)


def address_of(name: str, followed: Followed) -> str:
    """The same for something that was found."""
    return address(name, followed.topic, followed.search or followed.slug)


def page(followed: Followed) -> str:
    """The path of the page that shows it."""
    if followed.search:
        return f"/search/?{urlencode({'q': followed.search})}"
    return str(getattr(followed.record, "get_absolute_url", lambda: "/")())


def tag(*parts: object) -> str:
    """A tag: URI for what these parts name: the same for ever, whatever its address becomes."""
    return f"tag:{host()},{_SINCE}:{quote(':'.join(map(str, parts)), safe=':/')}"


def host() -> str:
    """The name of this site's host."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def midnight(day: date) -> datetime:
    """The first moment of a day, UTC."""
    return datetime.combine(day, time(), tzinfo=UTC)


def writable(text: str) -> str:
    """The text without the control characters that neither XML nor iCalendar can carry."""
    return _UNWRITABLE.sub("", text)
