"""A product: who sells it, who uses it, what was promised and found about it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracker.web import asof
from tracker.web.addresses import find, follows_former_slugs
from tracker.web.paging import page_of
from tracker.web.selectors import partnerships, record
from tracker.web.selectors import products as selectors
from tracker.web.selectors.promises import rulings
from tracker.web.selectors.rows import first_rows


@follows_former_slugs
def product(request: HttpRequest, slug: str) -> HttpResponse:
    """A product on a day."""
    on, today = asof.days(request)
    product = find(selectors.products(), slug)
    clients = page_of(selectors.clients_of(product, on), request)
    findings = first_rows(record.findings(on).filter(product=product))
    asked = first_rows(record.questions(on).filter(products=product))
    promises = selectors.promises_about(product, on)
    context = {
        "on": on,
        "today": today,
        "product": product,
        "clients": clients,
        "promises": promises,
        "findings": findings,
        "questions": asked,
        "own_citations": list(product.citations.all()),
        "sources": partnerships.sources_of([product], clients, rulings(promises), findings, asked),
    }
    return render(request, "web/product.html", context)
