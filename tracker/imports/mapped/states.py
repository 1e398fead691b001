"""How files that say so in a column write the states: by postal code or by name. A number alone is none here."""

from tracker.imports.written.states import FBI_CODES, NAMES

_FORMS = {
    **{code.casefold(): code for code in NAMES},
    **{name.casefold(): code for code, name in NAMES.items()},
    "virgin islands": "VI",
    "us virgin islands": "VI",
    "washington, d.c.": "DC",
    "washington dc": "DC",
    "d.c.": "DC",
    **{code.casefold(): ours for code, ours in FBI_CODES.items()},
}
ORI_PREFIXES = {*NAMES, *FBI_CODES}
"""How the FBI's numbers of agencies begin."""


def postal_code(text: str) -> str | None:
    """The postal code of the state that the text writes in full or as a code; None if it is none."""
    return _FORMS.get(text.casefold())
