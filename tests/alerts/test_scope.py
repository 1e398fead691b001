"""What a topic covers: a small world and a table of who hears of what."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.db.models import QuerySet

from tests.web import rows
from tracker.alerts import scope, topics
from tracker.alerts.topics import Followed
from tracker.organizations.models import Alias, Place, ProductAlias, Technology
from tracker.partnerships.models import Partnership

pytestmark = pytest.mark.django_db


@pytest.fixture
def record() -> None:
    """Amazon owns AWS and Ring; Oregon's law binds AWS; Portland's police buys of AWS, Salem's of Ring."""
    oregon = rows.state()
    portland = Place.objects.create(kind="city", name="Portland", slug="portland", parent=oregon)
    ohio = rows.state("Ohio", "OH")
    doorbells = Technology.objects.create(slug="doorbell-cameras", name="Doorbell cameras")
    amazon, microsoft = rows.vendor("amazon"), rows.vendor("microsoft")
    aws, ring = rows.vendor("aws", "AWS", parent=amazon), rows.vendor("ring", parent=amazon)
    Alias.objects.create(organization=aws, name="Amazon Web Services")
    rekognition = rows.product(aws, "rekognition")
    ProductAlias.objects.create(product=rekognition, name="Amazon Visage")
    face = rows.product(microsoft, "azure-face", "Azure Face")
    police = rows.agency("portland-police", "Portland Police Bureau", place=portland)
    salem = rows.agency("salem-police", "Salem Police")
    dayton = rows.agency("dayton-police", "Dayton Police", place=ohio)
    aclu = rows.body("aclu", "ACLU")

    promise = rows.commitment(amazon, "amazon-promise", "No sale to rogue states", covers="foreign armies")
    moratorium = rows.commitment(aws, "aws-moratorium", "A year without the police", about=rekognition)
    moratorium.products.add(rows.product(aws, "textract"))
    limit = rows.commitment(ring, "ring-limit", "Ask for videos in public only", where="on Neighbors/requests")
    law = rows.commitment(rows.agency("oregon-legislature", "Oregon Legislature"), "oregon-law", "HB-2571 of Oregon")
    law.binds.add(aws, ring)
    law.technologies.add(rekognition.technology)
    ban = rows.commitment(police, "portland-ban", "Ban on doorbells")
    ban.technologies.add(doorbells)
    other = rows.commitment(microsoft, "microsoft-pledge", "We wait for a law", about=face)
    about_aws = rows.commitment(dayton, "dayton-exit", "Out of the pilot", about=rekognition)
    for made in (promise, moratorium, limit, law, ban, other, about_aws):
        rows.term(made, "2020-06-10")
    rows.commitment(amazon, "draft", about=rekognition).technologies.add(doorbells)

    for vendor, client, slug, more in (
        (aws, police, "aws-portland", {"product": rekognition}),
        (ring, salem, "ring-salem", {"technology": doorbells}),
        (microsoft, dayton, "microsoft-dayton", {"product": face}),
        (rows.vendor("veritone"), dayton, "veritone-dayton", {"via": aws}),
        (microsoft, ring, "microsoft-ring", {}),
        (aws, salem, "unpublished", {"product": rekognition, "published_on": None}),
    ):
        deal = rows.partnership(vendor, client, **more)
        Partnership.objects.filter(pk=deal.pk).update(slug=slug)

    asked = rows.question(aws, "who-uses-it", text="Which police uses it?")
    asked.products.add(rekognition)
    rows.question(police, "how-often", asked_by=aclu, asked_by_words="", text="How often was it searched?")
    rows.question(microsoft, "asked-by-ring", asked_by=ring, asked_by_words="")
    rows.question(amazon, "unpublished-question", published_on=None)


def followed(topic: str, slug: str) -> Followed:
    return topics.searched(slug) if topic == "search" else topics.find(topic, slug)


def slugs(found: "QuerySet[Any, Any]") -> list[str]:
    return sorted(found.values_list("slug", flat=True))


FAMILY = {"amazon-promise", "aws-moratorium", "dayton-exit", "oregon-law", "ring-limit"}
ALL = FAMILY | {"microsoft-pledge", "portland-ban"}


