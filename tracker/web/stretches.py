"""What held from when to when, as known on a day: the terms of a promise as a row of stretches. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from tracker.commitments.lifecycle import EndKind, Standing, State, Term, standing
from tracker.dates import PartialDate, Precision
from tracker.web import words

FADE = timedelta(days=300)
"""How far ahead a promise without an end is drawn."""


@dataclass(frozen=True)
class Stretch:
    """What held from `start` up to `end`: announced, in-force, unconfirmed, ahead, fade or suspended."""

    kind: str
    start: date
    end: date


@dataclass(frozen=True)
class Stop:
    """Where it stopped running: lapsed, ended or superseded, in a few words; or `until`, where it will run out."""

    kind: str
    at: date
    word: str


def stretches(terms: Iterable[Term], on: date, horizon: date) -> tuple[list[Stretch], list[Stop]]:
    """What held when, up to `horizon`, as far as it was declared by `on`; and where it stopped."""
    known = [term for term in terms if term.declared_on.first <= on]
    bounds = _bounds(known, on, horizon)
    found: list[Stretch] = []
    stops: list[Stop] = []
    for start, end in pairwise(bounds):
        there = standing(known, start)
        kind = _kind(there, on)
        if kind is None:
            if found and found[-1].end == start:
                stops.append(_stop(there, start, on))
        elif found and found[-1].kind == kind and found[-1].end == start:
            found[-1] = Stretch(kind, found[-1].start, end)
        else:
            found.append(Stretch(kind, start, end))
    return [_faded(stretch) for stretch in found], stops


def _bounds(known: Sequence[Term], on: date, horizon: date) -> list[date]:
    days = {on + timedelta(days=1), horizon}
    for term in known:
        days |= {term.declared_on.first, term.counts_from}
        if term.end.lapses_on is not None:
            days.add(term.end.lapses_on)
        if term.reconfirm_by is not None:
            days.add(term.reconfirm_by + timedelta(days=1))
    return sorted(day for day in days if day <= horizon)


def _kind(there: Standing, on: date) -> str | None:
    match there.state:
        case State.ANNOUNCED | State.SUSPENDED:
            return there.state.value
        case State.IN_FORCE if there.on > on:
            return "ahead" if there.end is not None and there.end.kind is EndKind.FIXED else "fade"
        case State.IN_FORCE:
            return "unconfirmed" if there.unconfirmed else "in-force"
        case _:
            return None


def _stop(there: Standing, at: date, on: date) -> Stop:
    ruling = there.ruling
    if ruling is not None and ruling.stops:
        since = short_partial(ruling.effective_from or ruling.declared_on)
        return Stop(there.state.value, at, f"{words.ACTION_WORDS[ruling.action].lower()} {since}")
    end = ruling.end.ends_on if ruling else None
    told = f"end of {short_partial(end)}" if end is not None and not end.exact else short(at)
    if at > on:
        return Stop("until", at, f"runs out {told}")
    return Stop(there.state.value, at, f"{there.state.value} {told}")


def _faded(stretch: Stretch) -> Stretch:
    """A stretch without an end is drawn for some months only."""
    if stretch.kind != "fade":
        return stretch
    return Stretch("fade", stretch.start, min(stretch.end, stretch.start + FADE))


def short_partial(when: PartialDate) -> str:
    """“24 Jan 2024”, “Apr 2025”, “2025”: no more than is known."""
    if when.exact:
        return short(when.first)
    return f"{when.first:%b %Y}" if when.precision is Precision.MONTH else f"{when.first:%Y}"


def short(day: date) -> str:
    """“24 Jan 2024”."""
    return f"{day.day} {day:%b %Y}"
