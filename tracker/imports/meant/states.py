"""The states as the names of agencies write them."""

from tracker.imports.written import states

# "AS" is a word in a name sooner than American Samoa, and nobody has met "MP".
_NO_CODES = ("AS", "MP")
NAMES = {code: name.casefold().removeprefix("u.s. ") for code, name in states.NAMES.items() if code not in _NO_CODES}
"""Names in small letters, by postal code."""


def postal(code: str) -> str:
    """The state's postal code, however the dataset writes it: " wi", "NB"."""
    code = code.strip().upper()
    return states.FBI_CODES.get(code, code)


def named(code: str) -> str:
    """The state's name for a reader; the code itself where it is none of the United States."""
    return NAMES.get(code, code).title().replace(" Of ", " of ")
