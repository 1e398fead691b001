"""What there was to tell of each promise: its declarations, its rungs and lapses, its verdicts.

The pure rules of `commitments.lifecycle` are asked about the terms as they were published when the planner ran, on
the days on which their answer may change.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from django.db.models import F, Window
from django.db.models.functions import Lag

from tracker.alerts.audit.facts import Expected, Fact, Stretch
from tracker.alerts.audit.versions import history, present, table, versions
from tracker.alerts.events.columns import RECENT
from tracker.alerts.models import RUNGS, Event
from tracker.commitments import lifecycle
from tracker.commitments.lifecycle import STOPS, Action, End, EndKind, State
from tracker.commitments.models import Term, Verdict
from tracker.dates import PartialDate

_DAY = timedelta(days=1)
Kind = Event.Kind


class Declared(NamedTuple):
    """The columns of a term that decide what is told when."""

    commitment_id: int
    order: int
    declared_on: PartialDate
    action: str
    effective_from: PartialDate | None
    end_kind: str
    ends_on: PartialDate | None
    reconfirm_by: date | None
    published_on: date | None

    def as_rule(self, key: int) -> lifecycle.Term:
        """As the pure rules know it."""
        end = End(EndKind(self.end_kind), self.ends_on)
        return lifecycle.Term(
            self.order, self.declared_on, Action(self.action), self.effective_from, end, self.reconfirm_by, key
        )


@dataclass
class Promise:
    """A commitment as its published terms make it at one moment."""

    id: int
    terms: dict[int, Declared]
    rules: list[lifecycle.Term] = field(init=False)

    def __post_init__(self) -> None:
        self.terms = {number: term for number, term in self.terms.items() if term.published_on is not None}
        rules = (term.as_rule(number) for number, term in self.terms.items())
        self.rules = sorted(rules, key=lambda rule: (rule.declared_on.first, rule.order))

    @cached_property
    def declarations(self) -> list[tuple[date, Fact]]:
        """Each declaration, and the day from which it is to be told."""
        found = []
        before: lifecycle.Term | None = None
        for rule in self.rules:
            published_on = self.published_on(rule)
            news = rule.declared_on.last >= published_on - RECENT
            old = self._moved_from(before, rule)
            kind = Kind.MOVED if old else Kind.DECLARED
            fact = Fact(f"term:{rule.key}", kind, published_on, news, published_on, ends_on=old)
            found.append((max(published_on, rule.declared_on.first), fact))
            before = rule
        return found

    @staticmethod
    def _moved_from(before: lifecycle.Term | None, rule: lifecycle.Term) -> PartialDate | None:
        """The fixed end that stood, had not passed, and is another by this declaration."""
        if before is None or rule.stops or before.end.lapses_on is None:
            return None
        stands = rule.end.ends_on == before.end.ends_on or rule.declared_on.first >= before.end.lapses_on
        return None if stands else before.end.ends_on

    def published_on(self, rule: lifecycle.Term) -> date:
        """The day this term of ours was published."""
        assert rule.key is not None
        published_on = self.terms[rule.key].published_on
        assert published_on is not None
        return published_on

    def turns(self) -> list[date]:
        """The days on which what the calendar brings may change."""
        days = set()
        for rule in self.rules:
            days |= {self.published_on(rule), rule.declared_on.first, rule.counts_from}
            if rule.end.ends_on is not None and rule.end.lapses_on is not None:
                days |= {rule.end.lapses_on, *(rule.end.ends_on.first - timedelta(days=rung) for rung in RUNGS)}
            if rule.reconfirm_by is not None:
                days.add(rule.reconfirm_by + _DAY)
        return sorted(days)

    def rules_on(self, on: date) -> lifecycle.Standing | None:
        """Where it stands on `on` under what is effective by then, whatever was opened since; None if nothing runs or
        ran out under a term published by then.
        """
        standing = lifecycle.standing((rule for rule in self.rules if rule.counts_from <= on), on)
        ruling = standing.ruling
        if ruling is None or ruling.action in STOPS or self.published_on(ruling) > on:
            return None
        return standing

    def calendar(self, on: date) -> Iterator[Fact]:
        """What the calendar has brought by `on` under the end that rules then."""
        standing = self.rules_on(on)
        if standing is None or standing.ruling is None:
            return
        end, published_on = standing.ruling.end, self.published_on(standing.ruling)
        if end.ends_on is not None and end.lapses_on is not None:
            for rung in filter(None, RUNGS):
                day = end.ends_on.first - timedelta(days=rung)
                if day <= on and published_on < end.lapses_on:
                    key = f"expiring:{self.id}:{end.ends_on}:{rung}"
                    yield Fact(key, Kind.EXPIRING, published_on, True, max(day, published_on), end.ends_on)
            if lifecycle.standing(self.rules, on).state is State.LAPSED:
                over, key = end.lapses_on, f"lapsed:{self.id}:{end.ends_on}:0"
                news = over >= published_on - RECENT
                yield Fact(key, Kind.LAPSED, published_on, news, max(over, published_on), end.ends_on)
        elif standing.unconfirmed and standing.ruling.reconfirm_by is not None:
            over = standing.ruling.reconfirm_by + _DAY
            key = f"unconfirmed:{standing.ruling.key}:{standing.ruling.reconfirm_by}"
            yield Fact(key, Kind.UNCONFIRMED, published_on, over >= published_on - RECENT, max(over, published_on))

    def holding(self, on: date) -> Iterator[str]:
        """The keys of all that is true of it on `on`."""
        yield from (fact.key for _, fact in self.declarations)
        standing = self.rules_on(on)
        running = standing is not None and standing.state is State.IN_FORCE
        yield from (fact.key for fact in self.calendar(on) if running or fact.kind != Kind.EXPIRING)

    def note(self, expected: Expected, stretch: Stretch) -> None:
        """Note what the runs that saw it so must have found."""
        for since, fact in self.declarations:
            expected.note(fact, stretch.first(since))
        turns = self.turns()
        for since, before in zip(turns, [*turns[1:], None], strict=False):
            run = stretch.first(since, before)
            if run is not None:
                for fact in self.calendar(expected.runs.days[run]):
                    expected.note(fact, run)


def _now() -> Iterator[Promise]:
    """Every promise as it is on record now."""
    terms: dict[int, dict[int, Declared]] = defaultdict(dict)
    for number, term in present(Term, Declared):
        terms[term.commitment_id][number] = term
    return (Promise(commitment, declared) for commitment, declared in terms.items())


def holding(on: date) -> set[str]:
    """The keys of all that is true on `on` of promises and verdicts, as they are on record now."""
    found = {key for promise in _now() for key in promise.holding(on)}
    found.update(f"verdict:{number}" for number, given in present(Verdict, Given) if given.published_on is not None)
    return found


def note(expected: Expected) -> None:
    """Note what each run must have found of promises, by the terms as they were then."""
    runs = expected.runs
    if runs.open:
        for promise in _now():
            promise.note(expected, Stretch(runs, runs.kept, runs.kept + 1))
    left = _taken_elsewhere()
    of_terms = table(Term)
    for commitment, rows in versions(Term, Declared, by="commitment_id"):
        steps = [(row.id, row.record, row.columns) for row in rows]
        steps = sorted((*steps, *left.get(commitment, ())), key=lambda step: step[0])
        starts = {place: (start, end) for place, start, end in runs.stretches(of_terms, [step[0] for step in steps])}
        terms: dict[int, Declared] = {}
        for place, (_, term, columns) in enumerate(steps):
            terms.pop(term, None)
            if columns is not None:
                terms[term] = columns
            if place in starts:
                Promise(commitment, dict(terms)).note(expected, Stretch(runs, *starts[place]))


def _taken_elsewhere() -> Mapping[int, Iterable[tuple[int, int, None]]]:
    """By commitment: when which of its terms was given to another one. There are hardly ever any."""
    earlier = Window(Lag("commitment_id"), partition_by=F("pgh_obj_id"), order_by=F("pgh_id").asc())
    moves = history(Term).objects.annotate(earlier=earlier).exclude(earlier=None).exclude(earlier=F("commitment_id"))
    left: dict[int, list[tuple[int, int, None]]] = defaultdict(list)
    for commitment, number, term in moves.values_list("earlier", "pgh_id", "pgh_obj_id"):
        left[commitment].append((number, term, None))
    return left


class Given(NamedTuple):
    """The columns of a verdict that decide when it is told."""

    on: PartialDate
    published_on: date | None

    def fact(self, number: int) -> Fact | None:
        """It is to be told; None where it is not published."""
        if self.published_on is None:
            return None
        news = self.on.last >= self.published_on - RECENT
        return Fact(f"verdict:{number}", Kind.VERDICT, self.published_on, news, self.published_on)

    def note(self, expected: Expected, number: int, stretch: Stretch) -> None:
        """Note it if one of these runs must have found it."""
        fact = self.fact(number)
        if fact is not None:
            expected.note(fact, stretch.first(max(fact.published_on, self.on.first)))


def note_verdicts(expected: Expected) -> None:
    """Note the verdicts that each run must have found."""
    runs = expected.runs
    if runs.open:
        for number, given in present(Verdict, Given):
            given.note(expected, number, Stretch(runs, runs.kept, runs.kept + 1))
    of_verdicts = table(Verdict)
    for number, rows in versions(Verdict, Given):
        for place, start, end in runs.stretches(of_verdicts, [row.id for row in rows]):
            if rows[place].columns is not None:
                rows[place].columns.note(expected, number, Stretch(runs, start, end))
