"""What the name of an agency says: what it is called, of which sort it is, of what place, and in which state."""

import re
from dataclasses import dataclass

from tracker.imports.meant.spelling import seen, words
from tracker.imports.meant.states import NAMES, postal

_JUNK = re.compile(
    r"\bdupe?\b|\bduplicate\b|\bdo ?n[o']?t use\b|\bdo not use\b|\bnot in use\b|\brevoked\b|\bdelete\b"
    r"|\bdecommissioned\b|\binactive\b|\bdemo\b|\btest(ing)?\b|\bLE training\b",
    re.IGNORECASE,
)
_LONG = {
    "st": "saint",
    "ste": "saint",
    "sainte": "saint",
    "mt": "mount",
    "ft": "fort",
    "pt": "point",
    "hts": "heights",
    "spgs": "springs",
    "twp": "township",
    "boro": "borough",
    "dept": "department",
    "dpt": "department",
    "dep": "department",
    "depts": "department",
    "univ": "university",
    "isd": "independent school district",
    "cc": "community college",
    "intl": "international",
    "metro": "metropolitan",
    "taskforce": "task force",
    "tribe": "tribal",
    "sherriff": "sheriff",
    "sherriffs": "sheriffs",
    "sherrif": "sheriff",
}
_SIDES = {"n": "north", "s": "south", "e": "east", "w": "west"}
_KIND_WORDS = {"pd", "so", "police", "sheriff", "sheriffs", "department", "dept", "dps", "isd", "county", "marshal"}
_POLICE = re.compile(
    r"\b(police (department|services?|division|bureau|force|agency)|(department|division|bureau|office) of police"
    r"|police|pd)\b"
)
_SAFETY = re.compile(r"\b(department of public safety|public safety department|public safety|dps)\b")
_SHERIFF = re.compile(r"\b(sheriffs?|(county|parish) so|so$)")
_SHERIFF_WORDS = {
    "sheriff",
    "sheriffs",
    "office",
    "department",
    "so",
    "coroner",
    "of",
    "the",
    "police",
    "county",
    "parish",
}
_STATE = re.compile(r"\b(state police|highway patrol|state patrol|state troopers)\b")
_CAMPUS = re.compile(r"\b(university|college|school|schools|campus|institute of technology)\b")
_PLACE_OF = re.compile(r"^(city|town|village|borough|township|municipality|county|parish) of (the )?(.+)")
_PLACE = re.compile(r"(.+?) (?:charter )?(town|village|township|borough)( of)?$")
_COUNTY = re.compile(r",\s*([^,]+?) County(?= Police Department$|$)|\((\w[\w .]*?) Co(?:unty)?\.?\)", re.IGNORECASE)


@dataclass(frozen=True)
class Said:
    """A name taken apart. `key` is equal for all spellings of what it is called, without sort, place word and state.

    `sort` is police, sheriff, campus, state or other; `place` the word for the kind of place, if one is said;
    `base` and `part` are the two sides of a colon ("Indiana University: Southeast"); `loose` is the key that it has
    where the order of the words tells nothing.
    """

    key: str
    sort: str
    place: str = ""
    state: str = ""
    county: str = ""
    base: str = ""
    part: str = ""
    loose: str = ""


def is_junk(name: str) -> bool:
    """Whether the name is that of a test, a duplicate or an account that is closed."""
    return bool(_JUNK.search(name))


def taken_apart(name: str, *, state: str = "", kind: str = "other", city: str = "") -> Said:
    """What the name says; `state`, `kind` and `city`, as the row says them beside it, fill in what it leaves out."""
    text, said_state = _without_state(seen(name), postal(state))
    county = ""
    if found := _COUNTY.search(text):
        text, county = text[: found.start()] + text[found.end() :], found[1] or found[2]
    before, colon, after = text.partition(":")
    whole = " ".join(_longer(words(text), kind))
    sort = _sort(whole, kind, NAMES.get(said_state, ""))
    rest, place = _called(whole, sort, NAMES.get(said_state, ""))
    if not rest and city and sort in ("police", "sheriff"):
        rest = " ".join(_longer(words(city), kind))
    base = part = ""
    if colon:
        base = key_of(_called(" ".join(_longer(words(before), kind)), sort, "")[0], sort)
        part = key_of(" ".join(_longer(words(after), kind)), "police")
    return Said(key_of(rest, sort), sort, place, said_state, county, base, part, key_of(rest, "other"))


