"""Whether the whole text announces anything, and what: asked once every sentence has been weighed."""

import math
from collections.abc import Sequence
from itertools import pairwise

from tracker.watch.proposing.judging.announcing import Weighed, likeliest, likelihood
from tracker.watch.proposing.judging.senses import pairs
from tracker.watch.proposing.judging.told import Told
from tracker.watch.proposing.what.shape import SHAPES

# Sentences that are this much less likely than the likeliest say nothing of the action.
_SHARE = 0.3
# The sense of the words for a surveillance technology.
_TECHNOLOGY = "tech"


def of_the_text(told: Told, sentences: Sequence[Weighed]) -> dict[str, float]:
    """What there is to weigh in whether the text announces anything."""
    likely = sorted((likelihood(one) for one in sentences), reverse=True)
    first = likely[0]
    found = {f"in the text: {sense}": 0.25 for sense in told.all_senses}
    for place in told.new:
        found |= {f"“{word}”": 0.4 for word in told.words[place]}
        found |= {f"“{one} {other}”": 0.2 for one, other in pairwise(told.words[place])}
    found["likeliest sentence"] = 3 * first
    found["likeliest sentence, odds"] = math.log((first + 0.01) / (1.01 - first))
    found["second sentence"] = likely[1] if len(likely) > 1 else 0.0
    return found | _subject(told, likeliest(sentences))


def _subject(told: Told, main: int) -> dict[str, float]:
    """What the likeliest sentence says, and whether it says it of a surveillance technology at all."""
    senses = [one.sense for one in told.senses[main]]
    found = {f"main: {sense}": 0.4 for sense in senses}
    if _TECHNOLOGY not in senses:
        found |= {f"main, no technology: {sense}": 0.5 for sense in senses}
        found["main, no technology"] = 1.0
    found["no technology"] = float(_TECHNOLOGY not in told.all_senses)
    return found


def of_the_action(told: Told, sentences: Sequence[Weighed]) -> dict[str, float]:
    """What there is to weigh in which action it is."""
    found: dict[str, float] = {f"in the text: {sense}": 0.2 for sense in told.all_senses}
    main = likeliest(sentences)
    found |= {f"“{one} {other}”": 0.4 for one, other in pairwise(told.words[main])}
    found |= dict.fromkeys(sorted(set(pairs(told.senses[main]))), 0.5)
    highest = max(likelihood(one) for one in sentences)
    for action in SHAPES:
        found[f"sentences: {action}"] = 3 * max(one.get(action, 0.0) for one in sentences)
    for place, one in enumerate(sentences):
        share = likelihood(one) / highest if highest else 0.0
        if share < _SHARE:
            continue
        for sensed in told.senses[place]:
            found[sensed.sense] = max(found.get(sensed.sense, 0.0), 0.5 * share)
        for word in told.words[place]:
            found[f"“{word}”"] = max(found.get(f"“{word}”", 0.0), 0.6 * share)
    return found


def of_anyone(told: Told, sentences: Sequence[Weighed], action: str) -> dict[str, float]:
    """What there is to weigh in whether any company is bound, or party to it: a law often names none."""
    main = likeliest(sentences)
    found = {f"main: {one.sense}": 0.5 for one in told.senses[main]}
    found |= {f"in the text: {sense}": 0.25 for sense in told.all_senses}
    found[f"action: {action}"] = 1.0
    found["a public body first"] = float(told.public_body_first(main))
    found["a name in the main sentence"] = float("ORG" in told.words[main])
    return found
