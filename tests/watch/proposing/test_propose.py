# ruff: noqa: E501 - sentences under test stay on one line
import json
from datetime import date

import pytest

from tracker.watch.proposing.known import Known, KnownCommitment, KnownOrganization, KnownProduct
from tracker.watch.proposing.propose import propose
from tracker.watch.reading.text import blocks_of

KNOWN = Known(
    organizations=(
        KnownOrganization("amazon", "Amazon.com, Inc.", aliases=("Amazon",)),
        KnownOrganization("aws", "Amazon Web Services, Inc.", aliases=("AWS", "Amazon Web Services"), parent="amazon"),
        KnownOrganization("ring", "Ring LLC", aliases=("Ring",), parent="amazon"),
        KnownOrganization("ibm", "International Business Machines", aliases=("IBM",)),
        KnownOrganization("palantir", "Palantir Technologies Inc.", aliases=("Palantir",)),
        KnownOrganization("flock", "Flock Safety"),
        KnownOrganization("thorn", "Thorn", kind="nonprofit", role="body"),
        KnownOrganization(
            "icmec", "International Center for Missing and Exploited Children", kind="nonprofit", role="body"
        ),
        KnownOrganization("marinus", "Marinus Analytics", role="body"),
        KnownOrganization(
            "ca-legislature", "California Legislature", kind="legislature", role="agency", place="California"
        ),
    ),
    products=(KnownProduct("rekognition", "Amazon Rekognition", "aws", aliases=("Rekognition",)),),
    commitments=(
        KnownCommitment(
            "amazon-rekognition",
            "amazon",
            "Amazon: one-year moratorium on police use of Rekognition",
            ("rekognition",),
        ),
        KnownCommitment("ca-ab1215", "ca-legislature", "California AB 1215: moratorium on body cameras"),
    ),
)
PUBLISHED = date(2020, 6, 10)


def test_the_seed_article_gives_the_moratorium_with_its_end_and_its_three_carve_outs(
    seed_article: str,
) -> None:
    blocks = blocks_of(seed_article, "text/plain")
    best, *others = propose(blocks, published=PUBLISHED, known=KNOWN)
    assert (best.matter, best.action, best.kind, best.actor, best.products) == (
        "commitment",
        "announced",
        "moratorium",
        "amazon",
        ("rekognition",),
    )
    assert (best.declared_on, best.end.kind, best.end.ends_on) == ("2020-06-10", "fixed", "2021-06-10")
    assert [carve_out.organization for carve_out in best.carve_outs] == ["thorn", "icmec", "marinus"]
    assert all("human trafficking victims" in carve_out.purpose for carve_out in best.carve_outs)
    assert all(other.priority < best.priority for other in others)
    assert not [other for other in others if other.matter == "commitment" and other.actor == "amazon"]


def test_every_quote_stands_verbatim_where_it_says(seed_article: str) -> None:
    blocks = blocks_of(seed_article, "text/plain")
    best = propose(blocks, published=PUBLISHED, known=KNOWN)[0]
    assert {quote.field for quote in best.quotes} >= {"action", "end", "carve_outs"}
    for quote in best.quotes:
        assert blocks[quote.block][quote.start : quote.end] == quote.text
    assert any("one-year moratorium on police use of" in quote.text for quote in best.quotes)
    assert any("Marinus Analytics" in quote.text for quote in best.quotes if quote.field == "carve_outs")


def test_the_same_text_always_gives_the_same_lead(seed_article: str) -> None:
    blocks = blocks_of(seed_article, "text/plain")
    one, other = (propose(blocks, published=PUBLISHED, known=KNOWN)[0] for _ in range(2))
    assert one.fingerprint() == other.fingerprint()
    assert json.loads(json.dumps(one.as_json())) == one.as_json()


def test_an_extension_until_further_notice_is_linked_to_what_it_extends() -> None:
    text = "Amazon said on Tuesday it will extend its moratorium on police use of Rekognition until further notice."
    (lead,) = propose([text], published=date(2021, 5, 18), known=KNOWN)
    assert (lead.actor, lead.products, lead.action, lead.end.kind) == (
        "amazon",
        ("rekognition",),
        "made_indefinite",
        "indefinite",
    )
    assert (lead.declared_on, lead.commitment) == ("2021-05-18", "amazon-rekognition")


