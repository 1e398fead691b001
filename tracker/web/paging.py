"""Long lists in pages, by query string: `?page=3`."""

from typing import Any

from django.core.exceptions import BadRequest
from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

ROWS = 100


def page_of(rows: QuerySet[Any], request: HttpRequest, *, size: int = ROWS, name: str = "page") -> "Page[Any]":
    """The page asked for: two queries, whatever the size.

    Raises BadRequest if it is no number, Http404 past the end.
    """
    text = request.GET.get(name, "1")
    if not (text.isascii() and text.isdecimal() and len(text) <= 7):
        raise BadRequest(f"“{text[:40]}” is not a page. Write a number from 1, for example ?{name}=2.")
    try:
        return Paginator(rows, size).page(int(text))
    except EmptyPage as error:
        raise Http404(f"There is no page {text}.") from error


def extra(request: HttpRequest, name: str = "page") -> str:
    """The other parameters of the query string, for links to other pages of a list: “state=new-york&”,
    or nothing.
    """
    others = request.GET.copy()
    others.pop(name, None)
    return f"{others.urlencode()}&" if others else ""
