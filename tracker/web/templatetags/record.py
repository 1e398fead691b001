"""What the pages of record need besides `web`."""

from typing import Any

from django import template

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
