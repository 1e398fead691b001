"""Organisations that neither sell nor police: testers, askers, papers, those excepted from a promise."""

from dataclasses import dataclass
from datetime import date

from tracker.commitments.models import CarveOut, Commitment
from tracker.organizations.models import Organization
from tracker.partnerships.models import Partnership
from tracker.record.models import Finding, Question
from tracker.web.selectors import partnerships, record
from tracker.web.selectors.agencies import excepted
from tracker.web.selectors.promises import Promise, promises
from tracker.web.selectors.rows import Rows, first_rows


@dataclass(frozen=True)
class Part:
    """What a body did that is on record."""

    findings: Rows[Finding]
    about_it: Rows[Finding]
    asked: Rows[Question]
    carve_outs: list[CarveOut]
    promises: list[Promise]
    deals: Rows[Partnership]
    children: list[Organization]

    def __len__(self) -> int:
        found = len(self.findings) + len(self.about_it) + len(self.asked)
        return found + len(self.carve_outs) + len(self.promises) + len(self.deals)


def part_played_by(body: Organization, on: date) -> Part:
    """What a body found, asked, promised, was excepted from and had dealings in, by `on`."""
    dealings = partnerships.published(on).filter(client=body) | partnerships.published(on).filter(vendor=body)
    return Part(
        findings=first_rows(record.findings(on).filter(by=body)),
        about_it=first_rows(record.findings(on).filter(subject=body)),
        asked=first_rows(record.questions(on).filter(asked_by=body)),
        carve_outs=excepted(body, on),
        promises=promises(Commitment.objects.filter(actor=body), on),
        deals=first_rows(partnerships.with_sources(dealings)),
        children=list(body.subsidiaries.order_by("name")[:100]),
    )
