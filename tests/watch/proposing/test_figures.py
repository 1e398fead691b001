"""The leads as a whole, on texts from which nothing was learned: that a change of rules or weights makes none worse."""

from collections.abc import Sequence
from typing import Any

import pytest

from tests.conftest import shared
from tests.watch.proposing.learning.cases import BLIND, blocks, cases_of, catalogue, published
from tests.watch.proposing.learning.scorer import scorer
from tracker.watch.proposing.known import Known
from tracker.watch.proposing.propose import propose
from tracker.watch.proposing.scoring import as_prediction


@pytest.fixture(scope="module")
def known() -> Known:
    return catalogue()


def figures(cases: Sequence[dict[str, Any]], known: Known) -> dict[str, Any]:
    told = {
        case["id"]: as_prediction(case["id"], propose(blocks(case), published=published(case), known=known))
        for case in cases
    }
    found: dict[str, Any] = scorer().score(cases, told)[0]
    return found


def test_of_texts_it_never_saw_nearly_all_announcements_are_found_and_told_right(known: Known) -> None:
    shared("bench/announcements/score.py")
    found = figures(cases_of(BLIND), known)
    assert found["lead"]["recall"] >= 0.92
    assert found["lead"]["false_lead_rate"] <= 0.15
    assert found["action"]["accuracy"] >= 0.8
    assert found["vendor"]["f1"] >= 0.7
    assert found["end_condition_accuracy"] >= 0.78
    assert found["carve_out"]["f1"] >= 0.6
    # Of one page in HTML a sentence stands across tags.
    assert found["quotes"]["real_substring_rate"] >= 0.99
    assert found["extra"]["usable_lead_rate"] >= 0.53


def test_on_the_benchmarks_open_cases_hardly_an_announcement_is_missed(known: Known) -> None:
    found = figures(cases_of([shared("bench/announcements/cases.jsonl")]), known)
    assert found["lead"]["recall"] >= 0.9
    assert found["lead"]["false_lead_rate"] <= 0.25
    assert found["vendor"]["f1"] >= 0.75
