"""The desk's pages of imports."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from kombu.exceptions import OperationalError

from tracker.desk.access import DeskRequest, for_editors
from tracker.desk.imported import actions, selectors
from tracker.desk.imported.forms import MappingForm, UploadForm
from tracker.desk.refusals import Refused
from tracker.evidence import bodies
from tracker.imports import uploads
from tracker.imports.mapped import BadMapping
from tracker.imports.models import Import, Question, Suggestion, Upload
from tracker.imports.rows import BadFile
from tracker.imports.tasks import work


@require_http_methods(["GET", "HEAD", "POST"])
@for_editors
def imports(request: DeskRequest) -> HttpResponse:
    """/desk/imports/: what was imported, and a file to give."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            made = uploads.receive(
                given.name,
                given.read(uploads.LARGEST + 1),
                dataset=form.cleaned_data["dataset"],
                by=request.user.pk,
                at=timezone.now(),
            )
        except BadFile as error:
            form.add_error("file", f"{str(error).rstrip('.')}.")
        else:
            _hand_over(request, made, apply=False)
            return redirect("desk:upload", pk=made.pk)
    shown = {"overview": selectors.overview(), "form": form}
    return render(request, "desk/imported/imports.html", shown, status=400 if form.errors else 200)


@require_safe
@for_editors
def upload(request: DeskRequest, pk: int) -> HttpResponse:
    """/desk/imports/uploads/<id>/: how far it is, or what would come of it."""
    found = get_object_or_404(Upload.objects.select_related("by"), pk=pk)
    return _upload_page(request, found, MappingForm({"mapping": found.mapping}))


@require_POST
@for_editors
def upload_do(request: DeskRequest, pk: int) -> HttpResponse:
    """What a button of that page asks for: map, try, apply, stop."""
    found = get_object_or_404(Upload, pk=pk)
    asked = request.POST.get("do", "")
    if asked == "map":
        form = MappingForm(request.POST)
        try:
            uploads.told(found, form.data.get("mapping", ""))
        except BadMapping as error:
            form.add_error("mapping", str(error))
            return _upload_page(request, found, form, status=400)
        _hand_over(request, Upload.objects.get(pk=pk), apply=False)
    elif asked == "stop":
        uploads.stop(found)
        messages.success(request, "The worker was asked to stop.")
    elif asked in ("try", "apply"):
        uploads.again(found)
        _hand_over(request, Upload.objects.get(pk=pk), apply=asked == "apply")
    else:
        raise Http404
    return redirect("desk:upload", pk=pk)


@require_safe
@for_editors
def refused(request: DeskRequest, pk: int) -> HttpResponse:
    """/desk/imports/uploads/<id>/refused.csv: all refused rows with their reasons."""
    found = get_object_or_404(Upload.objects.select_related("refused"), pk=pk, refused__isnull=False)
    assert found.refused is not None
    answer = HttpResponse(bodies.content_of(found.refused), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="refused-{found.pk}.csv"'
    return answer


@require_POST
@for_editors
def undo(request: DeskRequest, pk: int) -> HttpResponse:
    """Take an import back."""
    made = get_object_or_404(Import.objects.select_related("dataset"), pk=pk)
    try:
        undone = actions.take_back(made, by=request.user)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request,
            f"{made} is undone: {undone.deleted} records deleted, {undone.restored} as they were before, "
            f"{undone.kept} kept because something else needs them.",
        )
    return redirect("desk:imports")


@require_safe
@for_editors
def matches(request: DeskRequest) -> HttpResponse:
    """/desk/imports/matches/: names of which it is not certain whom they mean."""
    page = Paginator(selectors.questions(), selectors.SHOWN).get_page(request.GET.get("page"))
    asked = selectors.with_candidates(list(page))
    return render(request, "desk/imported/matches.html", {"page": page, "asked": asked})


@require_POST
@for_editors
def answer(request: DeskRequest, pk: int) -> HttpResponse:
    """Whom the name means."""
    question = get_object_or_404(Question, pk=pk)
    chosen = request.POST.get("organization", "")
    try:
        said = actions.answer_question(question, int(chosen) if chosen.isdecimal() else None, by=request.user)
        messages.success(request, said)
    except Refused as error:
        messages.error(request, str(error))
    return redirect("desk:matches")


@require_safe
@for_editors
def suggestions(request: DeskRequest) -> HttpResponse:
    """/desk/imports/suggestions/: what datasets say otherwise than editors."""
    page = Paginator(selectors.suggestions(), selectors.SHOWN).get_page(request.GET.get("page"))
    shown = {"page": page, "suggested": selectors.in_words(list(page))}
    return render(request, "desk/imported/suggestions.html", shown)


@require_POST
@for_editors
def decide(request: DeskRequest, pk: int) -> HttpResponse:
    """Take what the dataset says, or keep what the record says."""
    suggestion = get_object_or_404(Suggestion, pk=pk)
    try:
        messages.success(request, actions.decide(suggestion, take="take" in request.POST, by=request.user))
    except Refused as error:
        messages.error(request, str(error))
    return redirect("desk:suggestions")


def _hand_over(request: HttpRequest, made: Upload, *, apply: bool) -> None:
    if made.state != Upload.State.WAITING:
        return
    try:
        work.delay(made.pk, apply=apply)
    except OperationalError:
        uploads.stop(made)
        messages.error(request, "The queue cannot be reached, so nothing was begun. Try again in a minute.")


def _upload_page(request: HttpRequest, found: Upload, form: MappingForm, *, status: int = 200) -> HttpResponse:
    left = uploads.is_left(found)
    shown = {"upload": found, "progress": uploads.progress_of(found), "left": left, "form": form}
    page = render(request, "desk/imported/upload.html", shown, status=status)
    if found.under_way and not left:
        # A bar that moves without a script; the page holds nothing that could be lost by looking again.
        page["Refresh"] = "3"
    return page
