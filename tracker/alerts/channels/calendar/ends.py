"""How often the end of a promise changed: what the database's history of its terms says, replayed.

A calendar recognises the newer version of an event by its SEQUENCE, which must never go down. The history only grows,
and so does what is counted here: present terms may be deleted, edited or taken back, and each of that counts.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tracker.alerts.pulling import midnight
from tracker.commitments import lifecycle
from tracker.commitments.lifecycle import Action, EndKind
from tracker.commitments.models import Term
from tracker.dates import PartialDate

_ACTIONS, _END_KINDS = set(map(str, Action)), set(map(str, EndKind))


@dataclass
class Ends:
    """The end of one commitment, as it was said over time.

    `last` is the last fixed end, None if there never was one; `stands` whether it is still the end that rules;
    `changes` how often that changed since the first; `changed_at` when anything about the terms last did.
    """

    last: PartialDate | None = None
    stands: bool = False
    changes: int = 0
    changed_at: datetime | None = None
    _known: dict[int, lifecycle.Term] = field(default_factory=dict)

    def _look(self, day: date, at: datetime) -> None:
        """Compare the end that rules on `day` with the one before."""
        self.changed_at = max(self.changed_at or at, at)
        if self.last is None:
            self.last = _latest_fixed(self._known.values(), day)
            self.stands = self.last is not None
        ruling = lifecycle.standing(self._known.values(), day).ruling
        end = ruling.end.ends_on if ruling is not None else None
        if self.last is None or (end == self.last and self.stands) or (end is None and not self.stands):
            return
        self.last, self.stands = end or self.last, end is not None
        self.changes += 1

    def _turn(self, after: date, until: date) -> None:
        """Look on every day after `after`, up to `until`, on which the calendar changes which term rules."""
        for day in sorted(set(_turning_days(self._known.values()))):
            if after < day <= until:
                self._look(day, midnight(day))


def replay(history: Iterable[Any], on: date) -> Ends:
    """The ends of a commitment by `on`, from the history rows (TermEvent) of its terms in their order.

    A row counts from the day on which it was written, and on `on` if that is earlier.
    """
    ends = Ends()
    before: date | None = None
    for row in history:
        day = min(row.pgh_created_at.date(), on)
        if before is not None:
            ends._turn(before, day)
        rule = None if row.pgh_label == "delete" else _rule(row)
        if rule is None:
            ends._known.pop(row.pgh_obj_id, None)
        else:
            ends._known[row.pgh_obj_id] = rule
        ends._look(day, row.pgh_created_at)
        before = day
    if before is not None:
        ends._turn(before, on)
    return ends


def _rule(row: Any) -> lifecycle.Term | None:
    """What a published term said at that time; None for a draft, and for words that our lists no longer have."""
    if row.published_on is None or row.action not in _ACTIONS or row.end_kind not in _END_KINDS:
        return None
    return Term(**{column.attname: getattr(row, column.attname) for column in Term._meta.concrete_fields}).as_rule()


def _latest_fixed(known: Iterable[lifecycle.Term], day: date) -> PartialDate | None:
    fixed = [term for term in known if term.end.ends_on is not None and term.declared_on.first <= day]
    return max(fixed, key=lambda term: (term.declared_on.first, term.order)).end.ends_on if fixed else None


def _turning_days(known: Iterable[lifecycle.Term]) -> Iterator[date]:
    for term in known:
        yield term.declared_on.first
        yield term.counts_from
        if term.end.lapses_on is not None:
            yield term.end.lapses_on
