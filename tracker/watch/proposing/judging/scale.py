"""Learned weights, and how they make probabilities: the sum of what each feature says, as a logistic model has it."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("weights.json")
Features = Mapping[str, float]
# The answers of the questions that have two.
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Scale:
    """One question with its answers. `weights` has, by feature, what it says for each answer."""

    answers: tuple[str, ...]
    start: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]

    def weigh(self, features: Features) -> dict[str, float]:
        """How likely each answer is; they add up to 1."""
        sums = list(self.start)
        for feature, amount in features.items():
            said = self.weights.get(feature)
            if said is not None:
                for place, weight in enumerate(said):
                    sums[place] += weight * amount
        highest = max(sums)
        shares = [math.exp(one - highest) for one in sums]
        return {answer: share / sum(shares) for answer, share in zip(self.answers, shares, strict=True)}

    def best(self, features: Features) -> str:
        """The likeliest answer."""
        weighed = self.weigh(features)
        return max(weighed, key=lambda answer: weighed[answer])

    def spoke_for(self, features: Features, answer: str, *, most: int) -> list[str]:
        """The features that spoke most for `answer`, the strongest first."""
        place = self.answers.index(answer)
        said = {
            feature: self.weights[feature][place] * amount
            for feature, amount in features.items()
            if feature in self.weights
        }
        return sorted((one for one in said if said[one] > 0), key=lambda one: -said[one])[:most]

    @classmethod
    def of_json(cls, stored: Mapping[str, Any]) -> "Scale":
        """A scale as weights.json has it."""
        weights = {feature: tuple(said) for feature, said in stored["weights"].items()}
        return cls(tuple(stored["answers"]), tuple(stored["start"]), weights)


@cache
def learned() -> dict[str, Scale]:
    """The scales that the project comes with, by the name of their question."""
    return {name: Scale.of_json(stored) for name, stored in json.loads(_FILE.read_text("utf-8")).items()}
