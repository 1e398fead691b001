"""What the days and lengths of a text are: when it was declared, takes effect and ends, its term, or something else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from tracker.dates import PartialDate
from tracker.watch.proposing.judging.announcing import Weighed, likelihood
from tracker.watch.proposing.judging.scale import YES, Scale
from tracker.watch.proposing.judging.senses import senses_in
from tracker.watch.proposing.judging.told import Told
from tracker.watch.proposing.judging.words import stems
from tracker.watch.proposing.until.when import Day, Length, days_in, lengths_in

DECLARED, EFFECTIVE, END, OTHER = "declared", "effective", "end", "other"
_AROUND = 60
_WORDS = 6
_NEAR = 3
# Shorter ones are how long a record is kept, or how long something took.
_SHORTEST_DAYS = 8


T = TypeVar("T", Day, Length)


@dataclass(frozen=True)
class Said(Generic[T]):
    """A day or a length, and the place of its sentence."""

    sentence: int
    what: T


def days(told: Told) -> list[Said[Day]]:
    """Every day that the text names, in order."""
    return [Said(place, day) for place, one in enumerate(told.sentences) for day in days_in(one.text, told.published)]


def lengths(told: Told) -> list[Said[Length]]:
    """Every length of time that the text names and that could be a term, in order."""
    return [
        Said(place, length)
        for place, one in enumerate(told.sentences)
        for length in lengths_in(one.text)
        if length.months * 30 + length.days >= _SHORTEST_DAYS
    ]


def of_a_day(told: Told, sentences: Sequence[Weighed], main: int, action: str, one: Said[Day]) -> dict[str, float]:
    """What there is to weigh in what a day is."""
    day = one.what
    away = (day.date.first - told.published).days
    when = "ahead" if away > 0 else "today" if away == 0 else "lately" if away >= -14 else "past"
    found = {when: 1.0, f"{action}, {when}": 0.7, f"known to the {day.date.precision}": 0.5}
    found["relative"] = float(day.relative)
    return found | _around(told, sentences, main, action, one)


def of_a_length(
    told: Told, sentences: Sequence[Weighed], main: int, action: str, one: Said[Length]
) -> dict[str, float]:
    """What there is to weigh in whether a length is the term."""
    months = one.what.months + one.what.days / 30
    size = "weeks" if months < 2 else "months" if months < 12 else "years" if months < 61 else "many years"
    return {size: 1.0, f"{action}, a length": 0.5} | _around(told, sentences, main, action, one)


def _around(
    told: Told, sentences: Sequence[Weighed], main: int, action: str, one: "Said[Day] | Said[Length]"
) -> dict[str, float]:
    found = {"likelihood of the sentence": likelihood(sentences[one.sentence])}
    found[f"sentences after the main one: {max(-2, min(4, one.sentence - main))}"] = 1.0
    text = told.sentences[one.sentence].text
    before = stems(text[max(0, one.what.start - _AROUND) : one.what.start])[-_WORDS:]
    after = stems(text[one.what.end : one.what.end + _AROUND])[:_WORDS]
    found |= {f"{number} before “{word}”": 1.0 for number, word in enumerate(reversed(before[-_NEAR:]))}
    found |= {f"{number} after “{word}”": 1.0 for number, word in enumerate(after[:_NEAR])}
    found |= {f"just before “{' '.join(before[-2:])}”": 0.7}
    for where, words in (("before", before), ("after", after)):
        for sensed in senses_in(words):
            found |= {f"{where}: {sensed.sense}": 1.0, f"{action}, {where}: {sensed.sense}": 0.4}
    found |= {f"in the sentence: {sensed.sense}": 0.3 for sensed in told.senses[one.sentence]}
    found[f"action: {action}"] = 0.5
    return found


@dataclass(frozen=True)
class Dates:
    """What the days of a text most likely are, each with the place of its sentence, and how likely the end is one."""

    declared: Said[Day] | None
    effective: Said[Day] | None
    ends: Said[Day] | None
    term: Said[Length] | None
    likely: float


_ENOUGH = 0.4


def dates_of(told: Told, sentences: Sequence[Weighed], main: int, action: str, scales: Mapping[str, Scale]) -> Dates:
    """The likeliest day for each role, if it is likely enough; and the day or length that most likely gives the end."""
    roles = [(one, scales["day"].weigh(of_a_day(told, sentences, main, action, one))) for one in days(told)]
    terms = [
        (one, scales["length"].weigh(of_a_length(told, sentences, main, action, one))[YES]) for one in lengths(told)
    ]
    best = {
        role: max(roles, key=lambda one: one[1].get(role, 0.0), default=None) for role in (DECLARED, EFFECTIVE, END)
    }
    chosen = {
        role: one[0] if one is not None and one[1].get(role, 0.0) >= _ENOUGH else None for role, one in best.items()
    }
    last = best[END]
    by_day = last[1].get(END, 0.0) if last is not None else 0.0
    term, by_term = max(terms, key=lambda one: one[1], default=(None, 0.0))
    if by_day >= by_term:
        return Dates(chosen[DECLARED], chosen[EFFECTIVE], last[0] if last else None, None, by_day)
    return Dates(chosen[DECLARED], chosen[EFFECTIVE], None, term, by_term)


def term_ends(
    told: Told, term: Said[Length], action: str, *, declared: PartialDate, effective: PartialDate | None
) -> PartialDate:
    """When the term is over: counted from where it takes effect, or was declared; a longer term from the former end."""
    if action in ("extension", "made_indefinite"):
        for day in _beside(told, term):
            if day.date.first > declared.first:
                return term.what.after(day.date)
    return term.what.after(effective or declared)


def _beside(told: Told, term: Said[Length]) -> Iterator[Day]:
    for place in (term.sentence, term.sentence - 1):
        if place >= 0:
            yield from days_in(told.sentences[place].text, told.published)
