"""From terms to a drawing: what held when, as bars on a line of years. Pure: no database, no clock, no markup.

`stretches` says what held from when to when, as known on the day looked at; `draw` gives each a place.
The template `web/_timeline.html` writes the drawing as SVG in two widths, and a style sheet shows one of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from tracker.commitments.lifecycle import Term
from tracker.web.stretches import FADE, Stop, Stretch, short, short_partial, stretches

WIDE, NARROW = 1080, 360
# The widest that system fonts make a letter of a label, on average: wide, narrow, small.
_CHAR, _NARROW_CHAR, _SMALL_CHAR = 8.0, 7.3, 6.9
_FARTHEST = timedelta(days=5 * 365)
_TOP, _LANE, _THIN_LANE, _BAR, _THIN_BAR = 30, 48, 34, 14, 7


@dataclass(frozen=True)
class Exempt:
    """Somebody excepted from a day on, until another day or as long as the promise runs."""

    name: str
    since: date
    until: date | None = None


@dataclass(frozen=True)
class Track:
    """One promise to draw: its terms, whom it excepts, the days from which a verdict calls it broken or compromised."""

    label: str
    terms: Sequence[Term]
    exempt: Sequence[Exempt] = ()
    verdicts: Sequence[tuple[date, str]] = ()


@dataclass(frozen=True)
class Bar:
    """A stretch with its place."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True)
class Mark:
    """A stop or a verdict with its place; `word_x` is None where the word finds no room."""

    kind: str
    x: float
    word: str
    word_x: float | None = None


@dataclass(frozen=True)
class Lane:
    """One line of the drawing."""

    label: str
    label_x: float
    anchor: str
    y: float
    height: int
    bars: list[Bar] = field(default_factory=list)
    notches: list[float] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    thin: bool = False


@dataclass(frozen=True)
class Year:
    """A line at the start of a year; the label is empty where it would not fit."""

    x: float
    label: str


@dataclass(frozen=True)
class Drawing:
    """The whole, at one width. `name` tells its parts apart from those of another drawing on the same page."""

    name: str
    width: int
    height: float
    years: list[Year]
    lanes: list[Lane]
    today_x: float
    looked_x: float | None
    description: str

    @property
    def key(self) -> list[tuple[str, str]]:
        """What its signs mean, those that it shows."""
        shown = {bar.kind for lane in self.lanes for bar in lane.bars} | {
            mark.kind for lane in self.lanes for mark in lane.marks
        }
        if any(lane.notches for lane in self.lanes):
            shown.add("notch")
        return [(kind, meaning) for kind, meaning in _KEY if kind in shown]


_KEY = (
    ("in-force", "in force"),
    ("unconfirmed", "in force, not confirmed lately"),
    ("ahead", "still to come"),
    ("fade", "no end named"),
    ("announced", "announced"),
    ("suspended", "suspended"),
    ("exception", "excepted"),
    ("notch", "changed"),
    ("until", "runs out"),
    ("lapsed", "lapsed"),
    ("ended", "ended"),
    ("superseded", "replaced"),
    ("broken", "found broken"),
    ("compromised", "found compromised"),
)


@dataclass(frozen=True)
class Scale:
    """Days to pixels."""

    first: date
    last: date
    width: int

    def x(self, day: date) -> float:
        """The place of a day; a day outside lies on the edge."""
        inside = min(max(day, self.first), self.last)
        return round((inside - self.first).days / (self.last - self.first).days * self.width, 1)


def draw(
    tracks: Sequence[Track], *, on: date, today: date, width: int = WIDE, name: str = "timeline"
) -> Drawing | None:
    """The drawing of these promises as known on `on`; None where none was declared by then."""
    shown = [track for track in tracks if any(term.declared_on.first <= on for term in track.terms)]
    if not shown:
        return None
    scale = _scale(shown, on, today, width)
    lanes: list[Lane] = []
    told: list[str] = []
    y = float(_TOP)
    for track in shown:
        runs, stops = stretches(track.terms, on, scale.last)
        lane = _lane(track, runs, stops, scale, on, y)
        lanes.append(lane)
        told.append(_told(track, runs, stops, on))
        y += _LANE
        for exempt in track.exempt:
            if exempt.since <= on and runs:
                lanes.append(_exempt_lane(exempt, runs[-1].end, scale, y))
                y += _THIN_LANE
    looked = scale.x(on) if on != today else None
    return Drawing(name, width, y + 8, _years(scale), lanes, scale.x(today), looked, " ".join(told))


