"""What the sentence of a decision says: who decided, and what became of the contract. Pure Python."""

import re
from dataclasses import dataclass

from tracker.imports.rows import AgencyNamed

_BODY = re.compile(
    r"\b(city|town|township|village|county|council|commission\w*|board|legislature|mayor|district|police|sher?riff\w*|PD)\b",
    re.IGNORECASE,
)
_UNIVERSITY = re.compile(r"\b(University of [\w -]+?|[A-Z]\w+ University) Police Department")
_COUNTY_SHERIFF = re.compile(r"\b(?:The )?((?:[A-Z]\w+ )+County) Sher?riff")
_DISTRICT = re.compile(r"\b(?:The )?((?:[A-Z]\w+ )+Improvement District)")
_SHERIFF = re.compile(r"\bsher?riff", re.IGNORECASE)
_POLICE = re.compile(r"\bpolice (department|chief|announced|suspended)|\bPD\b|['’]s police chief", re.IGNORECASE)

_IN_SPITE = re.compile(r"\b(despite|in spite of|against) (their|the|its) vote\b", re.IGNORECASE)
_BEFORE = re.compile(
    r"\bbefore (any|their|its|the) .{0,40}\binstalled|\brescinded its approval|\bplanned (purchase|license)",
    re.IGNORECASE,
)
_PAUSE = re.compile(r"\b(paus\w+|suspen\w+|temporar\w+|pending a? ?court|to review|while it)\b", re.IGNORECASE)
_END = re.compile(
    r"\b(remov\w+|terminat\w+|end(s|ed|ing)?|not (to )?(be )?(renew|replac)\w*|stop(s|ped)?|discontinu\w+|unplug\w*"
    r"|cancell?\w*|expire\w*)\b",
    re.IGNORECASE,
)
_HAD_ONE = re.compile(
    r"\b(renew\w*|extension|existing contract|earlier agreement|discontinu\w+|remov\w+|pilot"
    r"|currently installed|expired)\b",
    re.IGNORECASE,
)
_LATER = re.compile(r"\b(will|soon|plans?|scheduled|slated)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Became:
    """A status of `Partnership.Status`, a detail, and whether the end is still to come."""

    status: str
    detail: str = ""
    later: bool = False


def decided_by(place: str, state: str, told: str) -> AgencyNamed | None:
    """Who decided, as far as the sentence says; None if it names neither the place nor a public body of it."""
    if "," in place or not (place in told or f", {state}" in told or _BODY.search(told)):
        return None
    if campus := _UNIVERSITY.search(told):
        return AgencyNamed(campus[0], state, place, "police")
    if district := _DISTRICT.search(told):
        return AgencyNamed(district[1], state, place, "local")
    if place.endswith((" County", " Parish")):
        if _SHERIFF.search(told):
            return AgencyNamed(f"{place} Sheriff's Office", state, kind="sheriff", county=place)
        return AgencyNamed(f"{place} (county government)", state, kind="local", county=place)
    if sheriff := _COUNTY_SHERIFF.search(told):
        return AgencyNamed(f"{sheriff[1]} Sheriff's Office", state, kind="sheriff", county=sheriff[1])
    if _POLICE.search(told) or re.search(rf"\b{re.escape(place)} police\b", told, re.IGNORECASE):
        return AgencyNamed(f"{place} Police Department", state, place, "police")
    return AgencyNamed(f"{place} (city or town government)", state, place, "local")


def became(outcome: str, told: str) -> Became | None:
    """What became of the contract; None for an outcome that says nothing of one.

    “Contract Rejected” stands for a first contract that was refused and for one that was not renewed: the sentence
    tells. Cameras that were switched off are no end: that is `paused`, unless the sentence says that it is over.
    """
    later = bool(_LATER.search(told))
    match outcome:
        case "Contract Reinstated":
            return Became("reinstated")
        case "Contract Rejected" | "Contract Canceled" if _IN_SPITE.search(told):
            return Became("reported", "kept in spite of the vote")
        case "Contract Rejected":
            return Became("ended", "not renewed", later) if _HAD_ONE.search(told) else Became("never_started")
        case "Contract Canceled":
            return Became("never_started", "cancelled before it began") if _BEFORE.search(told) else _over("", later)
        case "Contract Paused":
            return Became("paused")
        case "Contract Not Renewed":
            return _over("not renewed", later)
        case "Cameras Deactivated":
            over = _END.search(told) and not _PAUSE.search(told)
            return _over("cameras deactivated", later) if over else Became("paused", "cameras deactivated")
        case _:
            return None


def _over(detail: str, later: bool) -> Became:
    return Became("ended", detail, later)
