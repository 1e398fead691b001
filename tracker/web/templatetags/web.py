"""What templates say of dates, states and sources."""

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracker.commitments.lifecycle import Standing
from tracker.dates import PartialDate
from tracker.evidence.models import Source
from tracker.organizations.models import Place
from tracker.record.models import Question
from tracker.web import asof, words
from tracker.web.selectors.promises import Promise

register = template.Library()

NAVIGATION = (
    ("/vendors/", "Vendors"),
    ("/commitments/", "Commitments"),
    ("/agencies/", "Agencies"),
    ("/places/", "Places"),
    ("/questions/", "Questions"),
    ("/evidence/", "Evidence"),
    ("/about/", "Method"),
)


@register.inclusion_tag("web/_navigation.html", takes_context=True)
def navigation(context: template.Context) -> dict[str, Any]:
    """The sections of the site, with the one that this page belongs to. Touches neither session nor user: no cookie."""
    return {"sections": NAVIGATION, "here": _path(context)}


@register.inclusion_tag("web/_as_of.html", takes_context=True)
def as_of(context: template.Context) -> dict[str, Any]:
    """The form that shows this page as of another day, and a note if it is not today's. Needs `on` in the context."""
    return {"on": context["on"], "today": asof.today(), "here": _path(context)}


def _path(context: template.Context) -> str:
    request = context.get("request")
    return request.path if request is not None else ""


@register.inclusion_tag("web/_state.html")
def state(standing: Standing) -> dict[str, Any]:
    """Shape and word of where a commitment stands."""
    key = words.state_key(standing)
    return {
        "key": key,
        "shape": words.SHAPES[key],
        "word": words.state_word(standing),
        "unconfirmed": standing.unconfirmed,
    }


@register.simple_tag
def when(moment: PartialDate | date | None, unknown: str = "not known") -> SafeString | str:
    """A date as <time>, in words; `unknown` for None. A PartialDate keeps its precision."""
    if moment is None:
        return unknown
    partial = moment if isinstance(moment, PartialDate) else PartialDate(moment)
    return format_html('<time datetime="{}">{}</time>', str(partial), partial.in_words())


@register.filter
def in_full(on: date) -> str:
    """“10 June 2020”."""
    return words.day(on)


@register.filter
def uncertain(moment: PartialDate) -> str:
    """“on 10 June 2020”, “in June 2020, day not known”."""
    return words.uncertain(moment)


@register.filter
def days_unanswered(question: Question, on: date) -> int | None:
    """Days without an answer on `on`; None where that is not known or it was answered."""
    return question.days_unanswered(on)


@register.filter
def sentence(text: str) -> str:
    """The text with a capital first letter and a full stop, its dates in words, for what was noted as a fragment."""
    text = words.dates_in_words(text.strip())
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in '.!?”"’' else ".")


@register.filter
def dated(text: str) -> str:
    """The text with its dates in words: “2026-02-12” → “12 February 2026”."""
    return words.dates_in_words(text)


@register.filter
def stop(text: str) -> str:
    """The full stop that ends a sentence after this text; none after “Inc.”, which has its own."""
    return "" if text.rstrip().endswith(".") else "."


@register.filter
def spaced(word: str) -> str:
    """A key as words: “wrongful_arrest” → “wrongful arrest”."""
    return word.replace("_", " ")


@register.filter
def host(source: Source) -> str:
    """Who published a source, in a word or two: its publisher, else its address's host, else its kind."""
    if source.publisher:
        return source.publisher
    if source.url:
        return (urlsplit(source.url).hostname or "").removeprefix("www.") or source.get_kind_display()
    return source.get_kind_display()


@register.filter
def imported_from(origin: str) -> str:
    """The dataset's name in an origin such as “imported:flock-decisions”."""
    return origin.removeprefix("imported:").replace("-", " ").replace("_", " ")


@register.filter
def place_line(place: Place) -> str:
    """“Orlando, FL”: a place with the code, else the name, of the state or country it lies in."""
    above = place.parent
    if above is not None and above.kind == Place.Kind.COUNTY:
        above = above.parent
    return (
        f"{place.name}, {above.code or above.name}"
        if above is not None and place.kind in ("city", "county")
        else place.name
    )


@register.filter
def end_in_words(promise: Promise) -> str:
    """The end that rules on the day: “until 11 May 2027”, “no source gives an end”; empty where it was stopped."""
    ruling = promise.standing.ruling
    if ruling is None or ruling.stops:
        return "no longer runs" if ruling else ""
    through = bool(promise.ruling and promise.ruling.ends_through)
    return words.end_words(ruling.end, through=through).removeprefix("with ")


@register.simple_tag
def state_shape(standing: Standing) -> SafeString:
    """The shape of where a commitment stands, in its colour, for a sentence that says the state itself."""
    key = words.state_key(standing)
    return format_html(
        '<span class="state state-{}"><span class="state-shape" aria-hidden="true">{}</span></span>',
        key,
        words.SHAPES[key],
    )
