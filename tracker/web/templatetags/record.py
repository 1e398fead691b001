"""What the pages of record need besides `web`."""

from datetime import date, timedelta
from typing import Any

from django import template

from tracker.evidence.models import Source
from tracker.partnerships.models import Partnership, PartnershipCitation
from tracker.web.words import money, on_or_in

register = template.Library()
register.filter("money", money)
register.filter("on_or_in", on_or_in)


@register.simple_tag(takes_context=True)
def kept(context: template.Context, without: str = "page") -> str:
    """This page's query string without one parameter, ready to be put before another:
    “state=ohio&kind=police&”.
    """
    request: Any = context["request"]
    query = request.GET.copy()
    query.pop(without, None)
    return f"{query.urlencode()}&" if query else ""


@register.filter
def ends_after(deal: Partnership, on: date) -> bool:
    """Whether a partnership is known to have ended, and only after `on`: seen from that day, it had not."""
    return deal.ended is not None and deal.ended.first > on


@register.filter
def over(deal: Partnership, on: date) -> bool:
    """Whether a partnership is known to have ended by `on`."""
    return deal.status == Partnership.Status.ENDED and not ends_after(deal, on)


@register.filter
def saying_so(deal: Partnership) -> list[PartnershipCitation]:
    """Of the sources of a partnership that ended, those that say so: the one that is no dataset, or of several those
    not published before it ended. None where no source can be told apart from the rest.
    """
    told = [citation for citation in deal.citations.all() if citation.source.kind != Source.Kind.DATASET]
    if len(told) == 1 or deal.ended is None:
        return told if len(told) == 1 else []
    ended = deal.ended.first
    return [one for one in told if one.source.published_on and one.source.published_on.last >= ended]


_LONG = timedelta(days=365)


@register.filter
def status_on(deal: Partnership, on: date) -> str:
    """The status of a partnership as far as it is known on `on`: what was seen long ago is not told as today's."""
    last, status = deal.last_confirmed, deal.status
    over = deal.ended is not None and deal.ended.last < on
    if status == Partnership.Status.ENDED and ends_after(deal, on):
        return "running"
    if status == Partnership.Status.UNKNOWN:
        return "not known since" if last is not None and last.last < on else "not known"
    told = deal.get_status_display().lower()
    if status in (Partnership.Status.CONFIRMED, Partnership.Status.REPORTED):
        if over:
            return f"{told}, its end date has passed"
        if last is not None and on - last.last > _LONG:
            return f"{told} then, not known since"
    return told


_CURRENCIES = {"USD": "US dollars", "EUR": "euros", "GBP": "pounds", "CAD": "Canadian dollars"}


@register.filter
def currency_name(code: str) -> str:
    """“US dollars” for USD; a code that is not known stands as it is, and none is told as such."""
    return _CURRENCIES.get(code, code) or "a currency that the source does not name"
