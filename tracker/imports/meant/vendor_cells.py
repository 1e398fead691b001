"""How the names of companies are written: legal forms, case and punctuation, and several in one cell."""

import re
from collections.abc import Callable, Iterable

from tracker.imports.meant.spelling import words

# Two spellings of one legal form are one form.
_FORMS = {
    "inc": "inc",
    "incorporated": "inc",
    "llc": "llc",
    "ltd": "ltd",
    "limited": "ltd",
    "corp": "corp",
    "corporation": "corp",
    "co": "co",
    "company": "co",
    "lp": "lp",
    "llp": "llp",
    "plc": "plc",
    "pllc": "pllc",
    "gmbh": "gmbh",
}
_NOBODY = {"", "other", "others", "etc", "unknown", "none", "various", "n a", "na"}
_AGENCY = re.compile(
    r"\b(police (department|dept)|sheriff|department of|(city|county|village|town|township|borough|state) of)\b"
    r"|\bp\.?d\.?$",
    re.IGNORECASE,
)


def bare(name: str) -> tuple[list[str], str]:
    """The name's words without its legal forms and without "the", and its last legal form ("" if it has none)."""
    said = words(name)
    if len(said) > 1 and said[-1] == "the":
        said = said[:-1]
    elif len(said) > 1 and said[0] == "the":
        said = said[1:]
    form = ""
    while len(said) > 1 and said[-1] in _FORMS:
        form = form or _FORMS[said[-1]]
        said = said[:-1]
    return said, form


def stem(name: str) -> tuple[str, str]:
    """The name written together without its legal forms, and its last legal form.

    "Pen-Link, Limited", "PenLink Ltd" and "PEN-LINK, LTD" have one stem.
    """
    said, form = bare(name)
    return "".join(said), form


def bracketed(name: str) -> tuple[str, str]:
    """The name without what is in brackets, and what is in them: "Flock Safety (Flock Group Inc.)"."""
    found = re.search(r"\(([^)]*)\)", name)
    return (" ".join(re.sub(r"\([^)]*\)", " ", name).split()), found[1]) if found else (name, "")


def names_an_agency(cell: str) -> bool:
    """Whether the cell reads like a public body and not like a company."""
    return bool(_AGENCY.search(cell.strip()))


def split_vendors(cell: str, known: Callable[[str], bool] | None = None) -> list[str]:
    """The vendors of a cell that names several, parted by comma, semicolon, slash or "and".

    A comma before a legal form parts nothing ("Axon Enterprise, Inc."), nor is a cell parted that is `known` as it
    stands. "and" is often part of a name: where `known` is given, it parts only if a part is known.
    """
    whole = " ".join(cell.split())
    if known and known(whole):
        return [whole]
    parts: list[str] = []
    for part in re.split(r"[,;/]", whole):
        first = words(part)[:1]
        if parts and first and (first[0] in _FORMS or words(part) == ["the"]):
            parts[-1] += f", {part.strip()}"
        else:
            parts.append(part.strip())
    parts = [piece for part in parts for piece in _at_and(part, known)]
    return [part for part in dict.fromkeys(parts) if " ".join(words(part)) not in _NOBODY]


def _at_and(part: str, known: Callable[[str], bool] | None) -> Iterable[str]:
    part = re.sub(r"^and\s+", "", part, flags=re.IGNORECASE)
    pieces = [piece.strip() for piece in re.split(r"\s+and\s+", part, flags=re.IGNORECASE)]
    return [part] if known and (known(part) or not any(map(known, pieces))) else pieces
