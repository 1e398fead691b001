"""What this site is, and how it computes what it shows."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from tracker.web import asof


def about(request: HttpRequest) -> HttpResponse:
    """What this is, who is behind it, what it does not do, how to correct, cite and take it."""
    on, today = asof.days(request)
    contact = settings.MANAGERS[0] if settings.MANAGERS else None
    return render(request, "web/about.html", {"on": on, "today": today, "contact": contact})


def method(request: HttpRequest) -> HttpResponse:
    """How states are computed: the text of docs/method.md."""
    on, today = asof.days(request)
    return render(request, "web/method.html", {"on": on, "today": today, "text": method_text()})


@cache
def method_text() -> SafeString:
    """docs/method.md as HTML, read once. It is our own text; HTML in it is shown, not obeyed."""
    text = (settings.BASE_DIR / "docs" / "method.md").read_text(encoding="utf-8")
    rendered: str = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    return mark_safe(rendered)  # noqa: S308  (our own file, rendered with HTML disabled)
