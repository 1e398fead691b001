"""The first case, as rows: Amazon's moratorium, its exceptions, its family and what was found about it."""

from dataclasses import dataclass
from typing import Any

import pytest

from tests.web import rows
from tracker.commitments.models import Commitment
from tracker.organizations.models import Organization


@dataclass(frozen=True)
class Amazon:
    """The organisations and the moratorium of the first case."""

    amazon: Organization
    aws: Organization
    ring: Organization
    moratorium: Commitment


@pytest.fixture
def amazon(db: Any) -> Amazon:
    """Amazon's moratorium of 2020, extended without an end in 2021, with Ring and AWS in the family."""
    company = rows.vendor("amazon", "Amazon.com, Inc.")
    aws = rows.vendor("aws", "Amazon Web Services", parent=company)
    ring = rows.vendor("ring", "Ring LLC", parent=company)
    palantir = rows.vendor("palantir", "Palantir")
    rekognition = rows.product(aws, "rekognition", "Amazon Rekognition")
    cloud = rows.product(aws, "aws-cloud", "AWS cloud hosting")
    ice = rows.agency("ice", "Immigration and Customs Enforcement", kind="federal")
    moratorium = rows.commitment(
        company,
        "moratorium",
        "One-year moratorium on police use of Rekognition",
        about=rekognition,
        silent_on="ICE is not mentioned",
    )
    first = rows.term(
        moratorium, "2020-06-10", ends="2021-06-10", end_computed=True, confirmed_on=rows.when("2020-06-10")
    )
    rows.carve_out(first, rows.body("thorn", "Thorn"))
    rows.carve_out(first, rows.body("icmec", "International Center for Missing and Exploited Children"))
    rows.carve_out(first, rows.body("marinus", "Marinus Analytics"))
    rows.term(moratorium, "2021-05-18", "made_indefinite", kind="indefinite", confirmed_on=rows.when("2024-01-26"))
    rows.partnership(aws, ice, product=cloud, kind="hosting", via=palantir)
    rows.partnership(aws, palantir, product=cloud, kind="hosting")
    rows.partnership(palantir, ice, kind="contract")
    rows.partnership(ring, rows.agency("bend-police", "Bend Police"))
    rows.finding(aws, "aclu-congress", product=rekognition, tested=535, matched=28)
    rows.finding(company, "outlier", kind="opinion", by_words="Motherboard", summary="Rekognition is an outlier")
    rows.question(company, "ice-licence", text="Has ICE licensed Rekognition?")
    return Amazon(company, aws, ring, moratorium)
