"""Accepting a lead about a partnership: a new record, or the change of a known one."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pghistory
from django.contrib.auth.models import User
from django.db import transaction

from tracker.desk import naming, quotes
from tracker.desk.deciding import all_of, decide, undecided
from tracker.desk.partnerships import proposed
from tracker.desk.partnerships.proposed import ProposedPartnership
from tracker.desk.refusals import Malformed, Refused
from tracker.evidence.actions import Quoted
from tracker.organizations.models import Organization, Product, Technology
from tracker.partnerships import actions as partnerships
from tracker.partnerships.models import Partnership
from tracker.watch.models import Lead


@transaction.atomic
def accept(lead: Lead, *, by: User, on: date, now: datetime, edits: Mapping[str, Any] | None = None) -> Partnership:
    """Publish on `on` what the lead says of two, with the editor's `edits` on top and its sentences as evidence.

    What has ended or rests changes the known partnership, the one named or the only one there is; where none is known,
    it is recorded as over or resting. All or nothing is written. Raises AlreadyDecided, Malformed, and Refused for what
    is on record already or cannot become so.
    """
    with pghistory.context(user=by.pk, lead=lead.pk):
        lead = undecided(lead)
        fact = proposed.read(lead, edits)
        evidence = quotes.evidence_for_term(lead, quotes.sentences_of(lead))
        known = _known(fact)
        try:
            told = _change(known, fact, evidence) if known else _record(fact, evidence, on)
        except (partnerships.KnownAlready, partnerships.NothingToChange) as error:
            raise Refused(f"{error}. Choose the record that it changes, or reject the lead.") from error
        decide(lead, Lead.State.ACCEPTED, by=by, now=now, partnership=told)
    return told


def _known(fact: ProposedPartnership) -> Partnership | None:
    """The record that is changed, if any. Raises Malformed where it is not clear which."""
    known = Partnership.objects.between(fact.vendor, fact.client)
    if fact.partnership:
        named = known.filter(slug=fact.partnership).first()
        if named is None:
            raise Malformed({"partnership": f"{fact.vendor} and {fact.client} have no record “{fact.partnership}”"})
        return named
    if fact.status not in ("ended", "paused"):
        return None
    lasting = known.lasting()
    of_product = lasting.filter(product__slug=fact.product) if fact.product else lasting
    found = list(of_product) or list(lasting)
    if len(found) > 1:
        raise Malformed({"partnership": f"choose which: {', '.join(each.slug for each in found)}"})
    return found[0] if found else None


def _change(known: Partnership, fact: ProposedPartnership, evidence: list[Quoted]) -> Partnership:
    match fact.status:
        case "ended":
            return partnerships.end(known, ended=fact.ended, evidence=evidence)
        case "paused":
            return partnerships.pause(known, evidence=evidence)
        case "denied":
            return partnerships.deny(known, evidence=evidence)
        case "confirmed":
            return partnerships.confirm(known, on=fact.declared_on, evidence=evidence)
    raise Malformed({"status": "what is on record already can be confirmed, ended, paused or denied"})


def _record(fact: ProposedPartnership, evidence: list[Quoted], on: date) -> Partnership:
    [vendor] = all_of(Organization.objects.select_for_update(of=("self",)), [fact.vendor], "vendor")
    [client] = all_of(Organization.objects.all(), [fact.client], "client")
    products = all_of(Product.objects.all(), [fact.product] if fact.product else [], "product")
    used = all_of(Technology.objects.all(), [fact.technology] if fact.technology else [], "technology")
    product = next(iter(products), None)
    technology = next(iter(used), product.technology if product else None)
    holds = fact.status in ("reported", "confirmed")
    return partnerships.record(
        partnerships.Between(vendor, client, fact.kind, product=product, technology=technology),
        slug=naming.slug_for_partnership(vendor, client, product),
        status=fact.status,
        started=fact.started,
        ended=fact.ended,
        last_confirmed=fact.declared_on if holds else None,
        evidence=evidence,
        published_on=on,
    )
