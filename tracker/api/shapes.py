"""From records to the shapes of schemas.py. No queries here: the selectors have fetched everything."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from tracker.api import schemas
from tracker.api.answers import address
from tracker.api.words import reason
from tracker.commitments import lifecycle
from tracker.commitments.models import CarveOut, Commitment, Term
from tracker.dates import PartialDate
from tracker.organizations.models import Organization
from tracker.record.models import Question


def commitment(of: Commitment, on: date) -> schemas.Commitment:
    """One commitment with everything known of it by `on`."""
    standing, terms = of.standing(on), list(of.terms.all())
    confirmed = [when for term in terms if (when := term.confirmed_on) and when.first <= on]
    verdicts = list(of.verdicts.all())
    carve_outs = [each for term in terms for each in term.carve_outs.all()]
    return schemas.Commitment(
        **_line(of, standing),
        on=on,
        reason=reason(standing),
        last_confirmed=_edtf(max(confirmed, default=None)),
        carve_outs=list(dict.fromkeys(str(each) for each in carve_outs if _still_excepted(each, on))),
        verdict=verdicts[-1].value if verdicts else None,
        evidence=_urls([*terms, *carve_outs, *verdicts, *of.developments.all()]),
        terms=[_term(term) for term in terms],
    )


def commitment_line(of: Commitment, on: date) -> schemas.CommitmentLine:
    """One commitment in a list."""
    return schemas.CommitmentLine(**_line(of, of.standing(on)))


def vendor(of: Any, on: date) -> schemas.Vendor:
    """One vendor from `selectors.whole_vendors`."""
    return schemas.Vendor(**_organization(of, on), products=[named(product) for product in of.products.all()])


def agency(of: Any, vendors: Iterable[Organization], on: date) -> schemas.Agency:
    """One agency from `selectors.whole_agencies`, with the vendors that serve it."""
    return schemas.Agency(
        **_organization(of, on),
        place=of.place.name if of.place else None,
        vendors=[named(each) for each in vendors],
    )


def organization_line(of: Organization) -> schemas.OrganizationLine:
    """One vendor or agency in a list."""
    return schemas.OrganizationLine(slug=of.slug, name=of.name, kind=of.kind, url=address(of))


def question(of: Question, on: date) -> schemas.Question:
    """One question, with the days it has waited by `on`."""
    return schemas.Question(
        slug=of.slug,
        text=of.text,
        asked_of=named(of.asked_of),
        asked_by=of.asked_by.name if of.asked_by else of.asked_by_words,
        asked_on=_edtf(of.asked_on),
        outcome=of.outcome,
        response_kind=of.response_kind,
        days_unanswered=of.days_unanswered(on),
        url=address(of),
    )


def named(of: Any) -> schemas.Named:
    """A record by slug and name."""
    return schemas.Named(slug=of.slug, name=of.name)


def _line(of: Commitment, standing: lifecycle.Standing) -> dict[str, Any]:
    actor = schemas.Actor(slug=of.actor.slug, name=of.actor.name, url=address(of.actor))
    return {**_state(of, standing), "actor": actor, "kind": of.kind, "nature": of.nature, "url": address(of)}


def _state(of: Commitment, standing: lifecycle.Standing) -> dict[str, Any]:
    return {
        "slug": of.slug,
        "title": of.title,
        "state": standing.state.value,
        "expiring": standing.expiring,
        "unconfirmed": standing.unconfirmed,
        "end": _end(standing.end),
        "days_left": standing.days_left,
    }


def _organization(of: Any, on: date) -> dict[str, Any]:
    return {
        "slug": of.slug,
        "name": of.name,
        "kind": of.kind,
        "url": address(of),
        "on": on,
        "parent": named(of.parent) if of.parent else None,
        "aliases": [alias.name for alias in of.aliases.all()],
        "partnerships": of.partnership_count,
        "commitments": [schemas.StateOnDay(**_state(each, each.standing(on))) for each in of.commitments.all()],
    }


def _term(term: Term) -> schemas.Term:
    return schemas.Term(
        order=term.order,
        action=term.action,
        declared_on=str(term.declared_on),
        effective_from=_edtf(term.effective_from),
        end=_end(term.end()),
        end_computed=term.end_computed,
        summary=term.summary,
        evidence=_urls([term]),
    )


def _end(end: lifecycle.End | None) -> schemas.End:
    if end is None:
        return schemas.End(kind=None, ends_on=None, condition=None, not_before=None)
    return schemas.End(
        kind=end.kind.value,
        ends_on=_edtf(end.ends_on),
        condition=end.condition or None,
        not_before=_edtf(end.not_before),
    )


def _still_excepted(carve_out: CarveOut, on: date) -> bool:
    """Whether no published term has ended it by `on`; its own term was declared by then, or it was not
    fetched.
    """
    until = carve_out.until
    return until is None or until.published_on is None or until.declared_on.first > on


def _urls(claims: Iterable[Any]) -> list[str]:
    """The addresses of what the claims cite, each once, in order. A printed document has none."""
    cited = (citation.source.url for claim in claims for citation in claim.citations.all())
    return list(dict.fromkeys(url for url in cited if url))


def _edtf(when: PartialDate | None) -> str | None:
    return None if when is None else str(when)