def test_a_statute_is_its_legislatures_and_brings_both_its_dates() -> None:
    blocks = [
        "Assembly Bill 1215 bars law enforcement from using face recognition with body cameras.",
        "The act takes effect on 1 January 2020 and is repealed on 1 January 2023.",
    ]
    (lead,) = propose(blocks, published=date(2019, 10, 8), known=KNOWN)
    assert (lead.actor, lead.nature, lead.kind, lead.companies) == (
        "ca-legislature",
        "statute",
        "moratorium",
        (),
    )
    assert (lead.effective_from, lead.end.kind, lead.end.ends_on) == ("2020-01-01", "fixed", "2023-01-01")


@pytest.mark.parametrize(
    ("text", "action", "end"),
    [
        (
            "IBM will no longer offer face recognition, it told Congress on Monday.",
            "announced",
            ("unknown", None),
        ),
        (
            "Palantir will not sell its face recognition to police until Congress passes a law.",
            "announced",
            ("conditional", None),
        ),
        (
            "Palantir said Monday it is suspending sales of surveillance software until 1 March 2021.",
            "announced",
            ("fixed", "2021-03-01"),
        ),
        (
            "Palantir prolongs its moratorium on face recognition through 31 December 2020.",
            "extended",
            ("fixed", "2021-01-01"),
        ),
        ("Palantir has lifted its ban on police use of face recognition.", "reversed", ("unknown", None)),
        ("Palantir bans the use of its face recognition for good.", "announced", ("permanent", None)),
        (
            "Palantir paused its drones with face recognition for five years.",
            "announced",
            ("fixed", "2025-06-10"),
        ),
    ],
)
def test_what_was_announced_and_until_when(text: str, action: str, end: tuple[str, str | None]) -> None:
    (lead,) = propose([text], published=PUBLISHED, known=KNOWN)
    assert (lead.action, (lead.end.kind, lead.end.ends_on)) == (action, end)


@pytest.mark.parametrize(
    "text",
    [
        "The coalition says Palantir must freeze sales of face recognition to police for two years.",
        "The senate approved the two-year pause on face recognition; the governor has yet to sign.",
        "Council told staff to find out what quitting the Flock Safety camera contract would cost.",
        "Asked about the border agency, Flock Safety said it does not discuss clients. Its cameras are popular.",
        "Police have used Flock Safety cameras for two years. The supplier got three more months, so the sensors stay on until the fair.",
        "The city extended its moratorium on short-term rentals for six months. Cameras filmed the hearing.",
        "We may suspend your access to Ring cameras for non-payment.",
        "It is time for Palantir to stop selling surveillance software to ICE.",
        "A lawsuit filed Monday asks the court to ban Palantir from selling face recognition.",
        "Palantir said it remains committed to privacy in all its surveillance products.",
        "A bill offered this month would prohibit agencies from using face recognition.",
        "Amazon put a moratorium on police use of Rekognition in 2017. Its shares rose on Monday.",
        "Three years ago this week, Amazon announced a one-year moratorium on police use of Rekognition.",
        "The council postponed a vote on whether to ban facial recognition.",
        "Ring may soon limit how police ask for footage, according to two people familiar with the plans.",
        "Amazon opened a warehouse and paused deliveries for a week.",
    ],
)
def test_what_only_sounds_like_a_promise_is_no_lead(text: str) -> None:
    assert propose([text], published=PUBLISHED, known=KNOWN) == []


@pytest.mark.parametrize(
    ("text", "companies"),
    [
        ("Under an order filed Monday, Palantir will stop selling face recognition.", ("Palantir",)),
        (
            "Verizon, Sprint and IBM all said on Tuesday that they will no longer share customers' location data with data brokers.",
            ("Verizon", "Sprint", "IBM"),
        ),
        ("Tandem said on Monday it will not sell its cameras to police.", ("Tandem",)),
        ("Palantir has signed an agreement with Flock Safety about cameras.", ("Palantir", "Flock Safety")),
    ],
)
def test_the_companies_bound_are_those_that_act(text: str, companies: tuple[str, ...]) -> None:
    (lead, *_) = propose([text], published=PUBLISHED, known=KNOWN)
    assert lead.companies == companies


def test_a_condition_with_a_date_keeps_both() -> None:
    text = "The governor signed an act on Tuesday that forbids schools to use biometric technology until July 1, 2022 or until the commissioner authorizes it, whichever is later."
    (lead,) = propose([text], published=PUBLISHED, known=KNOWN)
    assert (lead.end.kind, lead.end.condition, lead.end.not_before) == (
        "conditional",
        "the commissioner authorizes it",
        "2022-07-01",
    )
