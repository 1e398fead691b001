"""What the pages of record need besides `web`."""

from datetime import date
from typing import Any

from django import template

from tracker.partnerships.models import Partnership

register = template.Library()


@register.simple_tag(takes_context=True)
def kept(context: template.Context, without: str = "page") -> str:
    """This page's query string without one parameter, ready to be put before another:
    “state=ohio&kind=police&”.
    """
    request: Any = context["request"]
    query = request.GET.copy()
    query.pop(without, None)
    return f"{query.urlencode()}&" if query else ""


@register.filter
def ends_after(deal: Partnership, on: date) -> bool:
    """Whether a partnership is known to have ended, and only after `on`: seen from that day, it had not."""
    return deal.ended is not None and deal.ended.first > on
