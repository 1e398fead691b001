"""What editors do: accept or reject a lead, add a source, have a page watched."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import pghistory
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from tracker.commitments import actions as commitments
from tracker.commitments.lifecycle import Action, End, State
from tracker.commitments.models import Commitment, Term, TermCitation
from tracker.desk import naming, proposals, quotes
from tracker.desk.deciding import all_of, decide, undecided
from tracker.desk.proposals import Proposed
from tracker.desk.refusals import Malformed, Refused
from tracker.evidence.actions import Quoted, know_source
from tracker.evidence.urls import normalise
from tracker.organizations.models import Organization, Product, Technology
from tracker.watch.actions import watch_page
from tracker.watch.models import Lead, Watch


@transaction.atomic
def accept(lead: Lead, *, by: User, on: date, now: datetime, edits: Mapping[str, Any] | None = None) -> Term:
    """Publish on `on` what the lead proposes, with the editor's `edits` on top and its sentences as evidence.

    `edits` has the shape of the proposal and replaces its fields. All or nothing is written.
    Raises AlreadyDecided if somebody was faster, Malformed for what cannot be saved as it is (or where it is
    not clear which commitment it changes), Refused for what is on record already, NothingToChange where the
    commitment does not run.
    """
    with pghistory.context(user=by.pk, lead=lead.pk):
        lead = undecided(lead)
        fact = proposals.read(lead.proposal, edits)
        actor, products = _actor(fact), all_of(Product.objects.all(), fact.products, "products")
        sentences = quotes.sentences_of(lead)
        said: dict[str, Any] = {
            "declared_on": fact.declared_on,
            "effective_from": fact.effective_from,
            "end": End(fact.end.kind, fact.end.ends_on, fact.end.condition, fact.end.not_before),
            "end_computed": fact.end.computed,
            "ends_through": fact.end.through,
            "evidence": quotes.evidence_for_term(lead, sentences),
            "carve_outs": _carve_outs(lead, fact, sentences),
            "published_on": on,
        }
        if fact.action is Action.ANNOUNCED and fact.commitment is None:
            _refuse_a_second_record(actor, fact, products)
            term = commitments.announce(actor, _subject(actor, fact, products), **said)
        else:
            term = commitments.declare(_changed(actor, fact, products), fact.action, **said)
        decide(lead, Lead.State.ACCEPTED, by=by, now=now, term=term)
    return term


@transaction.atomic
def reject(lead: Lead, *, by: User, now: datetime, reason: str) -> None:
    """Publish nothing from this lead, and say why. Raises AlreadyDecided, and Refused without a reason."""
    if not reason.strip():
        raise Refused("Say in a few words why it is rejected: the next editor will ask.")
    with pghistory.context(user=by.pk, lead=lead.pk):
        decide(undecided(lead), Lead.State.REJECTED, by=by, now=now, reason=reason.strip())


@transaction.atomic
def add_watch(url: str, *, organization: Organization | None, title: str, by: User) -> Watch:
    """Watch a page from now on. Raises ValueError for a bad address, Refused if it is watched already."""
    known = Watch.objects.filter(source__normalised_url=normalise(url)).first()
    if known is not None:
        raise Refused(f"{known} is watched already ({known.get_state_display()}).")
    with pghistory.context(user=by.pk):
        return watch_page(url, organization=organization, title=title)


@transaction.atomic
def add_evidence(term: Term, url: str, *, title: str, kind: str, quote: str, by: User) -> TermCitation:
    """Cite one more source for a term. Raises ValueError for a bad address, Refused if cited so already."""
    with pghistory.context(user=by.pk):
        source = know_source(url, title=title, kind=kind)
        Term.objects.select_for_update().get(pk=term.pk)
        if TermCitation.objects.filter(claim=term, source=source, quote=quote, page="").exists():
            raise Refused(f"“{source}” is cited for this with these words already.")
        citation = Quoted(source, quote=quote).cite(TermCitation, term)
        citation.save()
    return citation


def _actor(fact: Proposed) -> Organization:
    """Who declares, locked: two leads about one actor are accepted one after the other."""
    if fact.actor is None:
        raise Malformed({"actor": f"“{fact.actor_name}” has no record yet; add the organisation, then give its slug"})
    actor = Organization.objects.select_for_update(of=("self",)).filter(slug=fact.actor).first()
    if actor is None:
        raise Malformed({"actor": f"there is no organisation “{fact.actor}”"})
    return actor


def _subject(actor: Organization, fact: Proposed, products: Sequence[Product]) -> commitments.Subject:
    named = Q(pk__in=[])
    for word in fact.technology:
        named |= Q(name__iexact=word)
    return commitments.Subject(
        title=fact.title or naming.title_for(actor, fact.kind, products),
        slug=naming.slug_for(actor, fact.kind, products, fact.declared_on),
        kind=fact.kind,
        nature=fact.nature,
        products=products,
        technologies=list(Technology.objects.filter(named)),
        covers=fact.covers,
        silent_on=fact.silent_on,
    )


def _carve_outs(lead: Lead, fact: Proposed, sentences: Sequence[quotes.Sentence]) -> list[commitments.Excepted]:
    slugs = [each.organization for each in fact.carve_outs if each.organization]
    known = {each.slug: each for each in all_of(Organization.objects.all(), slugs, "carve_outs")}
    excepted = []
    for each in fact.carve_outs:
        organization = known[each.organization] if each.organization else None
        names = [each.words, organization.name if organization else ""]
        excepted.append(
            commitments.Excepted(
                organization=organization,
                words="" if organization else each.words,
                purpose=each.purpose,
                evidence=quotes.evidence_for_carve_out(lead, sentences, names),
            )
        )
    return excepted


def _refuse_a_second_record(actor: Organization, fact: Proposed, products: Sequence[Product]) -> None:
    """An announcement is often found on two pages: once on record, the second page is only evidence."""
    same = Commitment.objects.filter(
        actor=actor, kind=fact.kind, terms__action=Action.ANNOUNCED, terms__declared_on=fact.declared_on
    ).prefetch_related("products")
    for commitment in same:
        if {each.pk for each in commitment.products.all()} == {each.pk for each in products}:
            raise Refused(
                f"This is recorded already as “{commitment.title}” ({commitment.slug}). "
                "Reject the lead as a duplicate, or add its page to that record as evidence."
            )


def _changed(actor: Organization, fact: Proposed, products: Sequence[Product]) -> Commitment:
    """The commitment that is changed: the one named, else the actor's only running one on the products."""
    if fact.commitment:
        named = Commitment.objects.filter(slug=fact.commitment, actor=actor).first()
        if named is None:
            raise Malformed({"commitment": f"{actor.name} has no commitment “{fact.commitment}”"})
        return named
    own = Commitment.objects.filter(actor=actor)
    if products:
        own = own.filter(products__in=products).distinct()
    of_then = own.with_state(fact.declared_on.last)
    running = [each for each in of_then if State(each.state) in _RUNNING]  # type: ignore[attr-defined]
    if len(running) != 1:
        which = (
            f"several run: {', '.join(each.slug for each in running)}" if running else "none of them runs on that day"
        )
        raise Malformed({"commitment": f"choose which commitment of {actor.name} was {fact.action.value}; {which}"})
    return running[0]


_RUNNING = (State.IN_FORCE, State.ANNOUNCED, State.SUSPENDED)
