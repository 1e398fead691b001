"""A proposal in the shape in which the benchmark of announcements scores it. Only the command uses it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from tracker.dates import PartialDate
from tracker.watch.proposing.proposal import Proposal, ProposedEnd
from tracker.watch.proposing.until.endings import LAW

_ACTIONS = {
    "extended": "extension",
    "made_indefinite": "made_indefinite",
    "made_permanent": "permanent_ban",
    "lapsed": "lapse",
}
_KINDS = {
    "moratorium": "new_moratorium",
    "ban": "permanent_ban",
    "exit": "product_exit",
    "limit": "partial_limits",
    "pledge": "partial_limits",
}
_OPEN_ENDED = frozenset({"permanent_ban", "product_exit", "made_indefinite"})


def as_prediction(name: str, proposals: Sequence[Proposal]) -> dict[str, Any]:
    """The best proposal as one prediction; an empty one says that nothing was announced."""
    if not proposals:
        return {
            "id": name,
            "about_commitment": False,
            "vendors": [],
            "products": [],
            "action": "none",
            "announced": None,
            "effective": None,
            "end": None,
            "end_condition": "none",
            "carve_outs": [],
            "support": [],
        }
    best = proposals[0]
    action = _action(best)
    return {
        "id": name,
        "about_commitment": True,
        "vendors": list(best.companies),
        "products": list(best.products or best.technology[:2]),
        "action": action,
        "announced": best.declared_on,
        "effective": best.effective_from,
        "end": _end_date(best.end),
        "end_condition": _condition(best, action),
        "carve_outs": [carve_out.words for carve_out in best.carve_outs],
        "support": list(dict.fromkeys(quote.text for quote in best.quotes)),
    }


def _action(best: Proposal) -> str:
    if best.matter == "partnership":
        return f"partnership_{best.action}"
    if best.matter == "denial":
        return "denial"
    if best.action == "extended" and best.end.kind == "indefinite":
        return "made_indefinite"
    if best.action in ("reversed", "withdrawn", "overturned", "replaced"):
        return "rescinded"
    return _ACTIONS.get(best.action) or _KINDS[best.kind]


def _end_date(end: ProposedEnd) -> str | None:
    stated = end.ends_on or end.not_before
    if stated is None or not end.through:
        return stated
    return str(PartialDate(PartialDate.parse(stated).first - timedelta(days=1)))


def _condition(best: Proposal, action: str) -> str:
    if action.startswith("partnership") or action in ("denial", "rescinded"):
        return "fixed" if best.end.kind == "fixed" and action == "partnership_started" else "none"
    if best.end.kind == "fixed":
        return "fixed"
    if best.end.kind == "conditional":
        return "until_law" if best.end.awaits == "law" or LAW.search(best.end.condition) else "until_event"
    if best.end.kind in ("indefinite", "permanent") or action in _OPEN_ENDED:
        return "indefinite"
    return "unknown"
