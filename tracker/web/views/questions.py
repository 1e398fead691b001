"""Questions that were put, and how long there has been no answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracker.web import asof
from tracker.web.addresses import find, follows_former_slugs
from tracker.web.choices import choice
from tracker.web.paging import page_of
from tracker.web.selectors import record


def question_list(request: HttpRequest) -> HttpResponse:
    """Questions without an answer, the longest asked first; `?answer=given` shows the others."""
    on, today = asof.days(request)
    given = choice(request, "answer", ("given",))
    asked = record.questions(on)
    unanswered = asked.open(on)
    rows = asked.exclude(pk__in=unanswered.order_by().values("pk")) if given else unanswered
    page = page_of(rows, request)
    return render(request, "web/questions.html", {"on": on, "today": today, "page": page, "given": given})


@follows_former_slugs
def question(request: HttpRequest, slug: str) -> HttpResponse:
    """A question on a day: who asked whom, what came back, how long nothing did."""
    on, today = asof.days(request)
    question = find(record.questions(on).prefetch_related("products__vendor"), slug)
    context = {
        "on": on,
        "today": today,
        "question": question,
        "days": question.days_unanswered(on),
        "open": question in record.questions(on).open(on).filter(pk=question.pk),
        "citations": list(question.citations.all()),
    }
    return render(request, "web/question.html", context)
