"""What stands around the entries of a listing: the box of each, the day beside it, its teaser."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice

from lxml import etree

from tracker.watch.kinds.anchors import Anchor, words_in
from tracker.watch.kinds.days import day_in, day_in_path, without_day
from tracker.watch.kinds.headlines import words_of

_DEEP = 24
_STAMP = 120
_BOX_TEXT = 4_000
_BESIDE = 3
_TEASER_WORDS = 8
_LONGEST_STAMP = 60


class Surroundings:
    """The boxes of links: of each the largest element in which it is the only one of them."""

    def __init__(self, links: Mapping[str, etree._Element], *, month_first: bool) -> None:
        self._month_first = month_first
        self._keys: dict[etree._Element, str | None] = {}
        self._led: dict[etree._Element, bool] = {}
        for key, element in links.items():
            for holder in (element, *islice(element.iterancestors(), _DEEP)):
                if self._keys.setdefault(holder, key) != key:
                    self._keys[holder] = None  # holds more than one

    def box_of(self, anchor: Anchor) -> etree._Element:
        """The largest element that holds no other entry."""
        box = anchor.element
        for holder in islice(anchor.element.iterancestors(), _DEEP):
            if self._keys.get(holder) != anchor.key or holder.tag in ("body", "html", "main"):
                break
            box = holder
        return box

    def day_of(self, anchor: Anchor) -> date | None:
        """The day that stands in the box of an entry, beside it, or in its address."""
        box = self.box_of(anchor)
        for time in box.iter("time"):
            if (day := self._read(time.get("datetime") or "") or self._read(words_in(time))) is not None:
                return day
        for text in self._stamps(box, anchor):
            if (day := self._read(text)) is not None:
                return day
        return without_day(anchor.title)[0] or day_in_path(anchor.key)

    def holds_more(self, anchor: Anchor) -> bool:
        """Whether sentences stand in the box of an entry beside its headline, as beside no link of a menu."""
        return words_of(words_in(self.box_of(anchor))) >= words_of(anchor.title) + _TEASER_WORDS

    def boxes(self, anchors: Iterable[Anchor]) -> set[etree._Element]:
        """The boxes of these links, where they are boxes."""
        return {box for one in anchors if (box := self.box_of(one)) is not one.element}

    def _read(self, text: str) -> date | None:
        return day_in(text, month_first=self._month_first)

    def _stamps(self, box: etree._Element, anchor: Anchor) -> Iterator[str]:
        """Short texts of the box, then those beside it. A day within a headline or a teaser is what they speak of."""
        total = 0
        for text in map(str, box.itertext()):
            total += len(text)
            line = " ".join(text.split())
            if line and line != anchor.title and len(line) <= _STAMP and line not in anchor.title:
                yield line
            if total > _BOX_TEXT:
                break
        if box is anchor.element:
            yield from _running_text(box)
        yield from _lines(self._beside(box, preceding=self._is_led(box)))

    def _beside(self, box: etree._Element, *, preceding: bool) -> Iterator[etree._Element]:
        """What stands next to a box, up to the next box."""
        for beside in islice(box.itersiblings(preceding=preceding), _BESIDE):
            if beside in self._keys:
                return
            yield beside

    def _is_led(self, box: etree._Element) -> bool:
        """Whether days stand before what they belong to: before the first entry it shows, between two it does not."""
        parent = box.getparent()
        if parent is None:
            return False
        if parent not in self._led:
            first = next((child for child in parent if child in self._keys), box)
            lines = _lines(self._beside(first, preceding=True))
            self._led[parent] = any(self._read(line) is not None for line in lines)
        return self._led[parent]


def _running_text(element: etree._Element) -> Iterator[str]:
    """What stands right before and right after a link that has no box of its own."""
    before, parent = element.getprevious(), element.getparent()
    lead = before.tail if before is not None else (parent.text if parent is not None else "")
    yield from (str(lead or "")[-_LONGEST_STAMP:], str(element.tail or "")[:_LONGEST_STAMP])


def _lines(elements: Iterator[etree._Element]) -> Iterator[str]:
    """Those of the elements that hold no more than a stamp."""
    for element in elements:
        line = words_in(element) if isinstance(element.tag, str) else ""
        if line and len(line) <= _LONGEST_STAMP:
            yield line
