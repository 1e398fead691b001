"""From a slug to its record: a former slug leads on to where the record is now,
a slug of another kind to nothing.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect

M = TypeVar("M", bound=Model)
View = Callable[..., HttpResponse]


class Moved(Exception):
    """The record is found under another address now."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


def find(records: QuerySet[M], slug: str) -> M:
    """The record with this slug, in one query.

    Raises Moved for a slug it once had, and Http404 where there is none.
    """
    record = records.filter(slug=slug).first()
    if record is not None:
        return record
    if hasattr(records.model, "former_slugs"):
        moved: Any = records.filter(former_slugs__slug=slug).first()
        if moved is not None:
            raise Moved(moved.get_absolute_url())
    raise Http404(f"There is no {records.model._meta.verbose_name} “{slug}”.")


def follows_former_slugs(view: View) -> View:
    """Decorator for a view: answers Moved with a permanent redirect that keeps the query string."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Moved as moved:
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{moved.url}?{query}" if query else moved.url)

    return answer
