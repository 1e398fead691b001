"""Which links of a page are the entries of its listing: those of one shape that read like headlines, dated or not."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from tracker.watch.kinds.anchors import Anchor
from tracker.watch.kinds.headlines import is_headline
from tracker.watch.kinds.surroundings import Surroundings

_FEWEST = 3


@dataclass(frozen=True)
class Group:
    """Links of one shape, each thing once, and the days that stand beside them."""

    anchors: tuple[Anchor, ...]
    days: tuple[date | None, ...]

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
        sure = 0.4 + 2.0 * self.dated + 0.4 * self.marked + 0.6 * slugs
        others = len(self.anchors) - self.headlines
        return float((self.headlines + 0.3 * others) ** 0.7 * sure)


def listed(anchors: Sequence[Anchor], *, month_first: bool, sure: bool = False) -> list[Group]:
    """The groups that make up the listing, the heaviest first. `sure`: an editor's selectors have chosen already."""
    near = Surroundings({one.key: one.element for one in reversed(anchors)}, month_first=month_first)
    groups = sorted(_groups(anchors, near), key=lambda group: -group.weight)
    if sure:
        return groups
    groups = [group for group in groups if _may_be(group)]
    if not groups:
        return []
    best = groups[0]
    return [best, *(group for group in groups[1:] if _goes_with(group, best))]


def _groups(anchors: Sequence[Anchor], near: Surroundings) -> list[Group]:
    by_shape: dict[str, dict[str, Anchor]] = {}
    repeated: Counter[str] = Counter()
    for one in anchors:
        repeated[one.shape] += 1
        by_shape.setdefault(one.shape, {}).setdefault(one.key, one)
    found = []
    for shape, kept in by_shape.items():
        # Categories, authors: the same few addresses again and again.
        if repeated[shape] >= 4 and len(kept) < 0.6 * repeated[shape] and not any(one.marked for one in kept.values()):
            continue
        ones = tuple(kept.values())
        found.append(Group(ones, tuple(near.day_of(one) for one in ones)))
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