def key_of(called: str, sort: str) -> str:
    """The words written together; in order only where the order tells names apart."""
    said = called.split()
    if sort in ("other", "state"):
        said = sorted({word.rstrip("s") if len(word) > 4 else word for word in said} - {"office", "of", "the", "and"})
    return "".join(said)


def same_place(one: str, other: str) -> bool:
    """Whether two names of a city or a county are spellings of one."""
    return key_of(_place(one), "police") == key_of(_place(other), "police")


def _place(name: str) -> str:
    said = " ".join(_longer(words(name), ""))
    found = _PLACE_OF.match(said)
    said = found[3] if found else said
    return re.sub(r"(.) (county|parish|township|village|borough|town)$", r"\1", said)


def _without_state(text: str, state: str) -> tuple[str, str]:
    """The name without its state's postal code, and that state: "Avon IN PD", "LA - Greenwood PD", "Ames PD, IA"."""
    tokens = list(re.finditer(r"[\w.']+", text))
    shouted = text.isupper()
    for at, token in reversed(list(enumerate(tokens)) if len(tokens) > 1 else []):
        code = postal(token[0]) if token[0].isupper() else ""
        if code not in NAMES or (state and code != state):
            continue
        after = tokens[at + 1][0].casefold().strip(".") if at + 1 < len(tokens) else ""
        clear = not after or after in _KIND_WORDS or (at == 0 and text[token.end() :].startswith(" - "))
        if at and tokens[at - 1][0].casefold() == "of":  # "Univ. of TX - Arlington PD"
            return f"{text[: token.start()]}{NAMES[code]}{text[token.end() :]}", code
        if clear or (not shouted and (bool(state) or at > 0)):
            return f"{text[: token.start()].rstrip(' ,-(')} {text[token.end() :].lstrip(' ,-)')}".strip(), code
    return text, state


def _longer(said: list[str], kind: str) -> list[str]:
    """The words with what is shortened written out."""
    long: list[str] = []
    for at, word in enumerate(said):
        after = said[at + 1] if at + 1 < len(said) else ""
        if at == 0 and word in _SIDES and after and after not in _KIND_WORDS:
            word = _SIDES[word]
        elif word == "co" and at and (not after or after in _KIND_WORDS):
            word = "county"
        long += _LONG.get(word, word).split()
    return long


def _sort(whole: str, kind: str, state: str) -> str:
    if _STATE.search(whole):
        return "state"
    if re.search(r"police department county sheriffs office$", whole):  # so the FBI writes Hawaii's county police
        return "police"
    if _SHERIFF.search(whole):
        return "sheriff"
    if _CAMPUS.search(whole) and not re.fullmatch(r"\w*college (station|park|place|corner)\b.*", whole):
        return "campus"
    if _SAFETY.search(whole):
        return "state" if state and _SAFETY.sub("", whole).strip() == state else "police"
    if _POLICE.search(whole):
        return "police"
    return kind if kind in ("police", "sheriff") else "other"


def _called(whole: str, sort: str, state: str) -> tuple[str, str]:
    """The name without the words for its sort, and the word for the kind of its place."""
    if sort == "sheriff":
        kept = [word for word in whole.split() if word not in _SHERIFF_WORDS]
        place = "county" if re.search(r"\b(county|parish)\b", whole) else ""
        return " ".join(kept), place
    rest = whole.replace("police department county sheriffs office", "police")
    if sort == "campus":
        rest = re.sub(r"\b(campus|at|the|of public safety|department)\b", " ", _SAFETY.sub(" ", _POLICE.sub(" ", rest)))
        return " ".join(rest.split()), ""
    if sort == "state":
        return " ".join(rest.replace(state, " ", 1).split()) if state else rest, ""
    rest = " ".join(_SAFETY.sub(" ", _POLICE.sub(" ", rest)).split())
    rest = re.sub(r"^(and|of|the)\b ?|\b(and|of) ?$", "", rest).strip()
    if found := _PLACE_OF.match(rest):
        return (f"{found[3]} county" if found[1] in ("county", "parish") else found[3]), found[1]
    if sort == "police" and (found := _PLACE.match(rest)):
        return found[1], found[2]
    return rest, ""
