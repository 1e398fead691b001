"""What the name of an account at Flock says of whose it is: “Avon IN PD”. Pure Python."""

import re

from tracker.imports.meant.agency_names import is_junk
from tracker.imports.rows import AgencyNamed
from tracker.imports.written import state_code

_USUAL = re.compile(r"(?P<place>.+?),? (?P<state>[A-Z]{2}) (?P<force>PD|SO)")
_STATE_LAST = re.compile(r"(?P<place>.+?),? (?P<force>PD|SO),?(?: -)? \(?(?P<state>[A-Z]{2})\)?")
_STATE = re.compile(r"\b[A-Z]{2}\b")
_NO_TOWN = re.compile(
    r"\b(county|parish|college|university|campus|airport|tribal|nation|school|isd|district|parks|state|board)\b",
    re.IGNORECASE,
)
_COUNTY = re.compile(r".+ (County|Parish)")
_OF = re.compile(r"(city|town|village|borough|township) of ", re.IGNORECASE)
_FLOCKS_OWN = re.compile(
    r"Flock\b|.*\bFlock (Safety|Training|PD|LE)\b|.*\bLE Flock\b|.*\b(Demo|Sandbox)\b", re.IGNORECASE
)
_NOT_USED = re.compile(r"(Z )?(DNU|do not use)\b|.*\(?(do not use|DNU)\)?$", re.IGNORECASE)


def why_nobodys(name: str, notes: str) -> str:
    """Why the account is no agency's own; nothing if it may be."""
    if _FLOCKS_OWN.match(name):
        return "an account of Flock's own, for sales, training or tests"
    if is_junk(name) or _NOT_USED.match(name):
        return "a test, a duplicate or a closed account, by its own name"
    if notes.lower().startswith(("duplicate of", "marked as duplicate", "do not use")):
        return "a duplicate, by the newspaper's note"
    return ""


def agency(name: str) -> AgencyNamed:
    """The agency whose account it is. Only names of the usual form are written out; any other is left as it is."""
    found = _USUAL.fullmatch(name) or _STATE_LAST.fullmatch(name)
    state = _state(found["state"]) if found else ""
    if found is None or not state:
        said = next((code for each in _STATE.findall(name) if (code := _state(each))), "")
        return AgencyNamed(name, said, kind=_kind(name))
    place = found["place"]
    if found["force"] == "SO" and _COUNTY.fullmatch(place):
        return AgencyNamed(f"{place} Sheriff's Office", state, kind="sheriff", county=place)
    if found["force"] == "PD" and not _NO_TOWN.search(place):
        return AgencyNamed(f"{place} Police Department", state, _OF.sub("", place), "police")
    return AgencyNamed(name, state, kind=_kind(name))


def _kind(name: str) -> str:
    if re.search(r"\bSO\b|\bSheriff", name):
        return "sheriff"
    return "police" if re.search(r"\bPD\b|\bPolice\b", name) else "other"


def _state(written: str) -> str:
    try:
        return state_code(written)
    except ValueError:
        return ""
