"""Where what is followed can be fetched."""

from django import template
from django.urls import NoReverseMatch

from tracker.alerts import pulling

register = template.Library()

_FORMS = (
    ("Atom", "application/atom+xml", "alerts:feeds:atom"),
    ("JSON", "application/feed+json", "alerts:feeds:json"),
    ("calendar", "text/calendar", "alerts:calendar:ics"),
)


@register.simple_tag
def fetched(topic: str, slug: str) -> list[tuple[str, str, str]]:
    """Name, content type and path of each feed of a topic whose channel is there. Of a search, `slug` is its words."""
    found = []
    for name, content_type, pattern in _FORMS:
        try:
            found.append((name, content_type, pulling.address(pattern, topic, str(slug or ""))))
        except NoReverseMatch:
            continue
    return found
