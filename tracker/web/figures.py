"""The numbers of a finding, as rows with a label that a reader understands."""

from collections.abc import Mapping
from typing import Any

_UNITS = {"pct": "%", "usd": "US dollars", "eur": "euros", "gbp": "pounds", "days": "days", "years": "years"}


def figures(noted: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Label and value of each figure: `rate_pct: 21.7` becomes (“Rate”, “21.7 %”)."""
    return [_figure(key, value) for key, value in noted.items() if value is not None]


def share(part: int | None, whole: int | None) -> str:
    """“21.7 %”; empty where either is not known or the whole is zero."""
    return f"{100 * part / whole:.1f} %" if part is not None and whole else ""


def _figure(key: str, value: Any) -> tuple[str, str]:
    words, _, last = key.rpartition("_")
    unit = _UNITS.get(last, "") if words else ""
    label = (words if unit else key).replace("_", " ").strip()
    return label[:1].upper() + label[1:], f"{_written(value)} {unit}".strip()


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and abs(value) >= 10_000:
        return f"{value:,}"
    if isinstance(value, list):
        return ", ".join(_written(part) for part in value)
    if isinstance(value, Mapping):
        return "; ".join(f"{str(name).replace('_', ' ')}: {_written(part)}" for name, part in value.items())
    return str(value)
