"""Writing what was promised: one verb a declaration, one transaction each, always with the evidence it rests on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NotRequired, TypedDict, Unpack

from django.db import transaction
from django.db.models import Max

from tracker.commitments.lifecycle import STOPS, Action, End, State
from tracker.commitments.models import CarveOut, CarveOutCitation, Commitment, Term, TermCitation
from tracker.dates import PartialDate, plus_years
from tracker.evidence.actions import CitesNothing, Quoted
from tracker.organizations.models import Organization, Product, Technology


class NothingToChange(ValueError):
    """The commitment does not run on the day on which it is said to be extended, narrowed, suspended, …"""


@dataclass(frozen=True)
class Excepted:
    """Somebody or something that a term leaves out: an organisation with a record, or words."""

    organization: Organization | None = None
    words: str = ""
    purpose: str = ""
    evidence: Sequence[Quoted] = field(default_factory=tuple)


@dataclass(frozen=True)
class Subject:
    """What a new commitment is about and whom it covers."""

    title: str
    slug: str
    kind: str
    nature: str = Commitment.Nature.VOLUNTARY
    products: Sequence[Product] = ()
    technologies: Sequence[Technology] = ()
    covers: str = ""
    subject: str = ""
    where: str = ""
    silent_on: str = ""


class Declared(TypedDict):
    """What `declare` takes of a declaration, for verbs that pass it on."""

    declared_on: PartialDate
    end: End
    evidence: Iterable[Quoted]
    published_on: date
    effective_from: NotRequired[PartialDate | None]
    carve_outs: NotRequired[Iterable[Excepted]]
    end_computed: NotRequired[bool]
    ends_through: NotRequired[bool]
    summary: NotRequired[str]


@transaction.atomic
def announce(actor: Organization, about: Subject, **declared: Unpack[Declared]) -> Term:
    """Record a new commitment of `actor` with its first term. Raises CitesNothing without evidence."""
    commitment = Commitment.objects.create(
        actor=actor,
        title=about.title,
        slug=about.slug,
        kind=about.kind,
        nature=about.nature,
        covers=about.covers,
        subject=about.subject,
        where=about.where,
        silent_on=about.silent_on,
    )
    commitment.products.set(about.products)
    commitment.technologies.set(about.technologies)
    return declare(commitment, Action.ANNOUNCED, **declared)


def extend(
    commitment: Commitment,
    *,
    declared_on: PartialDate,
    until: End,
    evidence: Iterable[Quoted],
    published_on: date,
) -> Term:
    """Record that the actor moved the end of its promise. Raises NothingToChange if it is not running then."""
    return declare(
        commitment,
        Action.EXTENDED,
        declared_on=declared_on,
        end=until,
        evidence=evidence,
        published_on=published_on,
    )


@transaction.atomic
def declare(
    commitment: Commitment,
    action: Action,
    *,
    declared_on: PartialDate,
    end: End,
    evidence: Iterable[Quoted],
    published_on: date,
    effective_from: PartialDate | None = None,
    carve_outs: Iterable[Excepted] = (),
    end_computed: bool = False,
    ends_through: bool = False,
    summary: str = "",
) -> Term:
    """Record one declaration about a commitment, published on `published_on`, with its carve-outs.

    Raises CitesNothing without evidence, and NothingToChange where `action` presupposes a promise that runs
    (extended, narrowed, widened, suspended, made indefinite or permanent) and none does on the day declared.
    """
    cited = list(evidence)
    if not cited:
        raise CitesNothing(f"“{commitment.title}”: a published term needs at least one source")
    Commitment.objects.select_for_update().get(pk=commitment.pk)
    if action in _PRESUPPOSE_RUNNING:
        state = commitment.standing(declared_on.last).state
        if state not in (State.ANNOUNCED, State.IN_FORCE, State.SUSPENDED):
            raise NothingToChange(
                f"“{commitment.title}” is {state.value.replace('_', ' ')} on {declared_on}; it cannot be {action.value}"
            )
    last = commitment.terms.aggregate(last=Max("order"))["last"] or 0
    term = Term.objects.create(
        commitment=commitment,
        order=last + 1,
        declared_on=declared_on,
        action=action.value,
        effective_from=effective_from,
        end_kind=end.kind.value,
        ends_on=end.ends_on,
        end_computed=end_computed,
        ends_through=ends_through,
        condition=end.condition,
        not_before=end.not_before,
        confirmed_on=declared_on,
        reconfirm_by=plus_years(declared_on.last, 1) if end.ends_on is None and action not in STOPS else None,
        summary=summary,
        published_on=published_on,
    )
    TermCitation.objects.bulk_create(quoted.cite(TermCitation, term) for quoted in cited)
    for excepted in carve_outs:
        _carve_out(term, excepted, fallback=cited, published_on=published_on)
    return term


_PRESUPPOSE_RUNNING = {
    Action.EXTENDED,
    Action.NARROWED,
    Action.WIDENED,
    Action.SUSPENDED,
    Action.MADE_INDEFINITE,
    Action.MADE_PERMANENT,
    Action.REAFFIRMED,
}


def _carve_out(term: Term, excepted: Excepted, *, fallback: Sequence[Quoted], published_on: date) -> CarveOut:
    carve_out = CarveOut.objects.create(
        term=term,
        organization=excepted.organization,
        words=excepted.words,
        purpose=excepted.purpose,
        published_on=published_on,
    )
    cited = excepted.evidence or fallback
    CarveOutCitation.objects.bulk_create(quoted.cite(CarveOutCitation, carve_out) for quoted in cited)
    return carve_out
