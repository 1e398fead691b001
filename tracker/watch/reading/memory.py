"""What is remembered of one watched page between two looks, as JSON both ways and bounded in size."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from tracker.watch.reading.compare import Text
from tracker.watch.reading.habits import Habit
from tracker.watch.reading.page import EXTRACTOR, Block, Page

# A page of more text than this is remembered as far as it goes.
MAX_CHARACTERS = 2_000_000


@dataclass(frozen=True)
class Reading:
    """A page as it was read once, as far as the comparison needs it."""

    blocks: tuple[Block, ...]
    title: str = ""
    language: str = ""

    @cached_property
    def compared(self) -> Text:
        """The form in which it is compared, made once however often that is."""
        return Text(self.blocks)

    def as_json(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "language": self.language,
            "blocks": [[block.text, block.zone, int(block.heading)] for block in self.blocks],
        }

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> "Reading":
        blocks = tuple(Block(text, zone, bool(heading)) for text, zone, heading in kept["blocks"])
        return cls(blocks, kept["title"], kept["language"])


def reading_of(page: Page) -> Reading:
    """What to remember of `page`."""
    kept, left = [], MAX_CHARACTERS
    for block in page.blocks:
        left -= len(block.text)
        if left < 0:
            break
        kept.append(block)
    return Reading(tuple(kept), page.title[:300], page.language)


@dataclass(frozen=True)
class Suspect:
    """A change seen once that waits for its second look."""

    reading: Reading
    since: datetime
    looks: int = 1
    # Only what comes and goes here anyhow: it is not looked at sooner for it, and told only when it has lasted.
    quiet: bool = False


@dataclass(frozen=True)
class Memory:
    """All that is remembered of one page."""

    settled: Reading
    suspect: Suspect | None = None
    habits: tuple[Habit, ...] = ()
    extractor: str = EXTRACTOR
    # Since when, and for how many looks, another page has stood in the place of this one.
    replaced_since: datetime | None = None
    replaced_looks: int = 0

    def as_json(self) -> dict[str, Any]:
        """For a JSON column; `of_json` reads it back."""
        waiting = self.suspect
        return {
            "extractor": self.extractor,
            "replaced_since": self.replaced_since and self.replaced_since.isoformat(),
            "replaced_looks": self.replaced_looks,
            "settled": self.settled.as_json(),
            "suspect": waiting
            and {
                "reading": waiting.reading.as_json(),
                "since": waiting.since.isoformat(),
                "looks": waiting.looks,
                "quiet": waiting.quiet,
            },
            "habits": [[h.key, h.what, h.kind, h.since.isoformat(), h.seen.isoformat(), h.times] for h in self.habits],
        }

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> "Memory":
        waiting = kept["suspect"]
        return cls(
            Reading.of_json(kept["settled"]),
            waiting
            and Suspect(
                Reading.of_json(waiting["reading"]),
                datetime.fromisoformat(waiting["since"]),
                waiting["looks"],
                waiting["quiet"],
            ),
            tuple(
                Habit(key, what, kind, datetime.fromisoformat(since), datetime.fromisoformat(seen), times)
                for key, what, kind, since, seen, times in kept["habits"]
            ),
            kept["extractor"],
            kept["replaced_since"] and datetime.fromisoformat(kept["replaced_since"]),
            kept["replaced_looks"],
        )
