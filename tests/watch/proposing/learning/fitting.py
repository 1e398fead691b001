"""Weights that fit the answers: a logistic regression, as a scale."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from tracker.watch.proposing.judging.scale import Scale

# Weights smaller than this change nothing, and what was seen less often than this is chance.
_SMALLEST = 0.03
_SELDOM = 5


def fit(
    features: Sequence[Mapping[str, float]],
    answers: Sequence[str],
    *,
    freedom: float,
    amounts: Sequence[float] | None = None,
) -> Scale:
    """The scale for a question. `freedom` is how closely it may fit (C), `amounts` how much each answer counts."""
    often = Counter(chain.from_iterable(features))
    features = [{one: amount for one, amount in each.items() if often[one] >= _SELDOM} for each in features]
    columns = DictVectorizer()
    model = LogisticRegression(C=freedom, max_iter=1000)
    model.fit(columns.fit_transform(features), answers, sample_weight=amounts)
    coefficients, start = model.coef_, model.intercept_
    if len(model.classes_) == 2:
        coefficients = np.vstack([np.zeros_like(coefficients[0]), coefficients[0]])
        start = np.array([0.0, start[0]])
    weights = {
        feature: tuple(round(float(one), 2) for one in coefficients[:, place])
        for feature, place in columns.vocabulary_.items()
        if np.abs(coefficients[:, place]).max() >= _SMALLEST
    }
    return Scale(tuple(map(str, model.classes_)), tuple(round(float(one), 3) for one in start), weights)
