"""What there was to tell of each partnership (began, ended, paused, taken up again) and question (answered)."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import models

from tracker.alerts.audit.facts import Expected, Fact, Stretch
from tracker.alerts.audit.versions import Version, present, table, versions
from tracker.alerts.events.columns import RECENT
from tracker.alerts.models import Event
from tracker.dates import PartialDate
from tracker.partnerships.models import Partnership
from tracker.record.models import Question

Kind = Event.Kind


class Deal(NamedTuple):
    """The columns of a partnership that decide what is told when."""

    kind: str
    status: str
    decided: PartialDate | None
    started: PartialDate | None
    ended: PartialDate | None
    published_on: date | None

    @property
    def was_one(self) -> bool:
        """Whether there was a partnership at all."""
        never = (Partnership.Status.DENIED, Partnership.Status.NEVER_STARTED)
        return self.kind != Partnership.Kind.PROPOSAL and self.status not in never


class Asked(NamedTuple):
    """The columns of a question that decide when its answer is told."""

    outcome: str
    answered_on: PartialDate | None
    published_on: date | None

    @property
    def has_answer(self) -> bool:
        """A denial is one."""
        return self.outcome in (Question.Outcome.ANSWERED, Question.Outcome.DENIED)


class Since(NamedTuple):
    """Since which version the record has said something without a break; `learned` is set where it had said else."""

    version: int
    learned: date | None

    def recently(self, happened: PartialDate | None, published_on: date) -> bool:
        """It happened shortly before we learned of it; where nobody says when, it is news if it is a change."""
        if happened is None:
            return self.learned is not None
        return happened.last >= (self.learned or published_on) - RECENT


def _since(past: Sequence[Version], says: Callable[[Any], bool]) -> Since:
    """`past`: the versions so far. Those that were not published say nothing, and break nothing."""
    first: Version | None = None
    changed = False
    for version in past:
        if version.columns is None or version.columns.published_on is None:
            continue
        if not says(version.columns):
            first, changed = None, True
        elif first is None:
            first = version
    return Since(first.id, first.on if changed else None) if first else Since(0, None)


def _partnership(number: int, deal: Deal, past: Sequence[Version]) -> Iterator[tuple[date, Fact]]:
    assert deal.published_on is not None
    published_on, started = deal.published_on, deal.started
    if deal.was_one and started is not None and started.last >= published_on - RECENT:
        since = _since(past, lambda then: then.started == started)
        if since.recently(started, published_on):
            fact = Fact(f"began:{number}", Kind.BEGAN, published_on, True, published_on, learned=since.learned)
            yield max(published_on, started.first), fact
    happened = {Kind.ENDED: deal.ended, Kind.PAUSED: deal.decided, Kind.REINSTATED: deal.decided}
    for kind, when in happened.items():
        if deal.status == kind.value:
            since = _since(past, lambda then: then.status == deal.status)
            news = since.recently(when, published_on)
            key = f"{deal.status}:{number}:{since.version}"
            yield published_on, Fact(key, kind, published_on, news, published_on, learned=since.learned)


def _question(number: int, asked: Asked, past: Sequence[Version]) -> Iterator[tuple[date, Fact]]:
    assert asked.published_on is not None
    if asked.has_answer:
        since = _since(past, lambda then: then.has_answer)
        news = since.recently(asked.answered_on, asked.published_on)
        key = f"answered:{number}:{since.version}"
        fact = Fact(key, Kind.ANSWERED, asked.published_on, news, asked.published_on, learned=since.learned)
        yield max(asked.published_on, asked.answered_on.first if asked.answered_on else asked.published_on), fact


_KINDS: tuple[tuple[type[models.Model], Any, Callable[..., Iterator[tuple[date, Fact]]]], ...] = (
    (Partnership, Deal, _partnership),
    (Question, Asked, _question),
)


def note(expected: Expected) -> None:
    """Note what each run must have found of partnerships and questions."""
    runs = expected.runs
    for model, columns, facts in _KINDS:
        pasts = dict(versions(model, columns))
        if runs.open:
            last = Stretch(runs, runs.kept, runs.kept + 1)
            for number, stands in present(model, columns):
                _note(expected, last, facts, number, stands, pasts.get(number, []))
        for number, past in pasts.items():
            for place, start, end in runs.stretches(table(model), [version.id for version in past]):
                stretch = Stretch(runs, start, end)
                _note(expected, stretch, facts, number, past[place].columns, past[: place + 1])


def _note(
    expected: Expected,
    stretch: Stretch,
    facts: Callable[..., Iterator[tuple[date, Fact]]],
    number: int,
    columns: Any,
    past: Sequence[Version],
) -> None:
    if columns is not None and columns.published_on is not None:
        for since, fact in facts(number, columns, past):
            expected.note(fact, stretch.first(since))


def holding() -> set[str]:
    """What is true of partnerships and questions now: began:id, ended:id, paused:id, reinstated:id, answered:id."""
    found = set()
    for number, deal in present(Partnership, Deal):
        if deal.published_on is not None:
            found.add(f"{deal.status}:{number}")
            if deal.was_one:
                found.add(f"began:{number}")
    found.update(
        f"answered:{number}"
        for number, asked in present(Question, Asked)
        if asked.published_on is not None and asked.has_answer
    )
    return found
