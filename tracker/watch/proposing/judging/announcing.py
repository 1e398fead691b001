"""Whether a sentence announces something, and what: the first question that is asked of every sentence."""

from collections.abc import Sequence
from itertools import pairwise

from tracker.watch.proposing.judging.scale import Scale
from tracker.watch.proposing.judging.senses import pairs
from tracker.watch.proposing.judging.told import Told

NOTHING = "none"
_LAST_PLACE = 6
_FEW = 6

Weighed = dict[str, float]


def features(told: Told, place: int) -> dict[str, float]:
    """What there is to weigh in the sentence at `place`, and around it."""
    found: dict[str, float] = {f"in the text: {sense}": 0.3 for sense in told.all_senses}
    for beside, where in ((place - 1, "before"), (place + 1, "after")):
        if beside in told.new:
            found |= {f"the sentence {where}: {one.sense}": 0.4 for one in told.senses[beside]}
    words, senses = told.words[place], told.senses[place]
    found |= {f"“{word}”": 0.5 for word in words}
    found |= {f"“{one} {other}”": 0.3 for one, other in pairwise(("^", *words, "$"))}
    found |= {one.sense: 1.0 for one in senses}
    found |= dict.fromkeys(sorted(set(pairs(senses))), 0.5)
    found[f"sentence {min(told.order(place), _LAST_PLACE)}"] = 0.7
    if "?" in words:
        found["a question"] = 1.0
    if len(words) < _FEW:
        found["short"] = 1.0
    return found


def of_the_main(told: Told, sentences: Sequence[Weighed], place: int) -> dict[str, float]:
    """What there is to weigh in whether it is the sentence that says it best, in a text that announces something."""
    found = {name: amount for name, amount in features(told, place).items() if not name.startswith("in the text")}
    highest = max(likelihood(one) for one in sentences)
    found["share of the likeliest"] = 3 * likelihood(sentences[place]) / highest if highest else 0.0
    return found


def weighed(told: Told, scale: Scale) -> list[Weighed]:
    """For each sentence, how likely it announces each action, or none; one that is not fresh announces none."""
    return [
        scale.weigh(features(told, place)) if place in told.fresh else {NOTHING: 1.0}
        for place in range(len(told.sentences))
    ]


def likeliest(sentences: Sequence[Weighed]) -> int:
    """The place of the sentence that most likely announces something; the first of equals."""
    return max(range(len(sentences)), key=lambda place: likelihood(sentences[place]))


def likelihood(of: Weighed) -> float:
    """How likely the sentence announces anything."""
    return 1.0 - of[NOTHING]
