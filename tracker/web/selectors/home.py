"""The first page: what runs out, what lapsed, what changed, what nobody answered."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch

from tracker.commitments.lifecycle import Action, EndKind, Standing
from tracker.commitments.models import Commitment, Development, Term
from tracker.commitments.querysets import TermQuerySet
from tracker.dates import PartialDate
from tracker.organizations.models import Organization
from tracker.record.models import Question
from tracker.web import words
from tracker.web.selectors import record
from tracker.web.selectors.evidence import shown
from tracker.web.selectors.partnerships import served
from tracker.web.selectors.places import StateRow, by_state

_ROWS = 6
_STATES = 12


@dataclass(frozen=True)
class Dated:
    """A commitment with the end that rules it: where it stands, and how long until or since."""

    commitment: Commitment
    standing: Standing
    span: str
    since: str


def runs_out_next(on: date) -> list[Dated]:
    """In force on `on` with a fixed end, the nearest first."""
    ending = Term.objects.running(on).filter(end_kind=EndKind.FIXED).order_by("ends_on__startswith", "commitment__slug")
    return _dated(ending, on)


def lapsed(on: date) -> list[Dated]:
    """Past their end on `on` and not renewed, the latest first."""
    over = Term.objects.effective(on).filter(
        end_kind=EndKind.FIXED, commitment__in=Commitment.objects.lapsed(on).values("pk")
    )
    return _dated(over.order_by("-ends_on__startswith", "commitment__slug"), on)


def _dated(terms: TermQuerySet, on: date) -> list[Dated]:
    published = Prefetch("commitment__terms", Term.objects.published())
    found = []
    for term in terms.select_related("commitment__actor").prefetch_related(published)[:_ROWS]:
        lapses_on = term.end().lapses_on
        if lapses_on is not None:
            since = words.end_words(term.end(), through=term.ends_through)
            found.append(Dated(term.commitment, term.commitment.standing(on), words.span(on, lapses_on), since))
    return found


@dataclass(frozen=True)
class Changed:
    """One thing that was declared or happened to a commitment."""

    on: PartialDate
    commitment: Commitment
    word: str
    summary: str
    sources: int


def changed_lately(on: date) -> list[Changed]:
    """The latest thing declared or happened to each of a few commitments, up to `on`, newest first. Two queries."""
    terms = Term.objects.declared(on).select_related("commitment__actor").annotate(n=Count("citations", distinct=True))
    happened = Development.objects.filter(published_on__isnull=False, on__startswith__lte=on)
    developments = happened.select_related("commitment__actor").annotate(n=Count("citations", distinct=True))
    found = [
        _changed_by_term(term) for term in terms.order_by("-declared_on__startswith", "-order", "-pk")[: 4 * _ROWS]
    ]
    found += [_changed_by(row) for row in developments.order_by("-on__startswith", "-pk")[: 4 * _ROWS]]
    latest: dict[int, Changed] = {}
    for change in sorted(found, key=lambda change: change.on, reverse=True):
        latest.setdefault(change.commitment.pk, change)
    return list(latest.values())[:_ROWS]


def _changed_by_term(term: Any) -> Changed:
    return Changed(
        term.declared_on,
        term.commitment,
        words.action_word(Action(term.action), term.commitment.nature),
        term.summary,
        term.n,
    )


def _changed_by(row: Any) -> Changed:
    return Changed(row.on, row.commitment, row.get_kind_display().capitalize(), row.summary, row.n)


def without_answer(on: date) -> list[Question]:
    """Questions without an answer on `on`, the longest first; those whose day is not known are left out."""
    open_ones = record.questions(on).open(on).filter(asked_on__isnull=False)
    return list(open_ones.order_by("asked_on__endswith", "slug")[:_ROWS])


@dataclass(frozen=True)
class Holdings:
    """How much is on record; of partnerships those that are running or ran, not the denied and the never begun."""

    vendors: int
    partnerships: int
    commitments: int
    sources: int


def holdings(on: date) -> Holdings:
    """Counted in four queries."""
    return Holdings(
        vendors=Organization.objects.vendors().count(),
        partnerships=served(on).count(),
        commitments=Commitment.objects.public().count(),
        sources=shown().count(),
    )


def states(on: date) -> list[StateRow]:
    """The states with the most agencies that are known to have a partnership. The rest stand under /places/."""
    rows = [row for row in by_state(on) if row.known]
    return sorted(rows, key=lambda row: (-(row.known or 0), row.place.name))[:_STATES]
