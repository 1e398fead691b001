from datetime import date

import pytest

from tracker.commitments import actions
from tracker.commitments.lifecycle import End, EndKind
from tracker.commitments.models import CarveOut, Commitment, Verdict, VerdictCitation
from tracker.dates import PartialDate
from tracker.evidence.actions import Quoted, know_source
from tracker.organizations.models import Alias, Organization, Product, Technology
from tracker.partnerships.models import Partnership, PartnershipCitation

SHOWN = date(2026, 1, 1)
BLOG = "https://blog.example/moratorium"
NEWS = "https://news.example/extended"
TEST = "https://news.example/still-sold"
D = PartialDate.parse


def quoted(url: str, title: str = "A page") -> Quoted:
    return Quoted(know_source(url, title=title, kind="news"), quote="as it says")


@pytest.fixture
def amazon(db: None) -> Organization:
    amazon = Organization.objects.create(role="vendor", kind="company", name="Amazon", slug="amazon")
    Alias.objects.create(organization=amazon, name="Amazon.com, Inc.")
    return amazon


@pytest.fixture
def rekognition(amazon: Organization) -> Product:
    technology = Technology.objects.create(slug="face-recognition", name="Face recognition")
    return Product.objects.create(vendor=amazon, technology=technology, name="Rekognition", slug="rekognition")


@pytest.fixture
def moratorium(amazon: Organization, rekognition: Product) -> Commitment:
    """Amazon's: a year from 2020-06-10 with two carve-outs, extended on 2021-05-18, when one of them
    ended; a verdict.
    """
    thorn = Organization.objects.create(role="body", kind="nonprofit", name="Thorn", slug="thorn")
    first = actions.announce(
        amazon,
        actions.Subject(
            title="Moratorium on Rekognition",
            slug="amazon-moratorium",
            kind="moratorium",
            products=[rekognition],
        ),
        declared_on=D("2020-06-10"),
        end=End(EndKind.FIXED, D("2021-06-10")),
        evidence=[quoted(BLOG)],
        published_on=SHOWN,
        carve_outs=[actions.Excepted(organization=thorn), actions.Excepted(words="missing children")],
    )
    second = actions.extend(
        first.commitment,
        declared_on=D("2021-05-18"),
        until=End(EndKind.INDEFINITE),
        evidence=[quoted(NEWS)],
        published_on=SHOWN,
    )
    CarveOut.objects.filter(words="missing children").update(until=second)
    verdict = Verdict.objects.create(
        commitment=first.commitment,
        on=D("2022"),
        value="compromised",
        summary="It was sold on.",
        published_on=SHOWN,
    )
    VerdictCitation.objects.create(claim=verdict, source=quoted(TEST).source)
    return first.commitment


def partner(vendor: Organization, client: Organization, slug: str, *, published: bool = True) -> Partnership:
    partnership = Partnership.objects.create(
        slug=slug,
        vendor=vendor,
        client=client,
        kind="uses",
        status="reported",
        published_on=SHOWN if published else None,
    )
    PartnershipCitation.objects.create(claim=partnership, source=quoted(NEWS).source)
    return partnership
