"""Rows for tests of pages: each function writes one published thing with its source, and returns it."""

from datetime import date
from itertools import count
from typing import Any

from django.db import transaction

from tracker.commitments.lifecycle import End, EndKind
from tracker.commitments.models import (
    CarveOut,
    CarveOutCitation,
    Commitment,
    Term,
    TermCitation,
    Verdict,
    VerdictCitation,
)
from tracker.dates import PartialDate
from tracker.evidence.models import Source
from tracker.organizations.models import Organization, Place, Product, Technology
from tracker.partnerships.models import Partnership, PartnershipCitation
from tracker.record.models import Finding, FindingCitation, Question, QuestionCitation

SHOWN = date(2020, 1, 1)
_numbers = count(1)


def when(text: str | None) -> PartialDate | None:
    """A date as in EDTF, or None."""
    return PartialDate.parse(text) if text else None


def source(title: str = "A report", **fields: Any) -> Source:
    """A news source with an address of its own."""
    number = next(_numbers)
    url = f"https://news.example/{number}"
    given = {
        "slug": f"source-{number}",
        "url": url,
        "normalised_url": url,
        "title": title,
        "kind": "news",
        "publisher": "The Paper",
    }
    return Source.objects.create(**{**given, **fields})


def state(name: str = "Oregon", code: str = "OR") -> Place:
    """A state of the United States."""
    country, _ = Place.objects.get_or_create(
        kind="country", name="United States", defaults={"slug": "united-states", "code": "US"}
    )
    found, _ = Place.objects.get_or_create(
        kind="state",
        name=name,
        parent=country,
        defaults={"slug": name.lower().replace(" ", "-"), "code": code},
    )
    return found


def vendor(slug: str, name: str = "", **fields: Any) -> Organization:
    """A company that sells what is tracked."""
    return Organization.objects.create(
        role="vendor", kind="company", slug=slug, name=name or slug.capitalize(), **fields
    )


def agency(slug: str, name: str = "", **fields: Any) -> Organization:
    """A police department in Oregon."""
    given = {
        "role": "agency",
        "kind": "police",
        "slug": slug,
        "name": name or slug,
        "place": fields.pop("place", None) or state(),
    }
    return Organization.objects.create(**{**given, **fields})


def body(slug: str, name: str = "") -> Organization:
    """A nonprofit."""
    return Organization.objects.create(role="body", kind="nonprofit", slug=slug, name=name or slug.capitalize())


def product(of: Organization, slug: str, name: str = "") -> Product:
    """A face recognition product."""
    technology, _ = Technology.objects.get_or_create(slug="face-recognition", defaults={"name": "Face recognition"})
    return Product.objects.create(vendor=of, technology=technology, slug=slug, name=name or slug.capitalize())


def commitment(
    actor: Organization, slug: str, title: str = "", *, about: Product | None = None, **fields: Any
) -> Commitment:
    """A voluntary moratorium without a term; it is public once it has one."""
    made = Commitment.objects.create(
        actor=actor, slug=slug, title=title or slug, **{"kind": "moratorium", "nature": "voluntary", **fields}
    )
    if about is not None:
        made.products.add(about)
    return made


@transaction.atomic
def term(
    of: Commitment,
    declared: str,
    action: str = "announced",
    *,
    ends: str | None = None,
    kind: str = "",
    **fields: Any,
) -> Term:
    """A published term with one source; `ends` makes its end fixed."""
    end = End(EndKind(kind or ("fixed" if ends else "unknown")), when(ends))
    made = Term.objects.create(
        commitment=of,
        order=of.terms.count() + 1,
        declared_on=PartialDate.parse(declared),
        action=action,
        end_kind=end.kind.value,
        ends_on=end.ends_on,
        published_on=SHOWN,
        **fields,
    )
    TermCitation.objects.create(claim=made, source=source())
    return made


@transaction.atomic
def carve_out(
    of: Term, organization: Organization | None = None, words: str = "", until: Term | None = None
) -> CarveOut:
    """A published carve-out with one source."""
    made = CarveOut.objects.create(
        term=of,
        organization=organization,
        words=words,
        until=until,
        purpose="rescue trafficking victims",
        published_on=SHOWN,
    )
    CarveOutCitation.objects.create(claim=made, source=source())
    return made


@transaction.atomic
def verdict(of: Commitment, on: str, value: str = "broken") -> Verdict:
    """A published verdict with one source."""
    made = Verdict.objects.create(
        commitment=of,
        on=PartialDate.parse(on),
        value=value,
        summary="It did what it had said it would not",
        published_on=SHOWN,
    )
    VerdictCitation.objects.create(claim=made, source=source())
    return made


@transaction.atomic
def partnership(of: Organization, client: Organization, **fields: Any) -> Partnership:
    """A published partnership with one source."""
    slug = f"{client.slug}--{of.slug}--{next(_numbers)}"
    made = Partnership.objects.create(
        slug=slug,
        vendor=of,
        client=client,
        **{"kind": "uses", "status": "reported", "published_on": SHOWN, **fields},
    )
    PartnershipCitation.objects.create(claim=made, source=source())
    return made


@transaction.atomic
def finding(subject: Organization, slug: str, on: str = "2018-07-26", **fields: Any) -> Finding:
    """A published test with one source."""
    made = Finding.objects.create(
        slug=slug,
        subject=subject,
        on=PartialDate.parse(on),
        **{
            "kind": "test",
            "title": slug,
            "summary": "It matched the wrong people",
            "published_on": SHOWN,
            **fields,
        },
    )
    FindingCitation.objects.create(claim=made, source=source())
    return made


@transaction.atomic
def question(asked_of: Organization, slug: str, on: str | None = "2019-01-01", **fields: Any) -> Question:
    """A published question without an answer, with one source."""
    made = Question.objects.create(
        slug=slug,
        asked_of=asked_of,
        asked_on=when(on),
        **{
            "asked_by_words": "A senator",
            "text": f"What of {slug}?",
            "outcome": "unanswered",
            "published_on": SHOWN,
            **fields,
        },
    )
    QuestionCitation.objects.create(claim=made, source=source())
    return made
