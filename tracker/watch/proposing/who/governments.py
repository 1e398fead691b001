"""Public bodies: the words that name one, and which legislature a rule comes from. Pure."""

# ruff: noqa: E501 - a wording is read more easily on one line

import re

from tracker.watch.proposing.known import Known

GOVERNMENT = re.compile(
    r"\b(?:city council|town council|council(?:s|lors?|ors?|members?| bill)?|councilm\w+|county|counties|legislat\w+|general assembly|governor|gov\.|mayor|supervisors|commission(?:ers?|[’']s)?|watchdogs?|regulators?|(?<!said the )authorit(?:y|ies)|lawmakers"
    r"|senate|parliament|congress|courts?|judges?|state law|laws?|assembly bill|senate bill|house bill|[ash]\.? ?b\.? ?\d+|ordinances?|statutes?|act|executive order|police(?! (?:cam|body|dep\w+ in the))|department|departments|agency|agencies|ministr(?:y|ies)|ministers?"
    r"|law enforcement|sheriff\w*|constabulary|force|school (?:board|district)|town|trustees|village|borough|cities|city|state|states|country|government|prohibition|voters|deputies|prosecutors?|attorney general|commissioner[’']?s?|tribunal|administration|bureau|treasury"
    r"|officials|trustee|aldermen|selectmen|resolution|directive|bill|measure|provision|public bodies|the (?:ban|moratorium|pause|suspension|prohibition)|officers?|schools?|canteens|district|provost|home affairs|board|cabinet|railway|airport|transit|university|college|library|hospital|fund|association|forum)\b",
    re.IGNORECASE,
)
# The public bodies that make rules for others; the rest only decide for themselves.
RULE_MAKER = re.compile(
    r"\b(?:council\w*|legislat\w+|assembly|governor|gov\.|supervisors|commission(?!er of)\w*|watchdog|regulator|authority|lawmakers|senate|parliament|congress|court|judge|laws?|bill|ordinance|statute|act|executive order|order|attorney general|voters|deputies|tribunal|resolution|state|county)\b",
    re.IGNORECASE,
)


def legislature_in(text: str, known: Known) -> str | None:
    """The slug of the legislature that `text` speaks of: by a bill's number, or by the name of its place."""
    for commitment in known.commitments:
        number = re.search(r"\b([A-Z]{1,3})\s?\.?(\d{2,5})\b", commitment.title)
        if number and re.search(rf"\b(?:{_spelled(number.group(1))})\s?{number.group(2)}\b", text, re.IGNORECASE):
            return commitment.actor
    for organization in known.organizations:
        if (
            organization.kind == "legislature"
            and organization.place
            and re.search(rf"\b{re.escape(organization.place)}\b", text)
        ):
            return organization.slug
    return None


def _spelled(letters: str) -> str:
    forms = {"AB": "Assembly Bill", "SB": "Senate Bill", "HB": "House Bill"}
    dotted = r"\.?\s?".join(letters) + r"\.?"
    return f"{dotted}|{forms[letters]}" if letters in forms else dotted
