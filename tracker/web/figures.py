"""The numbers of a finding, as rows with a label that a reader understands."""

from collections.abc import Mapping
from typing import Any

from tracker.record.models import Finding

_UNITS = {"pct": " %", "usd": " US dollars", "eur": " euros", "gbp": " pounds"}
_BOUNDS = {"min": "at least ", "max": "at most "}
_SAME_AS = {"subjects": "tested", "false_matches": "matched", "matches": "matched"}


def figures(finding: Finding) -> list[tuple[str, str]]:
    """Label and value of each figure: `rate_pct_max: 21.7` becomes (“Rate”, “at most 21.7 %”).

    What was tested and matched comes first; a figure that only repeats one of them is left out.
    """
    rows = []
    if finding.tested is not None:
        rows.append(("Tested", written(finding.tested)))
    if finding.matched is not None:
        wrong = "false_matches" in finding.figures
        rows.append(("Wrongly matched" if wrong else "Matched", _part(finding.matched, finding.tested)))
    return rows + [_figure(key, value) for key, value in finding.figures.items() if not _repeats(finding, key, value)]


def _repeats(finding: Finding, key: str, value: Any) -> bool:
    shared = key == "rate_pct" and finding.tested is not None and finding.matched is not None
    return value is None or shared or (key in _SAME_AS and value == getattr(finding, _SAME_AS[key]))


def _part(part: int, whole: int | None) -> str:
    return f"{written(part)} ({100 * part / whole:.1f} % of those tested)" if whole else written(part)


def _figure(key: str, value: Any) -> tuple[str, str]:
    parts = key.split("_")
    label = " ".join(part for part in parts if part not in _UNITS and part not in _BOUNDS) or key
    unit = next((_UNITS[part] for part in parts if part in _UNITS), "")
    bound = next((_BOUNDS[part] for part in parts if part in _BOUNDS), "")
    return label[:1].upper() + label[1:], f"{bound}{written(value)}{unit}"


def written(value: Any) -> str:
    """A value as a reader sees it: 5,900,000; yes; 12.33."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, list):
        return ", ".join(written(part) for part in value)
    if isinstance(value, Mapping):
        return "; ".join(f"{str(name).replace('_', ' ')}: {written(part)}" for name, part in value.items())
    return str(value)
