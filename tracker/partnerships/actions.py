"""Writing who works with whom: a verb for each thing a source may say of it, always with the evidence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from tracker.dates import PartialDate
from tracker.evidence.actions import CitesNothing, Quoted
from tracker.organizations.models import Organization, Product, Technology
from tracker.partnerships.models import Partnership, PartnershipCitation

Status = Partnership.Status

# What is known to be so, as far as a source has said.
_LASTING = (Status.REPORTED, Status.CONFIRMED, Status.UNDISCLOSED, Status.UNKNOWN, Status.REINSTATED)


class KnownAlready(ValueError):
    """There is a record of this vendor, client, product and kind."""


class NothingToChange(ValueError):
    """The partnership is not in a state that can end, pause, be confirmed or be denied."""


@dataclass(frozen=True)
class Between:
    """Who serves whom, with what and in which way. Vendor, client, product and kind name one record."""

    vendor: Organization
    client: Organization
    kind: str
    product: Product | None = None
    technology: Technology | None = None


@transaction.atomic
def record(
    between: Between,
    *,
    slug: str,
    status: str,
    evidence: Iterable[Quoted],
    published_on: date,
    started: PartialDate | None = None,
    ended: PartialDate | None = None,
    last_confirmed: PartialDate | None = None,
) -> Partnership:
    """Record a partnership, or that one is denied, published on `published_on`.

    Raises CitesNothing without evidence, KnownAlready where there is a record, published or not.
    """
    cited = _some(evidence, slug)
    # Two records of one vendor are made one after the other, so that the second sees the first.
    Organization.objects.select_for_update(of=("self",)).get(pk=between.vendor.pk)
    known = Partnership.objects.filter(
        vendor=between.vendor, client=between.client, product=between.product, kind=between.kind
    ).first()
    if known is not None:
        raise KnownAlready(f"This is recorded already as “{known.slug}” ({known.get_status_display()})")
    partnership = Partnership.objects.create(
        slug=slug,
        vendor=between.vendor,
        client=between.client,
        product=between.product,
        technology=between.technology,
        kind=between.kind,
        status=status,
        started=started,
        ended=ended,
        last_confirmed=last_confirmed,
        published_on=published_on,
    )
    _cite(partnership, cited)
    return partnership


def confirm(partnership: Partnership, *, on: PartialDate, evidence: Iterable[Quoted]) -> Partnership:
    """Record that it was confirmed `on` that day. Raises NothingToChange where it is paused, over or denied."""
    return _change(partnership, Status.CONFIRMED, _LASTING, evidence, last_confirmed=on)


def end(partnership: Partnership, *, ended: PartialDate | None, evidence: Iterable[Quoted]) -> Partnership:
    """Record that it ended, and when if a source says so. Raises NothingToChange where it is over or was none."""
    started = partnership.started
    if started and ended and ended.after <= started.first:
        raise NothingToChange(f"“{partnership.slug}” began on {started}; it cannot have ended on {ended}")
    return _change(partnership, Status.ENDED, (*_LASTING, Status.PAUSED), evidence, ended=ended)


def pause(partnership: Partnership, *, evidence: Iterable[Quoted]) -> Partnership:
    """Record that it rests. Raises NothingToChange where it does already, is over or was none."""
    return _change(partnership, Status.PAUSED, _LASTING, evidence)


def deny(partnership: Partnership, *, evidence: Iterable[Quoted]) -> Partnership:
    """Record that one side denies what was only reported. Raises NothingToChange where a source has confirmed it, since
    then sources disagree, and where it is over or denied.
    """
    return _change(partnership, Status.DENIED, (Status.REPORTED, Status.UNDISCLOSED, Status.UNKNOWN), evidence)


@transaction.atomic
def _change(
    partnership: Partnership, to: Status, of: Sequence[str], evidence: Iterable[Quoted], **columns: Any
) -> Partnership:
    """`partnership`, which has one of the statuses `of`, with the status `to` and these columns."""
    cited = _some(evidence, partnership.slug)
    now = Partnership.objects.select_for_update(of=("self",)).get(pk=partnership.pk)
    if now.status not in of:
        raise NothingToChange(
            f"“{now.slug}” is {now.get_status_display().lower()}; it cannot become {to.label.lower()}"
        )
    for name, value in columns.items():
        setattr(now, name, value)
    now.status = to
    now.save(update_fields=["status", *columns])
    _cite(now, cited)
    return now


def _some(evidence: Iterable[Quoted], slug: str) -> list[Quoted]:
    cited = list(evidence)
    if not cited:
        raise CitesNothing(f"“{slug}”: a published partnership needs at least one source")
    return cited


def _cite(partnership: Partnership, cited: Iterable[Quoted]) -> None:
    """Cite what is not cited for it yet with the same words."""
    known = set(partnership.citations.values_list("source_id", "quote", "page"))
    PartnershipCitation.objects.bulk_create(
        quoted.cite(PartnershipCitation, partnership)
        for quoted in cited
        if (quoted.source.pk, quoted.quote, quoted.page) not in known
    )
