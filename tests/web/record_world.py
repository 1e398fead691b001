"""A small record for the tests of the pages: Amazon, AWS, Palantir, ICE, two police departments, a law,
a test, questions.
"""

from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from tracker.commitments import actions
from tracker.commitments.lifecycle import End, EndKind
from tracker.commitments.models import Commitment
from tracker.dates import PartialDate
from tracker.evidence.actions import Quoted, know_source
from tracker.evidence.models import Source
from tracker.organizations.models import Alias, Organization, Place, Product, Technology
from tracker.partnerships.models import Partnership, PartnershipCitation
from tracker.record.models import Finding, FindingCitation, Question, QuestionCitation

PUBLISHED = date(2026, 1, 1)
_numbers = count(1)


def day(text: str | None) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def source(title: str = "", **more: Any) -> Source:
    number = next(_numbers)
    given: dict[str, Any] = {
        "kind": Source.Kind.NEWS,
        "publisher": "The Paper",
        "published_on": PartialDate.parse("2020-06-10"),
    }
    made = know_source(f"https://paper.example/{number}", title=title or f"Article {number}", **given)
    Source.objects.filter(pk=made.pk).update(**more)
    return Source.objects.get(pk=made.pk)


def body(role: str, kind: str, name: str, slug: str, **more: Any) -> Organization:
    return Organization.objects.create(role=role, kind=kind, name=name, slug=slug, **more)


def deal(vendor: Organization, client: Organization, cited: Source, **more: Any) -> Partnership:
    started, ended = day(more.pop("started", None)), day(more.pop("ended", None))
    given: dict[str, Any] = {
        "kind": "uses",
        "status": "reported",
        "slug": f"deal-{next(_numbers)}",
        "published_on": PUBLISHED,
        **more,
    }
    made = Partnership.objects.create(vendor=vendor, client=client, started=started, ended=ended, **given)
    PartnershipCitation.objects.create(claim=made, source=cited, quote=f"{client.name} uses it")
    return made


def finding(cited: Source, **more: Any) -> Finding:
    on = PartialDate.parse(more.pop("on", "2018-07-26"))
    given: dict[str, Any] = {
        "kind": "test",
        "slug": f"finding-{next(_numbers)}",
        "title": "A test",
        "summary": "it failed",
        "published_on": PUBLISHED,
    }
    made = Finding.objects.create(on=on, **{**given, **more})
    FindingCitation.objects.create(claim=made, source=cited, quote="28 were wrong")
    return made


def question(of: Organization, cited: Source, **more: Any) -> Question:
    asked_on, answered_on = day(more.pop("asked_on", "2020-06-10")), day(more.pop("answered_on", None))
    given: dict[str, Any] = {
        "slug": f"question-{next(_numbers)}",
        "text": "Does ICE have a licence?",
        "outcome": "unanswered",
        "published_on": PUBLISHED,
    }
    asker = {} if "asked_by" in more else {"asked_by_words": "a reporter"}
    made = Question.objects.create(
        asked_of=of, asked_on=asked_on, answered_on=answered_on, **{**given, **asker, **more}
    )
    QuestionCitation.objects.create(claim=made, source=cited)
    return made


def promise(actor: Organization, title: str, slug: str, cited: Source, **more: Any) -> Commitment:
    declared, ends = PartialDate.parse(more.pop("declared_on")), day(more.pop("ends_on", None))
    end = End(EndKind.FIXED, ends) if ends else End(EndKind.INDEFINITE)
    about = actions.Subject(title=title, slug=slug, **{"kind": "moratorium", **more.pop("about", {})})
    term = actions.announce(
        actor,
        about,
        declared_on=declared,
        end=end,
        evidence=[Quoted(cited, quote="for one year")],
        published_on=PUBLISHED,
        **more,
    )
    return term.commitment


@dataclass
class World:
    """The records by name."""

    us: Place
    illinois: Place
    springfield: Place
    face: Technology
    amazon: Organization
    aws: Organization
    palantir: Organization
    ice: Organization
    police: Organization
    legislature: Organization
    thorn: Organization
    aclu: Organization
    rekognition: Product
    cloud: Product
    article: Source
    moratorium: Commitment
    law: Commitment
    test: Finding
    ice_question: Question