def _scale(tracks: Sequence[Track], on: date, today: date, width: int) -> Scale:
    known = [term for track in tracks for term in track.terms if term.declared_on.first <= on]
    first = min(min(term.declared_on.first, term.counts_from) for term in known)
    latest = max(on, today) + FADE
    for term in known:
        if term.end.lapses_on is not None:
            latest = max(latest, min(term.end.lapses_on + timedelta(days=60), max(on, today) + _FARTHEST))
    start = date(min(first.year, latest.year - 2), 1, 1)
    return Scale(start, latest, width)


def _years(scale: Scale) -> list[Year]:
    years = range(scale.first.year, scale.last.year + 1)
    step = next(n for n in (1, 2, 5, 10, 25, 50, 100) if scale.width / len(years) * n >= 38)
    places = [(scale.x(date(year, 1, 1)), year) for year in years]
    return [
        Year(x, str(year) if (year - scale.first.year) % step == 0 and x + 34 <= scale.width else "")
        for x, year in places
    ]


def _lane(track: Track, runs: list[Stretch], stops: list[Stop], scale: Scale, on: date, y: float) -> Lane:
    bars = [_bar(run, scale) for run in runs]
    declared = sorted({term.declared_on.first for term in track.terms if term.declared_on.first <= on})
    changed = [scale.x(day) for day in declared[1:] if any(run.start <= day < run.end for run in runs)]
    found = [Mark(value, scale.x(day), value) for day, value in track.verdicts if day <= on]
    marks = [_mark(stop, scale, found if stop is stops[-1] else None) for stop in stops] + found
    start = bars[0].x if bars else scale.x(declared[0])
    letter = _CHAR if scale.width > NARROW else _NARROW_CHAR
    label, x, anchor = _label(track.label, start, scale.width, letter)
    return Lane(label, x, anchor, y, _BAR, bars, changed, marks)


def _exempt_lane(exempt: Exempt, run_end: date, scale: Scale, y: float) -> Lane:
    end = min(exempt.until, run_end) if exempt.until else run_end
    bar = _bar(Stretch("exception", exempt.since, max(end, exempt.since + timedelta(days=1))), scale)
    label, x, anchor = _label(f"excepted: {exempt.name}", bar.x, scale.width, _SMALL_CHAR)
    return Lane(label, x, anchor, y, _THIN_BAR, [bar], thin=True)


def _bar(stretch: Stretch, scale: Scale) -> Bar:
    x = scale.x(stretch.start)
    return Bar(stretch.kind, x, max(round(scale.x(stretch.end) - x, 1), 2.0))


def _mark(stop: Stop, scale: Scale, verdicts: list[Mark] | None) -> Mark:
    """The last stop of a lane (whose verdicts are given) gets its word, to the right of any verdict in the way."""
    x = scale.x(stop.at)
    length = 12 + len(stop.word) * _SMALL_CHAR
    word_x = x + 12
    for verdict in verdicts or ():
        if x - 12 < verdict.x < word_x + length:
            word_x = max(word_x, verdict.x + 14)
    fits = verdicts is not None and word_x + length <= scale.width
    return Mark(stop.kind, x, stop.word, word_x if fits else None)


def _label(text: str, x: float, width: int, letter: float) -> tuple[str, float, str]:
    """The label, cut to the width, where it starts or ends."""
    room = int(width / letter)
    text = text if len(text) <= room else text[: room - 1].rstrip() + "…"
    if x + len(text) * letter <= width:
        return text, x, "start"
    return text, float(width), "end"


def _told(track: Track, runs: list[Stretch], stops: list[Stop], on: date) -> str:
    """The lane in words, for those who do not see it. A day that stands for a month or a year is told as that."""
    vague: dict[date, str] = {}
    for term in track.terms:
        for moment in (term.declared_on, term.effective_from):
            if moment is not None and not moment.exact:
                vague[moment.first] = short_partial(moment)
    for term in track.terms:
        for moment in (term.declared_on, term.effective_from):
            if moment is not None and moment.exact:
                vague.pop(moment.first, None)

    def at(day: date) -> str:
        return vague.get(day, short(day))

    said = {
        "in-force": "in force",
        "unconfirmed": "in force but unconfirmed",
        "announced": "announced",
        "suspended": "suspended",
    }
    parts = [f"{said[r.kind]} from {at(r.start)} to {at(min(r.end, on))}" for r in runs if r.kind in said]
    parts += [stop.word for stop in stops if stop.kind == "until"]
    parts += [stop.word for stop in stops if stop.kind != "until"]
    return f"{track.label}: {', '.join(parts) or 'declared'}."
