"""Words of a name, whatever their case, accents and punctuation."""

import re
import unicodedata


def seen(name: str) -> str:
    """The text without accents and without what cannot be seen, in single spaces; the case is kept."""
    bare = (each for each in unicodedata.normalize("NFKD", name) if unicodedata.category(each) not in ("Mn", "Cf"))
    return " ".join("".join(bare).split())


def words(name: str) -> list[str]:
    """The words in lower case: without accents, dots and apostrophes; other punctuation parts words."""
    bare = re.sub(r"[.'’`‘]", "", seen(name).casefold().replace("&", " and "))
    return re.findall(r"\w+", bare.replace("_", " "))
