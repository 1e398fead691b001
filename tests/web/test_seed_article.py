"""Every statement of the article that began this site has its place here, in the data the site ships with."""

import pytest
from django.test import Client

from tests.catalogue.loaded import whole_catalogue
from tests.web import pages
from tracker.catalogue.actions import Summary

__all__ = ["whole_catalogue"]

MORATORIUM = "/commitments/amazon-rekognition-police-moratorium/?on=2020-06-11"
AMAZON = "/vendors/amazon/?on=2026-11-23"
STATEMENTS = [
    ("the moratorium of one year", MORATORIUM, "In force until 10 June 2021: 364 days left."),
    ("the first carve-out", MORATORIUM, "Thorn"),
    ("the second carve-out", MORATORIUM, "International Center for Missing"),
    ("the third carve-out", MORATORIUM, "Marinus Analytics"),
    ("time for Congress", MORATORIUM, "Says Congress should have time to make rules"),
    (
        "what it leaves unsaid: ICE",
        MORATORIUM,
        "Federal law enforcement, ICE and other non-police customers are not mentioned",
    ),
    ("what it leaves unsaid: why", AMAZON, "does not mention racial bias in the product, the killing of George Floyd"),
    ("IBM's exit", "/vendors/ibm/?on=2020-06-11", "Exit from general-purpose facial recognition"),
    ("that police used it", AMAZON, "Washington County Sheriff"),
    ("that Ring is Amazon's", AMAZON, "Ring LLC"),
    ("Ring's thousand police partners", AMAZON, "More than a thousand police partners of Ring"),
    ("a partnership of Ring", AMAZON, "Neighbors Public Safety Service"),
    ("the app and its problem with racism", AMAZON, "Review of Neighbors posts"),
    ("the question about ICE", AMAZON, "Does ICE have or use a Rekognition licence? 2,519 days"),
    (
        "that ICE runs on AWS",
        AMAZON,
        "Amazon Web Services, Inc. Palantir Technologies Inc. U.S. Immigration and Customs Enforcement",
    ),
    ("that Palantir runs on AWS", AMAZON, "Palantir Technologies Inc. serves U.S. Immigration and Customs Enforcement"),
    ("the claim to detect fear", AMAZON, "Amazon says Rekognition can detect fear"),
    ("the pitch to ICE", AMAZON, "Amazon presents Rekognition to ICE"),
    ("the protest of employees", AMAZON, "Employees protest police and ICE sales"),
    ("one in five California lawmakers", AMAZON, "26 lawmakers were wrongly matched, about one in five"),
    ("28 members of Congress", AMAZON, "28 members were wrongly matched to arrest photos"),
    ("the slide with O.J. Simpson", AMAZON, "Training slide pairs O.J. Simpson"),
    (
        "the secrecy agreements",
        AMAZON,
        "Emails show non-disclosure agreements, pressure to sign them, and company edits",
    ),
    ("the opinion, with a name in front", AMAZON, "Motherboard (Vice), an opinion: All face recognition carries bias"),
    (
        "the doubt, with a name in front",
        AMAZON,
        "Motherboard (Vice), an opinion: The article advises against expecting",
    ),
]


@pytest.mark.parametrize(("what", "path", "said"), STATEMENTS, ids=[what for what, _, _ in STATEMENTS])
def test_the_article_says(whole_catalogue: Summary, client: Client, what: str, path: str, said: str) -> None:
    assert said in pages.words(pages.get(client, path)), what
