"""Which sentences an editor would quote for an announcement, beside the one that makes it."""

from collections.abc import Sequence

from tracker.watch.proposing.judging import announcing
from tracker.watch.proposing.judging.announcing import Weighed, likelihood
from tracker.watch.proposing.judging.told import Told

_NEAR = 4


def features(told: Told, sentences: Sequence[Weighed], main: int, action: str, place: int) -> dict[str, float]:
    """What there is to weigh in whether the sentence at `place` would be quoted."""
    distance = max(-_NEAR, min(_NEAR, place - main))
    found = {name: 0.6 * amount for name, amount in announcing.features(told, place).items()}
    found["likelihood"] = 3 * likelihood(sentences[place])
    found[f"sentences after the main one: {distance}"] = 1.0
    found |= {f"{action}: {sensed.sense}": 0.4 for sensed in told.senses[place]}
    found["same paragraph"] = float(told.sentences[place].block == told.sentences[main].block)
    return found
