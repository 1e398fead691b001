"""The desk's pages of the watch."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from tracker.desk import watched
from tracker.desk.access import DeskRequest, for_editors
from tracker.desk.refusals import Refused


@require_safe
@for_editors
def watches(request: DeskRequest) -> HttpResponse:
    """/desk/watches/?show=hand"""
    show = request.GET.get("show", "all")
    show = show if show in watched.FILTERS else "all"
    page = Paginator(watched.watches(show), watched.SHOWN).get_page(request.GET.get("page"))
    return render(request, "desk/watches.html", {"page": page, "show": show, "filters": watched.FILTERS.items()})


@require_safe
@for_editors
def watch(request: DeskRequest, pk: int) -> HttpResponse:
    """/desk/watches/<id>/"""
    return _page(request, pk)


@require_POST
@for_editors
def do(request: DeskRequest, pk: int) -> HttpResponse:
    """What a button of the page asks for."""
    found = watched.seen(pk).watch
    verb, key = request.POST.get("do", ""), request.POST.get("key", "").replace("\0", "")
    try:
        said = watched.do(found, verb, key=key, by=request.user, now=timezone.now())
    except Refused as error:
        return _page(request, pk, refused=str(error), status=400)
    messages.success(request, said)
    return redirect("desk:watch", pk=pk)


def _page(request: HttpRequest, pk: int, *, refused: str = "", status: int = 200) -> HttpResponse:
    return render(request, "desk/watch.html", {"seen": watched.seen(pk), "refused": refused}, status=status)
