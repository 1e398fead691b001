"""When the planner ran, for which day, and how much of the history of the record it could see."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from tracker.alerts.models import PlannerRun


class Runs:
    """The runs of the planner in their order, and, last, the one that is due on `on` and sees all there is.

    There is no such last one where the planner has been further than `on` already: then the day is past, and only
    what was known by then counts.
    """

    def __init__(self, on: date) -> None:
        kept = list(PlannerRun.objects.order_by("pk").values_list("on", "seen"))
        self._seen = [seen for _, seen in kept]
        self._marks: dict[str, list[int]] = {}
        self.open = not kept or kept[-1][0] <= on
        self._set_days([day for day, _ in kept], on if self.open else None)

    def _set_days(self, kept: list[date], last: date | None) -> None:
        self.kept = len(kept)
        self.days = kept if last is None else [*kept, last]
        falls = [i + 1 for i, (day, following) in enumerate(pairwise(self.days)) if following < day]
        self._rising = list(pairwise((0, *falls, len(self.days))))

    @property
    def furthest(self) -> date:
        """The last day that any run was for, or is due for."""
        return max(self.days)

    def came_back_to(self, day: date | None) -> bool:
        """Whether there was a run for a later day before one for a day up to this: a clock was moved back."""
        if day is None:
            return False
        later = next((run for run, on in enumerate(self.days) if on > day), len(self.days))
        return any(on <= day for on in self.days[later:])

    def stretches(self, table: str, versions: Sequence[int]) -> Iterator[tuple[int, int, int]]:
        """For each of these rows of a history (rising ids) that some kept run saw as the newest: its place among
        them, the first such run, and the first run after these.
        """
        marks = self._marks.get(table)
        if marks is None:
            marks = self._marks[table] = [seen.get(table, 0) for seen in self._seen]
        starts = [bisect_left(marks, version) for version in versions]
        for place, (start, end) in enumerate(pairwise((*starts, self.kept))):
            if start < end:
                yield place, start, end

    def first(self, start: int, end: int, since: date, before: date | None = None) -> int | None:
        """Of the runs from `start` to before `end`, the first one for a day from `since` on, and before `before`.

        Days need not rise from run to run, as a clock may be moved back, but mostly they do.
        """
        for low, high in self._rising:
            if high <= start or low >= end:
                continue
            until = min(end, high)
            run = bisect_left(self.days, since, max(start, low), until)
            if run < until and (before is None or self.days[run] < before):
                return run
        return None


class AnyTime(Runs):
    """As if the planner had run on each of these days with every state that the record was ever in."""

    def __init__(self, days: set[date]) -> None:
        kept = sorted(days)
        self.open = True
        self._set_days(kept, kept[-1])

    def stretches(self, table: str, versions: Sequence[int]) -> Iterator[tuple[int, int, int]]:
        """All runs for each version."""
        return ((place, 0, self.kept) for place in range(len(versions)))
