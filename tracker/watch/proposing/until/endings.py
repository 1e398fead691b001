"""When a restriction begins and ends, from the sentences that speak of it. Pure."""

# ruff: noqa: E501 - a wording is read more easily on one line

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.dates import PartialDate
from tracker.watch.proposing.proposal import ProposedEnd
from tracker.watch.proposing.sentences import Sentence
from tracker.watch.proposing.until.when import Day, Length, days_in, lengths_in

_OPEN = re.compile(
    r"\b(?:until further notice|indefinite(?:ly)?|open-ended|has no end|with no end date|no end date|no (?:expiry|expiration|sunset) date|without (?:a )?limit(?: of time)?|no fixed (?:end|term)|gave no date|named no date|set no date|no date (?:for|was|has|is)|(?:would not|wouldn[’']t|did not|couldn[’']t|could not|can[’']t) say (?:when|how long)|when, or whether|struck the sunset|for as long as it takes)\b",
    re.IGNORECASE,
)
_FOR_GOOD = re.compile(r"\b(?:permanent(?:ly)?|for good|for ever|forever|never again)\b", re.IGNORECASE)
_UNTIL = re.compile(
    r"\b(?:until(?: at least| the)?|till|through|up to|ran until|to|not before|no earlier than|pending)\s+(?:at least )?(?:the |early |late |mid-?)?$",
    re.IGNORECASE,
)
_THROUGH = re.compile(r"\b(?:through|to|up to and including)\s+(?:the )?$", re.IGNORECASE)
_ENDS = re.compile(
    r"\b(?:expires?|expired|ends?|ending|ended|sunsets?|falls? away|lapses?|lapsed|repeal(?:s|ed)(?: itself)?|r[ua]ns? out|running out|gone|void|ceases?|died|dies|over|sunset(?:ted)?(?: of)?|its course|due to (?:expire|end|lapse))\b[^.;]{0,50}$",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"\b(?:takes? effect|took effect|in force|effective|starts?|starting|begins?|beginning|from|as of|applies|in effect|with effect from)\b[^.;]{0,25}$",
    re.IGNORECASE,
)
# "The original halt dates from", "which began last September": the start of something before it.
_OF_ANOTHER = re.compile(
    r"\b(?:original|first|dates? from|which began|had|previous|earlier|was meant|founded|statute on)\b", re.IGNORECASE
)
_TO = re.compile(r",? (?:to|through|until) ")
_AT_ONCE = re.compile(
    r"\b(?:takes? effect (?:at once|immediately)|with immediate effect|effective immediately|immediately (?:stop|suspend|halt|ban|take effect))\b",
    re.IGNORECASE,
)
_NOT_A_TERM = re.compile(
    r"\b(?:has|have|had|kept|stored?|retain\w*|keep|used|founded|ago|trial|within|every|last|past|after|prison|jail|up to|old)\b[^,;]{0,25}$",
    re.IGNORECASE,
)
_A_TERM = re.compile(
    r"\b(?:moratorium|ban|pause|halt|freeze|suspension|prohibition|restrict\w*|stop\w*|suspend\w*|bar(?:s|red)|shut|locked|later|extend\w*|prolong\w*|term|lasts?|for)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:until|unless and until|pending|as long as|(?:or|and) at least until|before there is|till)\s+(?P<what>[^.;]{6,200})"
    r"|\bwhile (?P<meanwhile>[^.;,]{0,60}\b(?:investigation|inquiry|enquiry|review|probe|audit|consultation|questions|study|trial|talks|checks)\b[^.;,]{0,40})",
    re.IGNORECASE,
)
_LATER = re.compile(r"\bwhichever (?:is|comes|occurs) (?:the )?later\b|\bthe later of\b", re.IGNORECASE)
_NOT_AN_EVENT = re.compile(r"(?:now|then|recently|further|this|that|last|lately|today)\b", re.IGNORECASE)
# A sentence other than the announcing one speaks of its end only if it speaks of it.
_ABOUT_IT = re.compile(
    r"\b(?:moratorium|ban|pause|halt|freeze|suspension|prohibition|restriction|measure|order|ordinance|act|law|statute|section|policy|sales|resume|switch-off|stop|embargo)\b"
    r"|^(?:It|They|This|These)\b[^.;]{0,50}\b(?:takes? effect|applies|apply|begins?|starts?|ends?|expires?|lapses?|lasts?|runs?|sunsets?|(?:is|are) repealed)\b",
    re.IGNORECASE,
)
LAW = re.compile(
    r"\b(?:congress|parliament|legislat\w+|lawmakers|governments?|states?)\b[^.]{0,60}\b(?:pass|adopt|enact|act|regulat|legislat|writ|implement|approv)"
    r"|\b(?:laws?|legislation|statutes?|regulations?|rules|safeguards in law)\b[^.]{0,80}\b(?:adopted|passed|enacted|in place|exists?|made|in force|implemented|introduced)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Ending:
    """An end, and the sentences that say so."""

    end: ProposedEnd
    sentences: tuple[Sentence, ...] = ()


def effective_from(
    sentences: Sequence[Sentence], declared: PartialDate | None, published: date
) -> tuple[PartialDate | None, Sentence | None]:
    """The day from which it holds, only where a sentence names it."""
    for sentence in [*sentences[:1], *filter(_speaks_of_it, sentences[1:])]:
        if sentence is not sentences[0] and _OF_ANOTHER.search(sentence.text):
            continue
        if declared is not None and _AT_ONCE.search(sentence.text):
            return declared, sentence
        for day in days_in(sentence.text, published):
            after = sentence.text[day.end : day.end + 12]
            if (
                _BEGINS.search(sentence.text[: day.start])
                and not _ends_here(sentence.text, day)
                and not _TO.match(after)
            ):
                if declared is not None and (declared.first - day.date.first).days > 200:
                    continue
                return day.date, sentence
    return None, None


def ending(sentences: Sequence[Sentence], start: PartialDate | None, published: date) -> Ending:
    """The end that the sentences give, the first that says one: a date, open, a condition, or a length from `start`."""
    others = [one for one in sentences[1:] if _speaks_of_it(one) and not _OF_ANOTHER.search(one.text)]
    speaking = [*sentences[:1], *others]
    for read in (_conditional_or_date, _open, _of_length):
        for sentence in speaking:
            found = read(sentence, start, published)
            if found is not None:
                return Ending(found, (sentence,))
    return Ending(ProposedEnd())


def _speaks_of_it(sentence: Sentence) -> bool:
    return _ABOUT_IT.search(sentence.text) is not None


def _ends_here(text: str, day: Day) -> bool:
    before = text[: day.start]
    return bool(_UNTIL.search(before) or _ENDS.search(before))


def _open(sentence: Sentence, start: PartialDate | None, published: date) -> ProposedEnd | None:
    if _FOR_GOOD.search(sentence.text):
        return ProposedEnd("permanent")
    return ProposedEnd("indefinite") if _OPEN.search(sentence.text) else None


def _conditional_or_date(sentence: Sentence, start: PartialDate | None, published: date) -> ProposedEnd | None:
    text = sentence.text
    if _OPEN.search(text):
        return None
    named = [
        day
        for day in days_in(text, published)
        if _ends_here(text, day) and (start is None or day.date.after > start.first)
    ]
    condition = condition_in(text, published)
    if condition and named:
        return ProposedEnd("conditional", condition=condition, not_before=str(_first_free(named[0], through=False)))
    if condition:
        return ProposedEnd("conditional", condition=condition)
    if named:
        # The last date wins: "extended from June to December".
        return ends_with(named[-1], text)
    return None


def ends_with(day: Day, text: str) -> ProposedEnd:
    """A fixed end with that day of `text`: the day after it, where the text says that the day itself still counts."""
    through = day.last_day or bool(_THROUGH.search(text[: day.start]))
    return ProposedEnd("fixed", ends_on=str(_first_free(day, through=through)), through=through and day.date.exact)


def _first_free(day: Day, *, through: bool) -> PartialDate:
    if through and day.date.exact:
        return PartialDate(day.date.last + timedelta(days=1))
    return day.date


def condition_in(text: str, published: date) -> str:
    """What has to happen first, if the sentence names something other than a date."""
    for match in _CONDITION.finditer(text):
        what = match.group("what") or match.group("meanwhile")
        parts = [
            part
            for part in re.split(
                r",\s+(?:or|and)\s+(?:at least )?(?:until )?|\s+or\s+(?:at least )?until\s+|,\s+(?=one |whichever|which )",
                what,
            )
            if part
        ]
        for part in parts:
            stated = part.strip(' ,”"')
            if (
                not days_in(stated, published)
                and not _LATER.search(stated)
                and len(stated.split()) > 1
                and not _NOT_AN_EVENT.match(stated)
            ):
                return stated
    return ""


def _of_length(sentence: Sentence, start: PartialDate | None, published: date) -> ProposedEnd | None:
    if start is None:
        return None
    for length in lengths_in(sentence.text):
        if _is_term(sentence.text, length):
            return ProposedEnd("fixed", ends_on=str(length.after(start)), computed=True)
    return None


def _is_term(text: str, length: Length) -> bool:
    before, after = text[: length.start], text[length.end :]
    if _NOT_A_TERM.search(before) or re.match(r"\s*(?:ago|old|before|earlier|after|in a row|as a)\b", after):
        return False
    near = before[-45:] + after[:45]
    return _A_TERM.search(near) is not None