def build() -> World:
    """Writes the record and returns its parts."""
    us = Place.objects.create(kind="country", name="United States", slug="us", code="US")
    illinois = Place.objects.create(kind="state", name="Illinois", slug="il", code="IL", parent=us)
    springfield = Place.objects.create(kind="city", name="Springfield", slug="springfield-il", parent=illinois)
    face = Technology.objects.create(
        slug="face-recognition", name="face recognition", description="finds who a face belongs to"
    )
    hosting = Technology.objects.create(slug="cloud-hosting", name="cloud hosting")
    amazon = body("vendor", "company", "Amazon", "amazon")
    aws = body("vendor", "company", "Amazon Web Services", "aws", parent=amazon)
    palantir = body("vendor", "company", "Palantir", "palantir")
    ice = body("agency", "federal", "Immigration and Customs Enforcement", "ice", place=us)
    Alias.objects.create(organization=ice, name="ICE")
    police = body(
        "agency",
        "police",
        "Springfield Police Department",
        "springfield-pd",
        place=springfield,
        ori="IL0840200",
    )
    legislature = body("agency", "legislature", "Illinois General Assembly", "il-legislature", place=illinois)
    thorn = body("body", "nonprofit", "Thorn", "thorn")
    aclu = body("body", "advocacy", "American Civil Liberties Union", "aclu")
    rekognition = Product.objects.create(vendor=aws, technology=face, name="Rekognition", slug="rekognition")
    cloud = Product.objects.create(vendor=aws, technology=hosting, name="AWS cloud", slug="aws-cloud")
    article = source("Amazon pauses police use", seen="excerpt", note="read in part")
    deal(aws, palantir, article, kind="hosting", product=cloud)
    deal(palantir, ice, article, kind="contract", started="2014")
    deal(aws, police, article, product=rekognition, started="2017-05", ended="2020-06-10", status="ended")
    moratorium = promise(
        amazon,
        "No police use of Rekognition",
        "moratorium",
        article,
        declared_on="2020-06-10",
        ends_on="2021-06-10",
        about={"products": [rekognition], "subject": "face recognition by police"},
        carve_outs=[actions.Excepted(organization=thorn, purpose="finding missing children")],
    )
    law = promise(
        legislature,
        "Illinois body camera law",
        "il-law",
        article,
        declared_on="2019-10-08",
        ends_on="2023-01-01",
        about={"nature": "statute", "technologies": [face]},
    )
    test = finding(
        article,
        subject=aws,
        product=rekognition,
        by=aclu,
        tested=535,
        matched=28,
        slug="aclu-test",
        figures={"cost_usd": 12.33},
    )
    asked = question(amazon, article, slug="ice-licence", asked_on="2020-06-10")
    return World(
        us, illinois, springfield, face, amazon, aws, palantir, ice, police, legislature, thorn, aclu,
        rekognition, cloud,
        article, moratorium, law, test, asked,
    )  # fmt: skip


def multiply(world: World, numbers: range) -> None:
    """Adds, for each number, one of everything that a page lists,
    tied to what the world's pages are about.
    """
    for number in numbers:
        cited = source(f"More {number}")
        maker = body("vendor", "company", f"Maker {number}", f"maker-{number}", parent=world.amazon)
        city = Place.objects.create(kind="city", name=f"City {number}", slug=f"city-{number}", parent=world.illinois)
        police = body("agency", "police", f"City {number} Police", f"city-{number}-pd", place=city, parent=world.ice)
        product = Product.objects.create(
            vendor=maker, technology=world.face, name=f"Camera {number}", slug=f"camera-{number}"
        )
        for client in (police, world.police, world.ice):
            deal(maker, client, cited, product=product, started="2019", checked=False, origin="imported:atlas")
            deal(world.aws, client, world.article, product=world.rekognition)
        deal(world.aws, maker, cited, kind="hosting", via=world.palantir)
        deal(maker, world.aclu, cited)
        for who in (world.aclu, world.police, world.ice):
            finding(cited, subject=who, agency=world.police, by=world.aclu, product=world.rekognition)
            finding(world.article, subject=maker, agency=world.ice, by=world.aclu)
        for asked in (world.police, world.ice, world.amazon):
            question(asked, world.article, asked_by=world.aclu).products.add(world.rekognition)
        for actor, slug in ((world.police, "p"), (world.legislature, "l"), (world.aclu, "a"), (maker, "m")):
            about = {
                "nature": "statute",
                "products": [world.rekognition, product],
                "technologies": [world.face],
            }
            thorn = [actions.Excepted(organization=world.thorn), actions.Excepted(organization=world.ice)]
            promise(
                actor,
                f"Rule {slug} {number}",
                f"rule-{slug}-{number}",
                world.article,
                declared_on="2019",
                about=about,
                carve_outs=thorn,
            )
