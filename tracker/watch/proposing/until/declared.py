"""The day on which something was made public or adopted. Pure."""

# ruff: noqa: E501 - a wording is read more easily on one line

import re
from collections.abc import Sequence
from datetime import date

from tracker.dates import PartialDate, Precision
from tracker.watch.proposing.sentences import Sentence
from tracker.watch.proposing.until.when import Day, days_in

# What stands before a date that is not the day of the announcement.
_NOT_THE_DAY = re.compile(
    r"\b(?:until|through|since|from|by|before|to|in force from|dates from|starts? on|start(?:ing|s)?|effective|takes? effect(?: on)?|took effect(?: on)?|week of|ran until|repealed on|run out|running out|runs out"
    r"|expires?(?: on)?|expired(?: on)?|ends?(?: on)?|ended(?: on)?|as of|on or after|later, on|(?:begins?|began|beginning) on|midnight(?: on)?|between|lapse(?:s|d)?(?: on)?)\s+(?:early |late |the |last |next )?$",
    re.IGNORECASE,
)
_AT_ONCE = re.compile(r"(?:effective )?immediately|at once|with immediate effect", re.IGNORECASE)
_MADE = re.compile(
    r"\b(?:announc\w+|said|says|told|signed|passed|adopted|approved|enacted|voted|ordered|ruled|dated|posted|published|wrote|confirm\w+|disclosed|decision of|filed|agreed|instructed|resolution|regular meeting|settled|last updated|last reviewed|issued|minutes)\b",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"\b(?:signed|approved by the (?:governor|mayor)|became law|signed into law)\b", re.IGNORECASE)
_IN_PASSING = re.compile(
    r"\b(?:first|originally|original|had|earlier|previously|founded|launched|since|last year|initially)\b",
    re.IGNORECASE,
)


def declared_on(
    main: Sentence, near: Sequence[Sentence], published: date, *, law: bool
) -> tuple[PartialDate | None, Sentence | None]:
    """The day it was made public, and the sentence that says so: a past day that is no end, no start and no "since".

    The announcing sentence speaks first; then one beside it that tells of signing, voting or saying; else the day of
    publication.
    """
    own = _days(main, published)
    if own:
        signed = [day for day in own if law and _SIGNED.search(main.text[: day.start])]
        return (signed or own)[0].date, main
    for sentence in near:
        if sentence is main or abs(sentence.order - main.order) > 3 or not _MADE.search(sentence.text):
            continue
        if _IN_PASSING.search(sentence.text):
            continue
        told = _days(sentence, published)
        recent = [day for day in told if (published - day.date.first).days <= 75 or law]
        if recent and (law or sentence.order <= main.order):
            return recent[-1 if law and _SIGNED.search(sentence.text) else 0].date, sentence
    return PartialDate(published), None


def _days(sentence: Sentence, published: date) -> list[Day]:
    return [
        day
        for day in days_in(sentence.text, published)
        if day.date.first <= published
        and not _NOT_THE_DAY.search(sentence.text[: day.start])
        and not _AT_ONCE.match(sentence.text[day.start : day.end])
        and day.date.precision is not Precision.YEAR
    ]
