"""Which of the names in a text are companies that are bound by what it announces, or party to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.watch.proposing.judging.announcing import NOTHING, Weighed, likeliest, likelihood
from tracker.watch.proposing.judging.senses import senses_in
from tracker.watch.proposing.judging.told import Told
from tracker.watch.proposing.judging.words import stems
from tracker.watch.proposing.who.names import names_in
from tracker.watch.proposing.who.words import (
    COMPANY_ENDING,
    GIVEN_NAMES,
    NOT_COMPANY_WORD,
    PLACES,
    PUBLIC_WORD,
)

_AROUND = 60
_WORDS = 4
_NEAR = 3
_MANY = 6
# Capitals that name a technology.
_TECHNOLOGIES = frozenset({"AI", "ALPR", "ANPR", "CCTV", "DNA", "GPS", "LPR"})
# A word that stands no further than this in a sentence begins it.
_BEGINS = 3


@dataclass(frozen=True)
class Standing:
    """A place where a name stands: the sentence, and from where to where in it."""

    sentence: int
    start: int
    end: int


def named_in(told: Told) -> Mapping[str, Sequence[Standing]]:
    """Every name of the text with the places where it stands, however it is capitalised."""
    places: dict[str, list[Standing]] = {}
    for number, sentence in enumerate(told.sentences):
        found = [Standing(number, start, start + len(name)) for name, start in names_in(sentence.text, told.names)]
        found += [Standing(number, one.start, one.end) for one in told.names.in_text(sentence.text)]
        for one in dict.fromkeys(found):
            places.setdefault(sentence.text[one.start : one.end], []).append(one)
    merged: dict[str, list[Standing]] = {}
    for name, standing in places.items():
        same = next((one for one in merged if one.lower() == name.lower()), name)
        if name not in _TECHNOLOGIES:
            merged.setdefault(same, []).extend(standing)
    return merged


def features(
    told: Told, sentences: Sequence[Weighed], name: str, named: Mapping[str, Sequence[Standing]], action: str
) -> dict[str, float]:
    """What there is to weigh in whether `name` is such a company."""
    standing = named[name]
    main = likeliest(sentences)
    found = _of_the_name(told, name, standing)
    found["likeliest sentence"] = 2 * max(likelihood(sentences[one.sentence]) for one in standing)
    found |= _in_the_main_sentence(main, standing, named)
    for one in standing:
        amount = 1.0 if one.sentence == main else 0.6
        for feature in _around(told.sentences[one.sentence].text, one):
            found[feature] = max(found.get(feature, 0.0), amount)
    found[f"action: {action}"] = 0.5
    kinds = {one: weight for one, weight in sentences[main].items() if one != NOTHING}
    if kinds:
        found[f"main sentence: {max(kinds, key=lambda one: kinds[one])}"] = 0.5
    found["a public body first"] = float(told.public_body_first(main))
    longer = any(one.startswith(name + " ") for one in named)
    shorter = any(name.startswith(one + " ") for one in named)
    found |= {"stands longer elsewhere": float(longer), "stands shorter elsewhere": float(shorter)}
    found["names"] = min(len(named), _MANY) / 3
    return found


def _of_the_name(told: Told, name: str, standing: Sequence[Standing]) -> dict[str, float]:
    words = name.split()
    places = [(told.sentences[one.sentence].text, one.start, one.end) for one in standing]
    signs = told.names.worth_as_a_company(name, places)
    known = told.known.organizations_in(name)
    holds = {
        "signs speak for it": signs >= 1,
        "signs speak against it": signs < 0,
        "ends like a company": COMPANY_ENDING.search(name) is not None,
        "a public word": PUBLIC_WORD.search(name) is not None,
        "no word of a company": NOT_COMPANY_WORD.search(name) is not None,
        "a place": any(word.casefold() in PLACES for word in words),
        "a given name": words[0].casefold() in GIVEN_NAMES,
        "a product": bool(told.known.products_in(name)),
        "only ever begins a sentence": len(words) == 1 and all(one.start < _BEGINS for one in standing),
        f"words: {min(len(words), _WORDS)}": True,
        f"first in sentence {min(min(one.sentence for one in standing), _NEAR)}": True,
    }
    found = {feature: 1.0 for feature, does in holds.items() if does}
    if known:
        found[f"known {told.known.by_slug[known[0].slug].role}"] = 1.0
    return found | {"signs": max(min(signs, 4.0), -4.0) / 2, "times": min(len(standing), 4) / 2}


def _in_the_main_sentence(
    main: int, standing: Sequence[Standing], named: Mapping[str, Sequence[Standing]]
) -> dict[str, float]:
    here = [one.start for one in standing if one.sentence == main]
    if not here:
        return {}
    first = min(one.start for places in named.values() for one in places if one.sentence == main)
    holds = {"in the main sentence": True, "first there": min(here) == first, "begins it": min(here) < 12}
    return {feature: 1.0 for feature, does in holds.items() if does}


def _around(text: str, one: Standing) -> list[str]:
    before = stems(text[max(0, one.start - _AROUND) : one.start])[-_WORDS:]
    after = stems(text[one.end : one.end + _AROUND])[:_WORDS]
    found = [f"{number} before “{word}”" for number, word in enumerate(reversed(before[-_NEAR:]))]
    found += [f"{number} after “{word}”" for number, word in enumerate(after[:_NEAR])]
    found += [f"before: {sensed.sense}" for sensed in senses_in(before)]
    found += [f"after: {sensed.sense}" for sensed in senses_in(after)]
    return found if before else [*found, "begins a sentence"]
