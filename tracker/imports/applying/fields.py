"""The fields that a dataset writes of a partnership, as plain values that JSON can hold and that can be compared."""

import hashlib
import json
from dataclasses import is_dataclass
from typing import Any

from tracker.dates import PartialDate
from tracker.imports.resolve import Resolved
from tracker.imports.rows import AgencyListed, Claimed, Link
from tracker.organizations.models import Organization, Product, Technology
from tracker.partnerships.models import Partnership

WRITTEN = (
    "vendor_id",
    "client_id",
    "technology_id",
    "product_id",
    "kind",
    "status",
    "status_detail",
    "decided",
    "started",
    "ended",
    "end_reason",
    "amount",
    "currency",
    "contract_number",
    "via_words",
    "details",
    "note",
)


def fingerprint(row: Claimed | AgencyListed) -> str:
    """A digest of all that the row says; where in the file it stands does not count."""
    said = {name: value for name, value in vars(row).items() if name not in ("line", "cells")}
    text = json.dumps(said, default=_said, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _said(part: object) -> object:
    """A part of a row by its fields; a day or a sum as text."""
    return vars(part) if is_dataclass(part) else str(part)


class Things:
    """Technologies and products by their slugs. A technology that is new is made."""

    def __init__(self) -> None:
        self._technologies = {one.slug: one for one in Technology.objects.all()}
        self._products = {one.slug: one for one in Product.objects.all()}

    def technology(self, slug: str, name: str) -> Technology:
        """The technology of that slug."""
        if slug not in self._technologies:
            self._technologies[slug] = Technology.objects.create(slug=slug, name=name)
        return self._technologies[slug]

    def product(self, slug: str, vendor: Organization) -> Product | None:
        """The product of that slug, if it is the vendor's."""
        product = self._products.get(slug)
        return product if product and product.vendor_id == vendor.pk else None


def written(row: Resolved, client: Organization, things: Things) -> dict[str, Any]:
    """What the row says of each field of WRITTEN, as `as_plain` has it."""
    claim, course, award = row.claim, row.claim.course, row.claim.award
    subject = claim.subject
    product = things.product(subject.product, row.vendor) if subject.product else None
    technology = things.technology(subject.technology, subject.technology_name) if subject.technology else None
    return {
        "vendor_id": row.vendor.pk,
        "client_id": client.pk,
        "technology_id": technology.pk if technology else None,
        "product_id": product.pk if product else None,
        "kind": subject.kind,
        "status": course.status,
        "status_detail": course.detail,
        "decided": as_plain(course.decided),
        "started": as_plain(course.started),
        "ended": as_plain(course.ended),
        "end_reason": course.why_ended,
        "amount": f"{award.amount:.2f}" if award else None,
        "currency": award.currency if award else "",
        "contract_number": award.number if award else "",
        "via_words": award.seller if award else "",
        "details": {"upstream_id": claim.key, "links": [_link(one) for one in claim.links], **claim.details},
        "note": claim.summary,
    }


def of_record(record: Partnership) -> dict[str, Any]:
    """What the record says of each field of WRITTEN, in the same form."""
    said = {name: as_plain(getattr(record, name)) for name in WRITTEN}
    return said | {"amount": None if record.amount is None else f"{record.amount:.2f}"}


def put(record: Partnership, fields: dict[str, Any]) -> None:
    """Set the fields of a record from that form."""
    for name, value in fields.items():
        dated = name in ("decided", "started", "ended") and value
        setattr(record, name, PartialDate.parse(value) if dated else value)


def as_plain(value: Any) -> Any:
    """A date as text, so that JSON can hold it; anything else as it is."""
    return str(value) if isinstance(value, PartialDate) else value


def _link(link: Link) -> dict[str, str | None]:
    dated = link.published
    value = dated.value
    return {
        "url": link.url,
        "raw": dated.raw,
        "value": str(value) if value else None,
        "precision": value.precision if value else None,
    }
