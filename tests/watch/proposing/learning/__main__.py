"""`make learn`: learn the weights of tracker/watch/proposing/judging from the labelled cases.

With `--honest` nothing is written: the cases are cut into eight parts, each is judged by weights learned from the
other seven, and the benchmark's own scorer prints what came out; then the cases that teach nothing are judged.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track
from sklearn.model_selection import KFold

from tests.watch.proposing.learning.cases import BLIND, CASES, blocks, cases_of, catalogue, published
from tests.watch.proposing.learning.lessons import Lesson, lessons_of, varied
from tests.watch.proposing.learning.questions import learn
from tests.watch.proposing.learning.scorer import OPEN, scorer
from tracker.watch.proposing.judging import scale
from tracker.watch.proposing.judging.scale import Scale
from tracker.watch.proposing.known import Known
from tracker.watch.proposing.proposal import CONFIDENT
from tracker.watch.proposing.propose import propose
from tracker.watch.proposing.scoring import as_prediction

WEIGHTS = Path(scale.__file__).with_name("weights.json")
_FOLDS = 8


def main(arguments: Sequence[str]) -> None:
    """Learn from the cases, or only say how good that is."""
    parser = argparse.ArgumentParser(prog="make learn", description=__doc__)
    parser.add_argument("--honest", action="store_true", help="write nothing, judge each eighth by the rest")
    options = parser.parse_args(arguments)
    known = catalogue()
    cases = cases_of(CASES)
    lessons = lessons_of(cases, known)
    if options.honest:
        _show(
            cases,
            _each_by_the_others(lessons, known),
            f"each of {_FOLDS} parts judged by weights learned from the others",
        )
    scales = learn(varied(lessons, known))
    if options.honest:
        for name, judged in (("blind", cases_of(BLIND)), ("the benchmark's open cases", cases_of([OPEN]))):
            _show(judged, {case["id"]: _predict(case, known, scales) for case in judged}, f"{name}, learned from none")
        return
    stored = {
        name: {"answers": one.answers, "start": one.start, "weights": one.weights} for name, one in scales.items()
    }
    WEIGHTS.write_text(_lines(stored), "utf-8")
    print(f"{WEIGHTS.name}: {len(lessons)} texts, {sum(len(one['weights']) for one in stored.values()):,} weights")


def _each_by_the_others(lessons: Sequence[Lesson], known: Known) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    folds = list(KFold(_FOLDS, shuffle=True, random_state=0).split(lessons))
    for rest, part in track(folds, "Judging each part by the others", console=Console(stderr=True)):
        scales = learn(varied([lessons[place] for place in rest], known))
        for place in part:
            found[lessons[place].case["id"]] = _predict(lessons[place].case, lessons[place].told.known, scales)
    return found


def _predict(case: dict[str, Any], known: Known, scales: Mapping[str, Scale]) -> dict[str, Any]:
    found = propose(blocks(case), published=published(case), known=known, scales=scales)
    return as_prediction(case["id"], found) | {"priority": found[0].priority if found else 0.0}


def _show(cases: Sequence[dict[str, Any]], predictions: Mapping[str, dict[str, Any]], title: str) -> None:
    figures, _, _ = scorer().score(cases, predictions)
    scorer().show(figures, title)
    sure = {name: one for name, one in predictions.items() if one["priority"] >= CONFIDENT}
    usable = scorer().score([case for case in cases if case["id"] in sure], sure)[0] if sure else None
    if usable:
        share = usable["extra"]["usable_lead_rate"]
        print(
            f"confident       {len(sure)} leads, {usable['lead']['fp']} of them false; usable of the rest {share:.3f}"
        )


def _lines(stored: Mapping[str, Any]) -> str:
    """JSON with one feature a line, in order, so that a change of it can be read."""
    questions = []
    for name, one in stored.items():
        weights = ",\n".join(
            f"{json.dumps(feature, ensure_ascii=False)}:{json.dumps(said, separators=(',', ':'))}"
            for feature, said in sorted(one["weights"].items())
        )
        head = f'"answers":{json.dumps(one["answers"])},"start":{json.dumps(one["start"])}'
        questions.append(f'"{name}":{{{head},"weights":{{\n{weights}\n}}}}')
    return "{\n" + ",\n".join(questions) + "\n}\n"


if __name__ == "__main__":
    main(sys.argv[1:])