@pytest.mark.parametrize(
    ("topic", "slug", "commitments", "partnerships", "questions"),
    [
        (
            "everything",
            "",
            ALL,
            {"aws-portland", "microsoft-dayton", "microsoft-ring", "ring-salem", "veritone-dayton"},
            {"asked-by-ring", "how-often", "who-uses-it"},
        ),
        (
            "organization",
            "amazon",
            FAMILY,
            {"aws-portland", "microsoft-ring", "ring-salem", "veritone-dayton"},
            {"asked-by-ring", "who-uses-it"},
        ),
        (
            "organization",
            "aws",
            {"aws-moratorium", "dayton-exit", "oregon-law"},
            {"aws-portland", "veritone-dayton"},
            {"who-uses-it"},
        ),
        ("organization", "ring", {"oregon-law", "ring-limit"}, {"microsoft-ring", "ring-salem"}, {"asked-by-ring"}),
        ("organization", "portland-police", {"portland-ban"}, {"aws-portland"}, {"how-often"}),
        ("organization", "aclu", (), (), {"how-often"}),
        ("product", "rekognition", {"aws-moratorium", "dayton-exit"}, {"aws-portland"}, {"who-uses-it"}),
        ("product", "textract", {"aws-moratorium"}, (), ()),
        (
            "technology",
            "face-recognition",
            {"aws-moratorium", "dayton-exit", "microsoft-pledge", "oregon-law"},
            {"aws-portland", "microsoft-dayton"},
            {"who-uses-it"},
        ),
        ("technology", "doorbell-cameras", {"portland-ban"}, {"ring-salem"}, ()),
        ("place", "oregon", {"oregon-law", "portland-ban"}, {"aws-portland", "ring-salem"}, {"how-often"}),
        ("place", "portland", {"portland-ban"}, {"aws-portland"}, {"how-often"}),
        (
            "place",
            "united-states",
            {"dayton-exit", "oregon-law", "portland-ban"},
            {"aws-portland", "microsoft-dayton", "ring-salem", "veritone-dayton"},
            {"how-often"},
        ),
        ("commitment", "oregon-law", {"oregon-law"}, (), ()),
        ("search", "rekognition", {"aws-moratorium", "dayton-exit"}, {"aws-portland"}, {"who-uses-it"}),
        ("search", "visage", {"aws-moratorium", "dayton-exit"}, {"aws-portland"}, {"who-uses-it"}),
        ("search", "police portl", {"portland-ban"}, {"aws-portland"}, {"how-often"}),
        ("search", "police OH", {"dayton-exit"}, {"microsoft-dayton", "veritone-dayton"}, ()),
        ("search", "the police of Portland", {"portland-ban"}, {"aws-portland"}, {"how-often"}),
        ("search", "amazon web ban", (), (), ()),
        ("search", "2571", {"oregon-law"}, (), ()),
        ("search", "requested", {"ring-limit"}, (), ()),
        ("search", "azure dayton", (), {"microsoft-dayton"}, ()),
        ("search", "army", {"amazon-promise"}, (), ()),
        ("search", "searching", (), (), {"how-often"}),
        ("search", "whale", (), (), ()),
    ],
)
def test_a_topic_covers_what_is_on_record_about_it_and_nothing_else(
    record: None,
    topic: str,
    slug: str,
    commitments: Iterable[str],
    partnerships: Iterable[str],
    questions: Iterable[str],
) -> None:
    what = followed(topic, slug)
    assert slugs(scope.commitments(what)) == sorted(commitments)
    assert slugs(scope.partnerships(what)) == sorted(partnerships)
    assert slugs(scope.questions(what)) == sorted(questions)


@pytest.mark.parametrize(("topic", "slug"), [("organization", "amazon"), ("search", "amazon"), ("place", "oregon")])
def test_each_scope_is_one_query(record: None, topic: str, slug: str, django_assert_num_queries: Any) -> None:
    what = followed(topic, slug)
    with django_assert_num_queries(3):
        list(scope.commitments(what)), list(scope.partnerships(what)), list(scope.questions(what))
