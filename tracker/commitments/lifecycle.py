"""What holds on a day: the state of a commitment, computed from its terms and never typed in.

Pure Python: no database, no clock; the day is an argument. The same rules stand as QuerySet methods in
`querysets.py`, and a property test holds the two together. docs/method.md tells them to readers.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from tracker.dates import PartialDate

NOTICE = timedelta(days=90)
"""How long before its fixed end a commitment counts as expiring."""


class State(StrEnum):
    """The seven states. A verdict (kept, broken, …) stands beside the state, never in its place."""

    NOT_YET_MADE = "not_yet_made"
    ANNOUNCED = "announced"
    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    ENDED = "ended"
    SUPERSEDED = "superseded"
    LAPSED = "lapsed"


class Action(StrEnum):
    """What a declaration does to the commitment."""

    ANNOUNCED = "announced"
    EXTENDED = "extended"
    NARROWED = "narrowed"
    WIDENED = "widened"
    REAFFIRMED = "reaffirmed"
    SUSPENDED = "suspended"
    REINSTATED = "reinstated"
    MADE_INDEFINITE = "made_indefinite"
    MADE_PERMANENT = "made_permanent"
    WITHDRAWN = "withdrawn"
    REVERSED = "reversed"
    OVERTURNED = "overturned"
    REPLACED = "replaced"


STOPS = {
    Action.SUSPENDED: State.SUSPENDED,
    Action.WITHDRAWN: State.ENDED,
    Action.REVERSED: State.ENDED,
    Action.OVERTURNED: State.ENDED,
    Action.REPLACED: State.SUPERSEDED,
}
"""Actions after which the commitment is not in force, and the state they leave it in. All others keep it running."""


class EndKind(StrEnum):
    """What a declaration says about when the commitment ends."""

    FIXED = "fixed"
    INDEFINITE = "indefinite"
    CONDITIONAL = "conditional"
    PERMANENT = "permanent"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class End:
    """When a commitment ends, as declared.

    `ends_on` is the first day not covered (an end day that still counts is stored as the day after). A month or
    a year as end date is over when its last day is. `not_before` belongs to a condition: the later of the two rules.
    """

    kind: EndKind = EndKind.UNKNOWN
    ends_on: PartialDate | None = None
    condition: str = ""
    not_before: PartialDate | None = None

    @property
    def lapses_on(self) -> date | None:
        """The first day on which a fixed end has passed."""
        if self.ends_on is None:
            return None
        return self.ends_on.first if self.ends_on.exact else self.ends_on.after


@dataclass(frozen=True)
class Term:
    """One declaration. `order` tells apart what was declared on the same day; `key` is the caller's own handle."""

    order: int
    declared_on: PartialDate
    action: Action
    effective_from: PartialDate | None = None
    end: End = field(default_factory=End)
    reconfirm_by: date | None = None
    key: int | None = None

    @property
    def counts_from(self) -> date:
        """The day from which it rules: known only to the month or year, the first day of that."""
        return (self.effective_from or self.declared_on).first

    @property
    def stops(self) -> bool:
        """Whether it takes the commitment out of force."""
        return self.action in STOPS


@dataclass(frozen=True)
class Standing:
    """Where a commitment stands on a day.

    `ruling` is the term that decides it (None before the first was declared), `end` the end that rules, and
    `pending` a later declaration that is known on that day and not yet effective.
    """

    on: date
    state: State
    ruling: Term | None = None
    pending: Term | None = None
    expiring: bool = False
    unconfirmed: bool = False

    @property
    def end(self) -> End | None:
        """The end that rules on that day; None where nothing was declared."""
        return self.ruling.end if self.ruling else None

    @property
    def days_left(self) -> int | None:
        """Days until a fixed end has passed, for what is in force; else None."""
        lapses_on = self.end.lapses_on if self.end else None
        return (lapses_on - self.on).days if lapses_on and self.state is State.IN_FORCE else None


def standing(terms: Iterable[Term], on: date) -> Standing:
    """Where the commitment with these terms stands on `on`.

    The last term declared on or before `on` rules. While it is not yet effective, what ran before it goes on, or,
    where nothing runs, the commitment is announced. Terms declared later are not known on that day.
    """
    known = sorted((t for t in terms if t.declared_on.first <= on), key=lambda t: (t.declared_on.first, t.order))
    pending: list[Term] = []
    while known and known[-1].counts_from > on:
        pending.append(known.pop())
    current = _effective(known[-1], on) if known else Standing(on, State.NOT_YET_MADE)
    if current.state in (State.IN_FORCE, State.SUSPENDED):
        return replace(current, pending=pending[0] if pending else None)
    opening = next((t for t in pending if not t.stops), None)
    if opening is not None:
        return Standing(on, State.ANNOUNCED, ruling=opening, pending=opening)
    return current


def _effective(term: Term, on: date) -> Standing:
    """Where a commitment stands on `on` under `term`, which is effective by then."""
    if term.action in STOPS:
        return Standing(on, STOPS[term.action], ruling=term)
    if term.end.kind is EndKind.FIXED and term.end.ends_on is not None and term.end.lapses_on is not None:
        if on >= term.end.lapses_on:
            return Standing(on, State.LAPSED, ruling=term)
        return Standing(on, State.IN_FORCE, ruling=term, expiring=term.end.ends_on.first - on <= NOTICE)
    unconfirmed = term.reconfirm_by is not None and on > term.reconfirm_by
    return Standing(on, State.IN_FORCE, ruling=term, unconfirmed=unconfirmed)
