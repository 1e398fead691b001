"""Commitments: the list with its filters, and one commitment as of a day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracker.commitments.lifecycle import State
from tracker.commitments.models import Commitment
from tracker.web import asof, words
from tracker.web.addresses import find, follows_former_slugs
from tracker.web.choices import choice
from tracker.web.paging import extra, page_of
from tracker.web.selectors import commitment as selectors
from tracker.web.selectors.lists import EXPIRING, commitments_where, technologies_promised_about
from tracker.web.selectors.promises import promises

_STATES = [EXPIRING, *(state.value for state in State if state is not State.NOT_YET_MADE)]


def commitment_list(request: HttpRequest) -> HttpResponse:
    """Every commitment made by a day, by state, kind and technology."""
    on, today = asof.days(request)
    technologies = list(technologies_promised_about())
    chosen = {
        "state": choice(request, "state", _STATES),
        "kind": choice(request, "kind", Commitment.Kind.values),
        "technology": choice(request, "technology", [technology.slug for technology in technologies]),
    }
    page = page_of(commitments_where(on, **chosen), request)
    context = {
        "on": on,
        "today": today,
        "page": page,
        "promises": promises(Commitment.objects.filter(pk__in=[row.pk for row in page]), on),
        "chosen": chosen,
        "states": [(key, words.state_name(key)) for key in _STATES],
        "kinds": Commitment.Kind.choices,
        "technologies": [(technology.slug, technology.name) for technology in technologies],
        "caption": f"{words.count(page.paginator.count, 'commitment').capitalize()}, as they stood on {words.day(on)}",
        "extra": extra(request, "page"),
    }
    return render(request, "web/commitments.html", context)


@follows_former_slugs
def commitment(request: HttpRequest, slug: str) -> HttpResponse:
    """One commitment: where it stood on the day asked for, and why."""
    on, today = asof.days(request)
    found = selectors.account(find(selectors.commitments(), slug), on)
    context = {
        "on": on,
        "today": today,
        "commitment": found.commitment,
        "account": found,
        "timelines": found.drawings(today),
    }
    return render(request, "web/commitment.html", context)
