"""Rows that say who works with whom, as partnerships: made, changed where nobody corrected them, or left."""

import hashlib
from datetime import date
from itertools import islice
from typing import Any

from django.utils.text import slugify

from tracker.dates import PartialDate
from tracker.imports.applying.fields import Things, as_plain, of_record, put, written
from tracker.imports.applying.ledger import Ledger
from tracker.imports.models import Change, ImportedRow
from tracker.imports.report import Report
from tracker.imports.resolve import Resolved
from tracker.imports.rows import About, Claimed
from tracker.imports.settling import settle
from tracker.imports.sources import Sources
from tracker.organizations.models import Organization
from tracker.partnerships.models import Obligation, Partnership, PartnershipCitation

_AT_ONCE = 1_000
_LONGEST_KEY = 26


class Claims:
    """Collects what is to be written of partnerships; `write` writes it. New ones are published on `on`, unchecked."""

    def __init__(
        self, about: About, ledger: Ledger, sources: Sources, report: Report, *, on: date, released: PartialDate | None
    ) -> None:
        self._about, self._ledger, self._sources, self._report = about, ledger, sources, report
        self._on, self._released = on, released
        self._things = Things()
        self._said: set[tuple[int, int, str]] | None = None
        self._made: list[tuple[Partnership, Claimed, dict[str, Any]]] = []
        self._changed: list[tuple[Partnership, Claimed]] = []

    def take(self, row: Resolved, client: Organization) -> None:
        """A row with its organisations."""
        before = self._ledger.rows.get(row.claim.key)
        if before is None:
            self._take_new(row, client)
        elif before.partnership is None:
            self._report.removed += 1
        else:
            self._take_again(row, client, before, before.partnership)

    def _take_new(self, row: Resolved, client: Organization) -> None:
        says = (row.vendor.pk, client.pk, row.claim.subject.technology)
        if self._said is None:
            self._said = set(Partnership.objects.values_list("vendor", "client", "technology__slug"))
        if row.claim.award is None and says in self._said:
            # A record, of whatever origin, says that this vendor serves this client with this technology.
            self._report.known_otherwise += 1
            return
        self._said.add(says)
        wrote = written(row, client, self._things)
        made = Partnership(
            slug=f"{client.slug[:110]}--{row.vendor.slug[:60]}-{_as_slug(row.claim.key)}",
            origin=self._about.slug,
            checked=False,
            published_on=self._on,
            last_confirmed=self._released,
        )
        put(made, wrote)
        self._made.append((made, row.claim, wrote))

    def _take_again(self, row: Resolved, client: Organization, before: ImportedRow, record: Partnership) -> None:
        theirs = written(row, client, self._things)
        ours = of_record(record)
        settled = settle(before.wrote, ours, theirs, checked=record.checked)
        for field, (mine, other) in settled.suggest.items():
            self._ledger.suggest(before, field, mine, other)
        self._report.suggested += len(settled.suggest)
        if settled.update:
            was = {name: ours[name] for name in settled.update} | {"last_confirmed": as_plain(record.last_confirmed)}
            if row.claim.award:
                was["obligations"] = _lines_of(record)
            self._ledger.changed(Change.What.PARTNERSHIP, record.pk, was)
            put(record, settled.update)
            record.last_confirmed = self._released or record.last_confirmed
            self._changed.append((record, row.claim))
            self._report.updated += 1
        else:
            self._report.unchanged += 1
        # What was only suggested is not written: the next release is measured against what is.
        kept = {name: before.wrote.get(name) for name in settled.suggest}
        self._ledger.write(row.claim.key, theirs | kept)

    def write(self) -> None:
        """Write everything that was taken, with its citations."""
        Partnership.objects.bulk_create((made for made, _, _ in self._made), batch_size=_AT_ONCE)
        for record, _ in self._changed:
            record.save()
        for made, claim, wrote in self._made:
            self._ledger.write(claim.key, wrote, partnership=made)
        self._ledger.created(Change.What.PARTNERSHIP, [made.pk for made, _, _ in self._made])
        self._report.created = len(self._made)
        self._cite([(made, claim) for made, claim, _ in self._made], known={})
        again = [record.pk for record, _ in self._changed]
        cited: dict[int, set[int]] = {}
        for claim_pk, source in PartnershipCitation.objects.filter(claim__in=again).values_list("claim", "source"):
            cited.setdefault(claim_pk, set()).add(source)
        self._cite(self._changed, known=cited)
        self._obligate()

    def _obligate(self) -> None:
        """What was obligated under an award, line by line; of an award that says something else now, all lines anew."""
        awards = [(record, claim.award) for record, claim in self._changed if claim.award]
        Obligation.objects.filter(partnership__in=[record.pk for record, _ in awards]).delete()
        awards += [(made, claim.award) for made, claim, _ in self._made if claim.award]
        lines = (
            Obligation(
                partnership=record,
                line=one.line,
                on=one.on,
                amount=one.amount,
                modification=one.modification[:40],
                what=one.what,
            )
            for record, award in awards
            for one in award.obligated
        )
        while batch := list(islice(lines, _AT_ONCE)):
            Obligation.objects.bulk_create(batch)

    def _cite(self, claims: list[tuple[Partnership, Claimed]], *, known: dict[int, set[int]]) -> None:
        self._sources.know(claim for _, claim in claims)
        citations = [
            PartnershipCitation(claim=record, source_id=source, note="" if place else f"{claim.key}, line {claim.line}")
            for record, claim in claims
            for place, source in enumerate(self._sources.of(claim))
            if source not in known.get(record.pk, ())
        ]
        PartnershipCitation.objects.bulk_create(citations, batch_size=_AT_ONCE)
        self._ledger.created(Change.What.CITATION, [one.pk for one in citations if one.claim_id in known])


def _as_slug(key: str) -> str:
    """The key as a part of an address; what does not fit is told apart by a digest."""
    slug = slugify(key)
    if slug == key.lower() and len(slug) <= _LONGEST_KEY:
        return slug
    return f"{slug[: _LONGEST_KEY - 9]}-{hashlib.blake2b(key.encode(), digest_size=4).hexdigest()}"


def _lines_of(record: Partnership) -> list[dict[str, Any]]:
    """What was obligated under it, line by line, as JSON can hold it."""
    fields = ("line", "on", "amount", "modification", "what")
    return [{name: str(getattr(one, name)) for name in fields} for one in record.obligations.all()]
