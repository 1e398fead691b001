"""An end in words that stay true from day to day: no count of the days that are left."""

from dataclasses import dataclass
from datetime import date, timedelta

from tracker.commitments.lifecycle import EndKind, Standing, State
from tracker.commitments.models import Commitment, Term
from tracker.dates import PartialDate, Precision

_QUOTE_LENGTH = 320
"""Of a longer quotation the beginning is shown, as in the mails."""


@dataclass(frozen=True)
class Told:
    """A commitment, where it stands, and the fixed end that a calendar shows. `stands`: that end rules."""

    commitment: Commitment
    standing: Standing
    end: PartialDate
    stands: bool

    def summary(self) -> str:
        """One line."""
        title = " ".join(self.commitment.title.split())
        if not self.stands:
            return f"No longer ends then: {title}"
        if self.standing.state is State.LAPSED:
            return f"Lapsed: {title}"
        return f"Runs out: {title}" if self.end.exact else f"Runs out in {self.end.in_words()}, day not known: {title}"

    def description(self) -> str:
        """Who promised what, where it stands, and the words that prove it."""
        promised = f"{self.commitment.actor.name}: “{' '.join(self.commitment.title.split())}”."
        return "\n\n".join([promised, " ".join(self._state()), *_proof(self._ruling())])

    def _ruling(self) -> Term | None:
        key = self.standing.ruling.key if self.standing.ruling else None
        return next((term for term in self.commitment.terms.all() if term.pk == key), None)

    def _state(self) -> list[str]:
        ruling = self._ruling()
        if not self.stands:
            return [f"It no longer ends {_when(self.end)}.", _why(self.standing, ruling)]
        if self.standing.state is State.LAPSED:
            over = _when(self.end) if self.end.exact else f"with the end of {self.end.in_words()}"
            return [f"It ran out {over}. We know of no renewal."]
        sentences = [_runs_out(self.end, through=ruling is not None and ruling.ends_through)]
        if self.standing.state is State.ANNOUNCED:
            sentences.insert(0, "It is announced and not yet in force.")
        if ruling is not None and ruling.end_computed:
            sentences.append("We computed that date from the length that was given; no source states it.")
        return [*sentences, "Unless it is renewed, it lapses then."]


def _runs_out(end: PartialDate, *, through: bool) -> str:
    if not end.exact:
        span = "month" if end.precision is Precision.MONTH else "year"
        over = f"It lapses only when the {span} is over, on {_day(end.after)}."
        return f"It runs out in {end.in_words()}; our sources give no day. {over}"
    if through:
        return f"It runs through {_day(end.first - timedelta(days=1))} and is over on {_day(end.first)}."
    return f"It runs out on {end.in_words()}."


def _why(standing: Standing, ruling: Term | None) -> str:
    """What took the place of an end that no longer rules."""
    if ruling is None:
        return "Our record no longer gives that date."
    said = f"{ruling.get_action_display()} {_when(ruling.declared_on)}"
    if standing.ruling is not None and standing.ruling.stops:
        return f"It was {said}."
    match EndKind(ruling.end_kind):
        case EndKind.INDEFINITE:
            return f"It was {said} and lasts until further notice: no date is given."
        case EndKind.PERMANENT:
            return f"It was {said} and is meant to be permanent."
        case EndKind.CONDITIONAL:
            return f"It was {said} and lasts until this: {' '.join(ruling.condition.split()).rstrip('.')}."
        case _:
            return f"It was {said}; no source gives an end."


def _proof(term: Term | None) -> list[str]:
    """The first source of the term, one with words before one without."""
    cited = sorted(term.citations.all(), key=lambda citation: (not citation.quote, citation.pk)) if term else []
    if not cited:
        return []
    quote, source = " ".join(cited[0].quote.split()), cited[0].source
    shown = quote if len(quote) <= _QUOTE_LENGTH else quote[:_QUOTE_LENGTH].rsplit(" ", 1)[0] + " …"
    name = " ".join((source.publisher or source.title).split())
    return [
        *([f"“{shown}”"] if shown else []),
        f"Source: {name}\n{source.url if source.url.startswith(('https://', 'http://')) else ''}".strip(),
    ]


def _when(moment: PartialDate) -> str:
    return f"{'on' if moment.exact else 'in'} {moment.in_words()}"


def _day(day: date) -> str:
    return PartialDate(day).in_words()
