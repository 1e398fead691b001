"""What a lead proposes of a partnership as a checked value: its own fields, who its sentences name, and an editor's
changes on top.
"""

import re
from collections.abc import Mapping
from typing import Any, Literal, Self

from pydantic import model_validator

from tracker.desk.partnerships.parties import Parties, parties
from tracker.desk.proposals import BETWEEN_TWO, Day, Slug, Strict, checked, matter_of
from tracker.desk.refusals import Malformed
from tracker.partnerships.models import Partnership
from tracker.watch.models import Lead

Status = Literal["reported", "confirmed", "ended", "paused", "denied"]
_STATUS = {"ended": "ended", "denied": "denied", "suspended": "paused"}
# How the wordings of a source name the kind; the first that is found. What none of them says is a use.
_KINDS = (
    (re.compile(r"\bpilot", re.IGNORECASE), Partnership.Kind.PILOTS),
    (re.compile(r"\bcontract|\bsubscription|\blease", re.IGNORECASE), Partnership.Kind.CONTRACT),
    (re.compile(r"\bagreement|\bmemorand|\bpartner|\bdeal\b", re.IGNORECASE), Partnership.Kind.AGREEMENT),
)


class ProposedPartnership(Strict):
    """What a source says of two, as it would be saved."""

    vendor: Slug
    client: Slug
    partnership: Slug | None = None
    kind: Partnership.Kind
    product: Slug | None = None
    technology: Slug | None = None
    status: Status
    declared_on: Day
    started: Day | None = None
    ended: Day | None = None

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.vendor == self.client:
            raise ValueError("vendor and client are the same; name the other party")
        if self.ended and self.status != "ended":
            raise ValueError("only what has ended has a day on which it ended")
        if self.started and self.status == "denied":
            raise ValueError("what is denied has no beginning")
        if self.started and self.ended and self.ended.after <= self.started.first:
            raise ValueError(f"it would end on {self.ended}, before it starts on {self.started}")
        return self


def completed(lead: Lead) -> dict[str, Any]:
    """The fields of a ProposedPartnership as far as the lead says them, unchecked: what its form begins with."""
    proposal: Mapping[str, Any] = lead.proposal if isinstance(lead.proposal, dict) else {}
    said = _said(lead)
    found = parties(
        said,
        actor=_text(proposal.get("actor")),
        products=_texts(proposal.get("products")),
        technology=_texts(proposal.get("technology")),
    )
    status = _STATUS.get(_text(proposal.get("action"))) or _told_by(lead, found)
    since = proposal.get("effective_from") or proposal.get("declared_on")
    return {
        "vendor": found.vendor,
        "client": found.client,
        "product": found.product or None,
        "technology": found.technology or None,
        "kind": next((kind for words, kind in _KINDS if words.search(said)), Partnership.Kind.USES).value,
        "status": status,
        "declared_on": proposal.get("declared_on"),
        "started": since if proposal.get("action") == "started" else None,
        "ended": since if status == "ended" else None,
    }


def read(lead: Lead, edits: Mapping[str, Any] | None = None) -> ProposedPartnership:
    """What the lead proposes with the editor's changes, checked. Raises Malformed."""
    if matter_of(lead.proposal) not in BETWEEN_TWO:
        raise Malformed({"": "this lead is not about a partnership"})
    fields = {**completed(lead), **(edits or {})}
    for role in ("vendor", "client"):
        if not fields.get(role):
            raise Malformed({role: f"the page names no {role} that is on record; give its slug"})
    return checked(ProposedPartnership, fields, None)


def _told_by(lead: Lead, found: Parties) -> str:
    """Confirmed where the page is that of one of the two, else reported."""
    whose = lead.version.watch.organization
    return "confirmed" if whose is not None and whose.slug in (found.vendor, found.client) else "reported"


def _said(lead: Lead) -> str:
    quotes = [quote for quote in lead.quotes if isinstance(quote, dict) and quote.get("field") == "action"]
    return " ".join(dict.fromkeys(_text(quote.get("text")) for quote in quotes))


def _text(value: object) -> str:
    return value.replace("\0", "") if isinstance(value, str) else ""


def _texts(value: object) -> list[str]:
    return [_text(each) for each in value if _text(each)] if isinstance(value, list) else []
