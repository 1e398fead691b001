"""One search over everything: PostgreSQL's full text with prefixes, on the record's names and words.

Every word has to be found, in any order, as the beginning of a word or in another form of it:
“police springfield il” finds the police of Springfield, Illinois. One query a group, whatever the size of the data.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank, SearchVector
from django.db.models import F, Model, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce, Concat
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from tracker.commitments.models import Commitment
from tracker.organizations.models import Alias, Organization, Place, Product, ProductAlias, Technology
from tracker.record.models import Finding, Question
from tracker.web.selectors.evidence import shown

PER_GROUP = 20
LONGEST = 200
NAME_MATCHES = 0.5  # a match at weight A ranks 0.6 or more, one at weight B alone about 0.3, at C 0.15
_WORD = re.compile(r"\w+")
_MARK, _END = "\u2402", "\u2403"


@dataclass(frozen=True)
class Hit:
    """One result: where it leads, what it is called, what it is, and its matching words."""

    url: str
    title: SafeString
    what: str
    excerpt: SafeString


@dataclass(frozen=True)
class Group:
    """Results of one kind, the best first; `more` where there are others, `in_name` where a name matches."""

    name: str
    hits: list[Hit]
    more: bool
    in_name: bool


def words_of(text: str) -> list[str]:
    """The words to look for, at most twelve; empty where there is nothing but signs."""
    return _WORD.findall(text)[:12]


def search(text: str) -> list[Group]:
    """Groups that hold something, those in which a name matches first.

    One query a group. `text` is at most LONGEST characters.
    """
    words = words_of(text)
    if not words:
        return []
    query = SearchQuery(" & ".join(f"{word}:*" for word in words), search_type="raw", config="english") | SearchQuery(
        " & ".join(f"{word}:*" for word in words), search_type="raw", config="simple"
    )
    found = (_group(name, rows, query) for name, rows in _GROUPS)
    return sorted((group for group in found if group.hits), key=lambda group: not group.in_name)


@dataclass(frozen=True)
class _Rows:
    """How one kind of record is searched: which rows, which words at which weight, how a row is called."""

    rows: Callable[[], "QuerySet[Any, Any]"]
    vector: Any
    title: str
    what: Callable[[Any], str]
    excerpt: str = ""
    excerpt_if_marked: bool = False
    url: Callable[[Any], str] = lambda row: str(row.get_absolute_url())


def _group(name: str, kind: _Rows, query: Any) -> Group:
    rows = kind.rows().annotate(document=kind.vector).filter(document=query)
    rows = rows.annotate(rank=SearchRank(F("document"), query), shown_title=_marked(kind.title, query, whole=True))
    if kind.excerpt:
        rows = rows.annotate(shown=_marked(kind.excerpt, query))
    found = list(rows.order_by("-rank", "pk")[: PER_GROUP + 1])
    hits = [_hit(row, kind) for row in found[:PER_GROUP]]
    in_name = bool(found) and found[0].rank >= NAME_MATCHES
    return Group(name, hits, more=len(found) > PER_GROUP, in_name=in_name)


def _hit(row: Any, kind: _Rows) -> Hit:
    excerpt = (row.shown or "").lstrip(". ") if kind.excerpt else ""
    if kind.excerpt_if_marked and _MARK not in excerpt:
        excerpt = ""
    return Hit(kind.url(row), _safe(row.shown_title), kind.what(row), _safe(excerpt))


def _marked(field: str, query: Any, *, whole: bool = False) -> SearchHeadline:
    """The words around the matches, between signs that `_safe` turns into <mark> after escaping the rest."""
    return SearchHeadline(
        field,
        query,
        config="english",
        start_sel=_MARK,
        stop_sel=_END,
        highlight_all=whole,
        max_words=60,
        min_words=40,
    )


def _safe(text: str) -> SafeString:
    shown = str(escape(text)).replace(_MARK, "<mark>").replace(_END, "</mark>")
    return mark_safe(shown)  # noqa: S308  (escaped on the line above; only our own <mark> is added)


def _named(model: type[Model], owner: str, outer: str = "pk") -> Subquery:
    names = model._default_manager.filter(**{owner: OuterRef(outer)}).order_by().values(owner)
    return Subquery(names.annotate(all=StringAgg("name", delimiter=", ")).values("all"))


def _vector(first: Iterable[str], second: Iterable[str] = (), third: Iterable[str] = ()) -> Any:
    """Words by weight, both as English stems them and as they stand,
    so that names of firms match as written.
    """
    vectors = [
        SearchVector(*fields, weight=weight, config=config)
        for fields, weight in ((first, "A"), (second, "B"), (third, "C"))
        if fields
        for config in ("english", "simple")
    ]
    whole: Any = vectors[0]
    for vector in vectors[1:]:
        whole = whole + vector
    return whole


_TOLD = Concat(
    Coalesce("other_names", Value(""), output_field=TextField()), Value(". "), "note", output_field=TextField()
)


def _organizations(*roles: str) -> "QuerySet[Any, Any]":
    rows = Organization.objects.filter(role__in=roles).select_related("place__parent", "parent")
    return rows.annotate(other_names=_named(Alias, "organization")).annotate(told=_TOLD)


def _where(row: Organization) -> str:
    kind = row.get_kind_display().capitalize()
    return (
        f"{kind}, {row.place}, {row.place.parent}"
        if row.place and row.place.parent
        else f"{kind}, {row.place}"
        if row.place
        else kind
    )


_IN_PLACE = (
    "place__name",
    "place__code",
    "place__parent__name",
    "place__parent__code",
    "place__parent__parent__code",
)
_VENDOR = _Rows(
    lambda: _organizations("vendor"),
    _vector(("name", "other_names"), (), ("note",)),
    "name",
    lambda row: f"vendor, a company of {row.parent}" if row.parent else "vendor",
    excerpt="told",
    excerpt_if_marked=True,
)
_AGENCY = _Rows(
    lambda: _organizations("agency"),
    _vector(("name", "other_names"), _IN_PLACE),
    "name",
    _where,
    excerpt="other_names",
    excerpt_if_marked=True,
)
_BODY = replace(_AGENCY, rows=lambda: _organizations("body"))
_PRODUCT = _Rows(
    lambda: Product.objects.select_related("vendor", "technology").annotate(
        other_names=_named(ProductAlias, "product"), makers_names=_named(Alias, "organization", "vendor")
    ),
    _vector(("name", "other_names"), ("vendor__name", "makers_names", "technology__name"), ("note",)),
    "name",
    lambda row: f"{row.technology.name}, of {row.vendor.name}",
)
_TECHNOLOGY = _Rows(
    Technology.objects.all,
    _vector(("name",), (), ("description",)),
    "name",
    lambda row: "technology",
    url=lambda row: f"/technologies/{row.slug}/",
)
_PLACE = _Rows(
    lambda: Place.objects.select_related("parent"),
    _vector(("name", "code"), ("parent__name", "parent__code")),
    "name",
    lambda row: f"{row.get_kind_display()} in {row.parent}" if row.parent else row.get_kind_display(),
    url=lambda row: f"/places/{row.slug}/",
)
_COMMITMENT = _Rows(
    lambda: Commitment.objects.public().select_related("actor"),
    _vector(("title",), ("actor__name",), ("covers", "subject", "where", "silent_on", "note")),
    "title",
    lambda row: f"{row.get_kind_display()} of {row.actor.name}",
    excerpt="subject",
)
_QUESTION = _Rows(
    lambda: Question.objects.filter(published_on__isnull=False).select_related("asked_of"),
    _vector(("text",), ("asked_of__name",), ("response", "follow_up")),
    "text",
    lambda row: f"asked of {row.asked_of.name}, {row.get_outcome_display().lower()}",
    excerpt="response",
)
_FINDING = _Rows(
    lambda: Finding.objects.filter(published_on__isnull=False),
    _vector(
        ("title",),
        ("subject__name", "agency__name", "by__name", "by_words"),
        ("summary", "outcome", "response"),
    ),
    "title",
    lambda row: f"{row.get_kind_display()}, {row.on.in_words()}",
    excerpt="summary",
)
_SOURCE = _Rows(
    shown,
    _vector(("title",), ("publisher",), ("note",)),
    "title",
    lambda row: (
        ", ".join(filter(None, (row.publisher, row.published_on.in_words() if row.published_on else "")))
        or row.get_kind_display()
    ),
)

_GROUPS: tuple[tuple[str, _Rows], ...] = (
    ("Vendors", _VENDOR),
    ("Agencies", _AGENCY),
    ("Other organisations", _BODY),
    ("Products", _PRODUCT),
    ("Technologies", _TECHNOLOGY),
    ("Places", _PLACE),
    ("Commitments", _COMMITMENT),
    ("Questions", _QUESTION),
    ("Findings", _FINDING),
    ("Evidence", _SOURCE),
)
