"""The desk: the queue, a lead, its two verdicts, a record's history, a page to watch, a source to add."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tracker.commitments.actions import NothingToChange
from tracker.commitments.models import Term
from tracker.desk import actions, selectors
from tracker.desk.access import DeskRequest, for_editors
from tracker.desk.forms import EvidenceForm, LeadForm, WatchForm
from tracker.desk.history import history_of
from tracker.desk.partnerships import actions as partnerships
from tracker.desk.partnerships.form import PartnershipForm
from tracker.desk.proposals import BETWEEN_TWO, headline, matter_of
from tracker.desk.refusals import AlreadyDecided, Malformed, Refused
from tracker.evidence.actions import CitesNothing
from tracker.partnerships.models import Partnership
from tracker.watch.models import Lead

Form = LeadForm | PartnershipForm


@require_safe
@for_editors
def inbox(request: DeskRequest) -> HttpResponse:
    """/desk/"""
    return render(request, "desk/inbox.html", {"inbox": selectors.inbox()})


@require_safe
@for_editors
def lead(request: DeskRequest, pk: int) -> HttpResponse:
    """/desk/leads/<id>/"""
    found = selectors.lead_with_page(pk)
    return _lead_page(request, found, _form_of(found)(lead=found))


@require_POST
@for_editors
def accept(request: DeskRequest, pk: int) -> HttpResponse:
    """One press: what the form says becomes a published term or partnership. Without the form's fields, what the lead
    proposes.
    """
    found = selectors.lead_with_page(pk)
    form_of = _form_of(found)
    whole = form_of.tells_itself_by in request.POST
    form = form_of(request.POST if whole else None, lead=found)
    if whole and found.state == Lead.State.NEW and not form.is_valid():
        return _lead_page(request, found, form, status=400)
    now = timezone.now()
    try:
        edits = form.edits() if whole and found.state == Lead.State.NEW else None
        accepting = partnerships.accept if form_of is PartnershipForm else actions.accept
        claim = accepting(found, by=request.user, on=now.date(), now=now, edits=edits)
    except AlreadyDecided as error:
        return _lead_page(request, selectors.lead_with_page(pk), form, refused=str(error), status=409)
    except Malformed as error:
        if whole:
            form.show(error)
        return _lead_page(request, found, form, refused="" if whole else str(error), status=400)
    except (Refused, NothingToChange, CitesNothing) as error:
        return _lead_page(request, found, form, refused=str(error), status=400)
    except IntegrityError as error:
        return _lead_page(request, found, form, refused=_by_database(error), status=400)
    messages.success(request, f"Recorded: {_in_words(claim)}.")
    return redirect("desk:inbox")


@require_POST
@for_editors
def reject(request: DeskRequest, pk: int) -> HttpResponse:
    """With a reason, or not at all."""
    found = selectors.lead_with_page(pk)
    try:
        actions.reject(
            found,
            by=request.user,
            now=timezone.now(),
            reason=request.POST.get("reason", "").replace("\0", ""),
        )
    except AlreadyDecided as error:
        return _lead_page(
            request, selectors.lead_with_page(pk), _form_of(found)(lead=found), refused=str(error), status=409
        )
    except Refused as error:
        return _lead_page(request, found, _form_of(found)(lead=found), refused=str(error), status=400)
    messages.success(request, f"Rejected: {headline(found.proposal)}.")
    return redirect("desk:inbox")


@require_http_methods(["GET", "POST"])
@for_editors
def add_watch(request: DeskRequest) -> HttpResponse:
    """/desk/watches/new/"""
    form = WatchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            watch = actions.add_watch(by=request.user, **form.cleaned_data)
        except Refused as error:
            form.add_error("url", str(error))
        else:
            messages.success(request, f"{watch} is watched from now on.")
            return redirect("desk:inbox")
    return _form_page(request, form, "Watch a page", "Watch it")


@require_http_methods(["GET", "POST"])
@for_editors
def add_evidence(request: DeskRequest, pk: int) -> HttpResponse:
    """/desk/terms/<id>/evidence/"""
    term = get_object_or_404(Term.objects.select_related("commitment"), pk=pk)
    form = EvidenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            citation = actions.add_evidence(term, by=request.user, **form.cleaned_data)
        except Refused as error:
            form.add_error("url", str(error))
        else:
            messages.success(request, f"“{citation.source}” is cited for “{term.commitment}”, {term}.")
            return redirect(term.commitment.get_absolute_url())
    return _form_page(request, form, f"Add evidence: {term.commitment}, {term}", "Add it")


@require_safe
@for_editors
def history(request: DeskRequest, table: str, pk: int) -> HttpResponse:
    """/desk/history/<table>/<id>/"""
    return render(request, "desk/history.html", {"table": table, "pk": pk, "changes": history_of(table, pk)})


def _form_of(lead: Lead) -> type[Form]:
    return PartnershipForm if matter_of(lead.proposal) in BETWEEN_TWO else LeadForm


def _in_words(claim: Term | Partnership) -> str:
    if isinstance(claim, Partnership):
        return f"{claim.vendor} and {claim.client}, {claim.get_status_display().lower()}"
    return f"“{claim.commitment.title}”, {claim}"


def _lead_page(request: HttpRequest, lead: Lead, form: Form, *, refused: str = "", status: int = 200) -> HttpResponse:
    proposal: dict[str, Any] = lead.proposal if isinstance(lead.proposal, dict) else {}
    said = [quote for quote in lead.quotes if isinstance(quote, dict)]
    context = {
        "lead": lead,
        "open": lead.state == Lead.State.NEW,
        "headline": headline(proposal),
        "form": form,
        "groups": _groups(form, said),
        "carve_out_sentences": _sentences(said, "carve_outs"),
        "change": selectors.change_on_page(lead),
        "on_record": selectors.on_record(proposal, timezone.localdate()),
        "partnerships": form.known if isinstance(form, PartnershipForm) else None,
        "refused": refused,
    }
    return render(request, "desk/lead.html", context, status=status)


@dataclass(frozen=True)
class _Group:
    """Fields that rest on the same sentences."""

    title: str
    fields: list[BoundField]
    sentences: list[str]


def _groups(form: Form, quotes: list[dict[str, Any]]) -> list[_Group]:
    return [_Group(title, [form[name] for name in names], _sentences(quotes, *on)) for title, on, names in form.groups]


def _sentences(quotes: list[dict[str, Any]], *fields: str) -> list[str]:
    return list(dict.fromkeys(str(quote.get("text", "")) for quote in quotes if quote.get("field") in fields))


def _form_page(request: HttpRequest, form: WatchForm | EvidenceForm, title: str, press: str) -> HttpResponse:
    status = 400 if form.errors else 200
    return render(request, "desk/form.html", {"form": form, "title": title, "press": press}, status=status)


def _by_database(error: IntegrityError) -> str:
    """The first line of what PostgreSQL says: it names the rule."""
    return f"The database refused it, nothing was saved: {str(error).strip().splitlines()[0]}"
