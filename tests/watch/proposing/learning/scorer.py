"""The benchmark's own scorer of announcements, read from where it lies."""

import importlib.util
from functools import cache
from typing import Any

from tests.conftest import ROOT

_BENCHMARK = ROOT.parent / "shared/bench/announcements"
OPEN = _BENCHMARK / "cases.jsonl"


@cache
def scorer() -> Any:
    """The scorer's module. Raises FileNotFoundError where the benchmark is not at hand."""
    path = _BENCHMARK / "score.py"
    spec = importlib.util.spec_from_file_location("announcements_score", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
