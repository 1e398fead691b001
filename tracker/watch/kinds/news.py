"""Which entries of a feed, a sitemap or a listing are new, beside those seen before. Pure.

An entry is known by its key, by its link, or by a headline that stood here at the last look and stands here no more.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from tracker.watch.kinds.entries import Entry
from tracker.watch.kinds.links import identity
from tracker.watch.reading.noise import words

NOTHING_FOUND = "suddenly finds nothing"
ALL_NEW = "everything is new at once"
ALL_EDITED = "everything is worded anew at once"

# What is remembered beyond the entries of the last look: entries come back when a page is split anew.
MOST_REMEMBERED = 2_000
# From so many on, and from this share on, new entries are a new site rather than news.
_MANY = 5
_NEARLY_ALL = 0.9
# A day may be written in two time zones.
_SLACK = timedelta(days=2)
_HEAD_WORDS = 12
_CUT = ("…", "...", "[…]", "[...]", "»", "more", "more.")


@dataclass(frozen=True)
class Mark:
    """What is remembered of one entry: short hashes; empty where there was nothing to remember."""

    key: str
    link: str = ""
    title: str = ""
    text: str = ""
    head: str = ""


@dataclass(frozen=True)
class Seen:
    """What is remembered of the looks before. The first `present` marks stood there at the last look, in that order."""

    marks: tuple[Mark, ...] = ()
    present: int = 0
    usual: float = 0.0
    oldest: date | None = None
    newest: date | None = None

    def as_json(self) -> dict[str, Any]:
        """A form to be stored; `of_json` reads it."""
        return {
            "marks": [
                " ".join((m.key, m.link or "-", m.title or "-", m.text or "-", m.head or "-")) for m in self.marks
            ],
            "present": self.present,
            "usual": self.usual,
            "oldest": self.oldest and self.oldest.isoformat(),
            "newest": self.newest and self.newest.isoformat(),
        }

    @classmethod
    def of_json(cls, stored: Mapping[str, Any]) -> "Seen":
        """What `as_json` made."""
        rows = (row.split(" ") for row in stored["marks"])
        return cls(
            marks=tuple(Mark(*("" if part == "-" else part for part in row)) for row in rows),
            present=stored["present"],
            usual=stored["usual"],
            oldest=date.fromisoformat(stored["oldest"]) if stored["oldest"] else None,
            newest=date.fromisoformat(stored["newest"]) if stored["newest"] else None,
        )


def news(seen: Seen | None, entries: Sequence[Entry]) -> tuple[Seen, tuple[Entry, ...], str]:
    """What to remember now, the entries that are news in the page's order, and why in words.

    At the first look nothing is news. An entry whose words changed is news with `edited` set. A reason that begins
    with NOTHING_FOUND, ALL_NEW or ALL_EDITED is one to report: the page is another one now, and nothing is news,
    except what is dated after all that was there.
    """
    if not entries:
        if seen is None or not seen.usual:
            return seen or Seen(), (), "nothing is listed there"
        return seen, (), f"{NOTHING_FOUND}: there were usually {seen.usual:.0f} entries"
    marks = _marks(entries)
    after = _remembered(seen, entries, marks)
    if seen is None or not seen.present:
        return after, (), f"first look: {len(entries)} entries"
    look = _Look(seen, entries, marks)
    fresh = look.new()
    reasons = [f"{look.come_to_light} older entries came to light"] if look.come_to_light else []
    if len(fresh) >= _MANY and len(fresh) >= _NEARLY_ALL * len(entries):
        fresh, reason = _of_another_page(fresh, seen)
        reasons.append(reason)
    edited = look.edited()
    if len(edited) >= _MANY and len(edited) >= len(entries) / 2:
        reasons.insert(0, f"{ALL_EDITED}: {len(edited)} of {len(entries)}")
        edited = set()
    if fresh or edited:
        reasons.insert(0 if not reasons or not reasons[0].startswith(ALL_EDITED) else 1, _counted(fresh, edited))
    told = tuple(
        replace(entry, edited=place in edited)
        for place, entry in enumerate(entries)
        if place in fresh or place in edited
    )
    return after, told, "; ".join(reasons) or "nothing new"


def _counted(fresh: Mapping[int, Entry], edited: set[int]) -> str:
    return ", ".join([f"{len(fresh)} new"] * bool(fresh) + [f"{len(edited)} edited"] * bool(edited))


def _of_another_page(fresh: Mapping[int, Entry], seen: Seen) -> tuple[dict[int, Entry], str]:
    """Of entries that are nearly all unknown, those that are news all the same, and what to say of the rest."""
    newest = seen.newest
    later = {place: entry for place, entry in fresh.items() if newest and entry.published and entry.published > newest}
    days = {entry.published for entry in later.values()}
    if len(later) == len(fresh) and len(days) > 1:
        return later, "none of the entries seen last stands there any more"
    # Some of a redesigned site are truly new; if all have one date, that is the day of the redesign.
    kept = later if len(later) <= len(fresh) / 2 else {}
    return kept, f"{ALL_NEW}: {len(fresh)} entries, as after a redesign"


class _Look:
    """The entries of this look beside what was remembered."""

    def __init__(self, seen: Seen, entries: Sequence[Entry], marks: Sequence[Mark]) -> None:
        self.seen, self.entries, self.marks = seen, entries, marks
        self.come_to_light = 0
        self._by_key = {mark.key: mark for mark in reversed(seen.marks)}
        links = Counter(mark.link for mark in seen.marks if mark.link)
        self._by_link = {mark.link: mark for mark in reversed(seen.marks) if links[mark.link] == 1}
        self._links = Counter(mark.link for mark in marks)
        here = {mark.key for mark in marks} | {mark.link for mark in marks if mark.link}
        self._left = [m for m in seen.marks[: seen.present] if m.key not in here and m.link not in here]
        self._moved = {mark.title: mark for mark in self._left if mark.title}
        self._known = [self._before(mark, entry) for mark, entry in zip(marks, entries, strict=True)]

    def _before(self, mark: Mark, entry: Entry) -> Mark | None:
        by_link = self._by_link.get(mark.link) if mark.link and self._links[mark.link] == 1 else None
        return self._by_key.get(mark.key) or by_link or self._moved_here(mark, entry.published)

    def _moved_here(self, mark: Mark, day: date | None) -> Mark | None:
        """What stood under this headline elsewhere, unless it was another text: some headlines come every year."""
        old = self._moved.get(mark.title) if mark.title else None
        later = day is not None and self.seen.newest is not None and day > self.seen.newest
        return None if old is None or later or (old.head and mark.head and old.head != mark.head) else old

    def new(self) -> dict[int, Entry]:
        """The entries never seen, by their place, without old ones that only came to light."""
        unknown = [place for place, before in enumerate(self._known) if before is None]
        old = {place for place in unknown if self._is_old(place)} | self._tail(unknown)
        self.come_to_light = len(old)
        return {place: self.entries[place] for place in unknown if place not in old}

    def _is_old(self, place: int) -> bool:
        """Dated before everything that stood there at the last look: it was on a later page."""
        day, oldest = self.entries[place].published, self.seen.oldest
        return day is not None and oldest is not None and self.seen.present >= 3 and day < oldest - _SLACK

    def _tail(self, unknown: Sequence[int]) -> set[int]:
        """Undated entries below all known ones: they moved up when others were taken away, or the page grew longer."""
        last = max((place for place, before in enumerate(self._known) if before is not None), default=len(self.entries))
        tail = {place for place in unknown if place > last and self.entries[place].published is None}
        grew = len(tail) >= max(_MANY, self.seen.usual / 2)
        first = [mark.key for mark in self.seen.marks[: len(self._left)]]
        filled = 0 < len(tail) <= len(self._left) and [mark.key for mark in self._left] != first
        return tail if grew or filled else set()

    def edited(self) -> set[int]:
        """The places of known entries whose words are others now."""
        pairs = enumerate(zip(self._known, self.marks, strict=True))
        return {place for place, (before, now) in pairs if before is not None and _is_reworded(before, now)}


def _is_reworded(before: Mark, now: Mark) -> bool:
    if before.title and now.title and before.title != now.title:
        return True
    if before.text and now.text:
        return before.text != now.text
    # One of them was cut short, or is not shown in this place: only their beginnings can be compared.
    return bool(before.head and now.head and before.head != now.head)


def _marks(entries: Sequence[Entry]) -> tuple[Mark, ...]:
    titles = Counter(_words(entry.title) for entry in entries)
    return tuple(_mark(entry, titles) for entry in entries)


def _mark(entry: Entry, titles: Mapping[str, int]) -> Mark:
    title, text = _words(entry.title), _words(entry.text)
    head = text.split(" ")[:_HEAD_WORDS]
    return Mark(
        key=_hash(entry.key),
        link=_hash(identity(entry.link)),
        # "Statement" is the headline of many; one cut short is not the whole headline.
        title=_hash(title) if titles[title] == 1 and " " in title and not _is_cut(entry.title) else "",
        text="" if _is_cut(entry.text) else _hash(text),
        head=_hash(" ".join(head)) if len(head) == _HEAD_WORDS else "",
    )


def _is_cut(text: str) -> bool:
    return text.rstrip().lower().endswith(_CUT)


def _words(text: str) -> str:
    return " ".join(word for block in text.split("\n\n") for word in words(block))


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode(errors="replace"), digest_size=6).hexdigest() if text else ""


def _remembered(seen: Seen | None, entries: Sequence[Entry], marks: tuple[Mark, ...]) -> Seen:
    seen = seen or Seen()
    here = {mark.key for mark in marks}
    gone = tuple(mark for mark in seen.marks if mark.key not in here)[:MOST_REMEMBERED]
    kept = {mark.key: mark for mark in seen.marks}
    days = sorted(entry.published for entry in entries if entry.published)
    # Three looks are enough to forget a number that no longer holds.
    usual = round(seen.usual * 0.7 + len(entries) * 0.3, 1) if seen.usual else float(len(entries))
    return Seen(
        marks=tuple(_merged(kept.get(mark.key), mark) for mark in marks) + gone,
        present=len(marks),
        usual=usual,
        oldest=days[0] if days else None,
        newest=max([days[-1], *([seen.newest] if seen.newest else [])]) if days else seen.newest,
    )


def _merged(before: Mark | None, now: Mark) -> Mark:
    """`now`, with what was known of the entry where it shows less of itself at this place of the page."""
    if before is None:
        return now
    return replace(now, title=now.title or before.title, text=now.text or before.text, head=now.head or before.head)
