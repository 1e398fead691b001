"""Which links of a page are the entries of its listing: those of one shape that read like headlines, dated or not."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree

from tracker.watch.kinds.anchors import Anchor
from tracker.watch.kinds.headlines import is_headline
from tracker.watch.kinds.surroundings import Surroundings

_FEWEST = 3


@dataclass(frozen=True)
class Group:
    """Links of one shape, each thing once, and the days that stand beside them.

    `teased` is the share of them with sentences beside them, `below` of those that lead below the listing's address.
    """

    anchors: tuple[Anchor, ...]
    days: tuple[date | None, ...]
    teased: float = 0.0
    below: float = 0.0

    @property
    def dated(self) -> float:
        """The share of its links with a day beside them."""
        return sum(day is not None for day in self.days) / len(self.days)

    @property
    def marked(self) -> float:
        """The share of its links that are headings."""
        return sum(one.marked for one in self.anchors) / len(self.anchors)

    @property
    def headlines(self) -> int:
        """How many of its links read like a headline by themselves."""
        return sum(is_headline(one.title) for one in self.anchors)

    @property
    def folder(self) -> str:
        """Where most of its links lead."""
        return Counter(one.folder for one in self.anchors).most_common(1)[0][0]

    @property
    def weight(self) -> float:
        """How much it looks like the listing of the page."""
        slugs = sum(_is_slug(one.key) for one in self.anchors) / len(self.anchors)
        sure = 0.4 + 2.0 * self.dated + 0.4 * self.marked + 0.6 * slugs + 0.8 * self.teased + 0.8 * self.below
        others = len(self.anchors) - self.headlines
        return float((self.headlines + 0.3 * others) ** 0.7 * sure)


def listed(anchors: Sequence[Anchor], *, here: str, month_first: bool, sure: bool = False) -> list[Group]:
    """The groups that make up the listing at `here`, the heaviest first. `sure`: an editor's selectors have chosen."""
    near = Surroundings({one.key: one.element for one in reversed(anchors)}, month_first=month_first)
    groups = sorted(_groups(anchors, near, here), key=lambda group: -group.weight)
    if sure:
        return groups
    groups = [group for group in groups if _may_be(group)]
    if not groups:
        return []
    best = groups[0]
    boxes = _boxes(best)
    return [best, *(group for group in groups[1:] if _goes_with(group, best) and not _is_within(group, boxes))]


def _boxes(group: Group) -> set[etree._Element]:
    """The boxes of a group's entries when nothing but they counts."""
    if len(group.anchors) < 2:
        return set()
    near = Surroundings({one.key: one.element for one in group.anchors}, month_first=True)
    return near.boxes(group.anchors)


def _is_within(group: Group, boxes: set[etree._Element]) -> bool:
    """Whether its links stand in the boxes of others: authors, places, what an entry has besides."""
    inside = sum(any(holder in boxes for holder in islice(one.element.iterancestors(), 12)) for one in group.anchors)
    return inside > len(group.anchors) / 2


def _groups(anchors: Sequence[Anchor], near: Surroundings, here: str) -> list[Group]:
    by_shape: dict[str, dict[str, Anchor]] = {}
    repeated: Counter[str] = Counter()
    last: dict[str, str] = {}
    for one in anchors:
        # A headline, its picture and its "PDF" side by side are one thing.
        repeated[one.shape] += last.get(one.shape) != one.key
        last[one.shape] = one.key
        by_shape.setdefault(one.shape, {}).setdefault(one.key, one)
    found = []
    for shape, kept in by_shape.items():
        # Categories, authors: the same few addresses again and again.
        if repeated[shape] >= 4 and len(kept) < 0.6 * repeated[shape] and not any(one.marked for one in kept.values()):
            continue
        ones = tuple(kept.values())
        days = tuple(near.day_of(one) for one in ones)
        teased = sum(near.holds_more(one) for one in ones) / len(ones)
        below = sum(one.key.startswith(f"{here}/") for one in ones) / len(ones)
        found.append(Group(ones, days, teased, below))
    return found


def _may_be(group: Group) -> bool:
    number = len(group.anchors)
    if group.dated >= 0.5:
        return True
    if group.headlines < 0.5 * number and group.marked < 0.9:
        return False
    return number >= _FEWEST or (group.marked == 1 and group.headlines == number)


def _goes_with(group: Group, best: Group) -> bool:
    same_place = group.folder == best.folder
    if best.dated >= 0.5:
        return group.dated >= 0.5 or (
            same_place and group.headlines >= 0.8 * len(group.anchors) and _is_deep(group.folder)
        )
    if group.dated >= 0.5:
        return True
    return same_place and group.headlines >= 0.8 * len(group.anchors) and (_is_deep(group.folder) or group.marked == 1)


def _is_deep(folder: str) -> bool:
    return "/" in folder.rstrip("/")


def _is_slug(key: str) -> bool:
    """Whether an address ends in words or a number, as that of an article does."""
    parts = urlsplit(key)
    last = parts.path.rpartition("/")[2]
    return last.count("-") >= 2 or last.count("_") >= 2 or any(sign.isdigit() for sign in last + parts.query)
