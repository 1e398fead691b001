"""What the cells of a column look like, as shares of those that say something. Pure Python."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from tracker.imports.mapped import vocabulary
from tracker.imports.mapped.blanks import said
from tracker.imports.mapped.days import NoSuchDay, day
from tracker.imports.mapped.mapping import DateOrder, DecimalMark
from tracker.imports.mapped.money import CODES, money
from tracker.imports.mapped.states import ORI_PREFIXES, postal_code

_ORI_CUT = re.compile(r"[A-Z]{2}[A-Z0-9]{5}(?:[A-Z0-9]{2})?", re.ASCII)
_AGENCY = re.compile(
    r"\b(police|sheriff'?s?|pd|so|dept|department|constable|marshal|troopers?|highway patrol|public safety|"
    r"district attorney|bureau|agency)\b",
    re.IGNORECASE,
)
_COUNTY = re.compile(r"\b(county|parish|borough)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+\.\S+", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)
_SENTENCE = 40
_MANY_PLACES = 2


@dataclass(frozen=True)
class Column:
    """A column by its header, with its cells as written."""

    header: str
    cells: Sequence[str]

    @cached_property
    def texts(self) -> list[str]:
        """What the cells say, without those that say nothing."""
        return [text for cell in self.cells if (text := said(cell))]

    def share(self, looks: Callable[[str], object]) -> float:
        """Which part of what is said looks like that; 0 where nothing is said."""
        return sum(bool(looks(text)) for text in self.texts) / len(self.texts) if self.texts else 0.0

    @property
    def filled(self) -> float:
        """Which part of the cells says something."""
        return len(self.texts) / len(self.cells) if self.cells else 0.0

    @property
    def counts(self) -> bool:
        """Whether it numbers the rows: 1, 2, 3 or 0, 1, 2."""
        numbers = [int(text) for text in self.texts if re.fullmatch(r"\d{1,9}", text, re.ASCII)]
        steps = {after - before for before, after in pairwise(numbers)}
        return len(numbers) == len(self.texts) > 1 and steps == {1} and numbers[0] in (0, 1)

    @property
    def unique(self) -> bool:
        """Whether no two cells say the same and none is blank."""
        return len(self.texts) == len(self.cells) and len(set(self.texts)) == len(self.texts)


def state(text: str) -> bool:
    """A state of the United States, as a code or in full."""
    return postal_code(text) is not None


def state_code(text: str) -> bool:
    """A postal code of a state, in capitals."""
    return len(text) == len("CA") and text.isupper() and state(text)


def ori(text: str) -> bool:
    """The FBI's number of an agency, or its first seven characters."""
    return bool(_ORI_CUT.fullmatch(text)) and text[:2] in ORI_PREFIXES and any(one.isdigit() for one in text[2:])


def address(text: str) -> bool:
    """A web address."""
    return bool(_ADDRESS.fullmatch(text))


def date(text: str) -> bool:
    """A date in any of the common forms, but for a bare year."""
    return len(text) > len("2020") and any(_is_day(text, order) for order in DateOrder)


def _is_day(text: str, order: DateOrder) -> bool:
    try:
        return day(text, order).value is not None
    except NoSuchDay:
        return True


def date_or_year(text: str) -> bool:
    """A date in any of the common forms."""
    return date(text) or bool(re.fullmatch(r"(19|20)\d\d", text, re.ASCII))


def amount(text: str) -> bool:
    """A sum of money, or a plain number."""
    return any(money(text, mark) for mark in DecimalMark)


def amount_with_sign(text: str) -> bool:
    """A sum of money that says its currency."""
    return any(found.currency for mark in DecimalMark if (found := money(text, mark)))


def currency(text: str) -> bool:
    """The code of a currency."""
    return text.upper() in CODES


def latitude(text: str) -> bool:
    """A number with decimals that may be degrees north."""
    return _degrees(text, 90)


def longitude(text: str) -> bool:
    """A number with decimals that may be degrees east."""
    return _degrees(text, 180)


def _degrees(text: str, most: int) -> bool:
    number = text if _NUMBER.fullmatch(text) else ""
    return len(number.partition(".")[2]) >= _MANY_PLACES and abs(float(number)) <= most


def agency(text: str) -> bool:
    """A name with a word in it that names of agencies have."""
    return bool(_AGENCY.search(text)) and len(text) < 3 * _SENTENCE


def county(text: str) -> bool:
    """A name with “county” or “parish” in it."""
    return bool(_COUNTY.search(text)) and not _AGENCY.search(text)


def name(text: str) -> bool:
    """A name rather than a number, an address or a sentence."""
    return any(one.isalpha() for one in text) and not address(text) and len(text) < 3 * _SENTENCE


def sentence(text: str) -> bool:
    """Some words in a row."""
    return text.count(" ") >= 2 and not address(text)


def technology(text: str) -> bool:
    """The name of a technology that is on our list."""
    return vocabulary.technology(text) is not None


def status(text: str) -> bool:
    """What became of a contract."""
    return vocabulary.status(text) is not None


def number_of_record(text: str) -> bool:
    """A number or code without spaces."""
    return " " not in text and len(text) <= 2 * _SENTENCE and not address(text)


def one_of(names: Iterable[str]) -> Callable[[str], bool]:
    """Looks for one of the names, whatever its case."""
    known = {" ".join(one.split()).casefold() for one in names}
    return lambda text: text.casefold() in known
