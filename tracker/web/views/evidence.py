"""Sources: the list, and a page that tells what each one backs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracker.evidence.models import Source
from tracker.web import asof
from tracker.web.addresses import find, follows_former_slugs
from tracker.web.choices import choice, phrase
from tracker.web.paging import page_of
from tracker.web.selectors import evidence as selectors


def source_list(request: HttpRequest) -> HttpResponse:
    """All sources, by kind, publisher, words of the title and state of the link."""
    on, today = asof.days(request)
    chosen = {
        "kind": choice(request, "kind", Source.Kind),
        "health": choice(request, "health", Source.Health),
        "publisher": phrase(request, "publisher"),
        "words": phrase(request, "words"),
    }
    page = page_of(selectors.sources(**chosen), request)
    uses = selectors.uses_of(page)
    context = {
        "on": on,
        "today": today,
        "page": page,
        "rows": [(source, uses[source.pk]) for source in page],
        "chosen": chosen,
    }
    return render(
        request,
        "web/evidence.html",
        {**context, "kinds": Source.Kind.choices, "healths": Source.Health.choices},
    )


@follows_former_slugs
def source(request: HttpRequest, slug: str) -> HttpResponse:
    """A source: what it is, how it was read, where it is archived, and every claim that rests on it."""
    on, today = asof.days(request)
    source = find(Source.objects.all(), slug)
    context = {
        "on": on,
        "today": today,
        "source": source,
        "seen": SEEN.get(source.seen, source.seen),
        "openable": source.url.startswith(("https://", "http://")),
        "archive_openable": source.archive_url.startswith(("https://", "http://")),
        "backed": selectors.backed_by(source),
        "deals": page_of(selectors.deals_citing(source), request),
        "snapshots": selectors.snapshots_of(source),
    }
    return render(request, "web/source.html", context)


SEEN = {
    "excerpt": "from an excerpt of the page, not the page itself",
    "file": "from a copy in a file",
    "dataset": "as a row of a dataset; the page itself was not opened",
    "address": "only its address was seen",
    "page": "the page itself",
}
"""How a source was read, in words; a word that is not here is shown as it stands."""
