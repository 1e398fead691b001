"""What kind of end it has: a day, a law or an event to wait for, an open one, or none that is named."""

from collections.abc import Sequence

from tracker.watch.proposing.judging.announcing import Weighed, likeliest, likelihood
from tracker.watch.proposing.judging.senses import pairs
from tracker.watch.proposing.judging.told import Told

_HAS_ONE = 0.4
_SURELY = 0.7


def of_the_condition(
    told: Told, sentences: Sequence[Weighed], *, action: str, likeliest_end: float, said: str
) -> dict[str, float]:
    """What there is to weigh in which kind of end it has; `likeliest_end` is how likely the best
    day or length gives one, `said` the kind of end that the wording gives (until/endings.py).
    """
    main = likeliest(sentences)
    found = {f"action: {action}": 2.0, "likeliest end": 3 * likeliest_end, f"worded: {said}": 2.0}
    found["has an end"] = float(likeliest_end >= _HAS_ONE)
    found["surely has an end"] = float(likeliest_end >= _SURELY)
    found[f"{action}, has an end"] = 2.0 * (likeliest_end >= _HAS_ONE)
    found[f"worded: {said}, has an end"] = 2.0 * (likeliest_end >= _HAS_ONE)
    found |= {f"“{word}”": 0.3 for word in told.words[main]}
    for place, weighed in enumerate(sentences):
        likely = likelihood(weighed)
        amount = 1.0 if place == main else max(0.3, likely) if abs(place - main) <= 2 else 0.7 * likely
        after_until = (pair for pair in pairs(told.senses[place]) if pair.startswith("until>"))
        for sense in (*(one.sense for one in told.senses[place]), *after_until):
            found[sense] = max(found.get(sense, 0.0), 0.6 * amount)
    return found
