"""One commitment, as known on a day: everything that its page shows, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from tracker.commitments.lifecycle import STOPS, Action, EndKind, Standing, State
from tracker.commitments.lifecycle import Term as Rule
from tracker.commitments.models import (
    CarveOut,
    Commitment,
    CommitmentDispute,
    CommitmentDisputedValue,
    Development,
    DevelopmentCitation,
    Term,
    TermCitation,
    Verdict,
    VerdictCitation,
)
from tracker.web import timeline, words
from tracker.web.selectors import carve_outs


def commitments() -> QuerySet[Commitment, Commitment]:
    """Commitments with a published term, with all that their page names."""
    terms = Term.objects.published().prefetch_related(_cited(TermCitation))
    verdicts = Verdict.objects.filter(published_on__isnull=False).prefetch_related(_cited(VerdictCitation))
    developments = Development.objects.filter(published_on__isnull=False).prefetch_related(_cited(DevelopmentCitation))
    values = CommitmentDisputedValue.objects.select_related("source")
    disputes = CommitmentDispute.objects.prefetch_related(Prefetch("values", values))
    return (
        Commitment.objects.public()
        .select_related("actor__parent")
        .prefetch_related(
            Prefetch("terms", terms),
            Prefetch("verdicts", verdicts),
            Prefetch("developments", developments),
            Prefetch("disputes", disputes),
            "products__vendor",
            "technologies",
            "binds",
        )
    )


def _cited(table: Any) -> "Prefetch[Any, Any, Any]":
    return Prefetch("citations", table.objects.select_related("source"))


@dataclass(frozen=True)
class Declared:
    """A term, what it did in a word, and the end it set in words (empty where it stopped the promise)."""

    term: Term
    word: str
    end: str


@dataclass(frozen=True)
class Account:
    """A commitment as known on `on`. Whatever was declared, found or excepted later is left out."""

    commitment: Commitment
    on: date
    standing: Standing
    known: words.Known
    declared: list[Declared]
    excepted: list[CarveOut]
    formerly_excepted: list[CarveOut]
    verdicts: list[Verdict]
    developments: list[Development]

    @property
    def headline(self) -> str:
        """Where it stands, in one or two sentences."""
        return words.headline(self.standing, self.known, self._rules)

    @property
    def why(self) -> str:
        """The reason, in one line: what was said when it was stopped, or which declaration set the end that rules."""
        ruling = self.standing.ruling
        if ruling is not None and ruling.stops:
            stop = words.stopped_by(self.standing, self._rules)
            said = next((d.term.summary for d in self.declared if d.term.pk == stop.key), "")
            if said:
                return said
        return words.why(self.standing, self.known, self._rules)

    @property
    def _rules(self) -> list[Rule]:
        return [declared.term.as_rule() for declared in self.declared]

    @property
    def end_note(self) -> str:
        """What was noted on the fixed end that rules: whose end it is, how it was worked out."""
        ruling = self.standing.ruling
        if ruling is None or ruling.stops or ruling.end.kind is not EndKind.FIXED:
            return ""
        return next((d.term.end_note for d in self.declared if d.term.pk == ruling.key), "")

    @property
    def ahead(self) -> str:
        """What is declared and not yet effective."""
        return words.ahead(self.standing)

    @property
    def lapse(self) -> str:
        """What it would take to lapse."""
        return words.lapse_conditions(self.standing, self.commitment.nature)

    @property
    def state_key(self) -> str:
        """For the shape and colour of the headline."""
        return words.state_key(self.standing)

    @property
    def runs(self) -> bool:
        """Whether its exceptions and its scope hold on that day."""
        return self.standing.state in (State.IN_FORCE, State.ANNOUNCED)

    def drawings(self, today: date) -> list[timeline.Drawing]:
        """Its timeline, wide and narrow; none where nothing was declared by that day."""
        drawn = [timeline.draw([self._track()], on=self.on, today=today, width=w, name=n) for w, n in SIZES]
        return [drawing for drawing in drawn if drawing is not None]

    def _track(self) -> timeline.Track:
        exempt = [
            timeline.Exempt(
                words.dates_in_words(str(carve_out)), carve_out.term.as_rule().counts_from, carve_outs.until(carve_out)
            )
            for carve_out in (*self.excepted, *self.formerly_excepted)
        ]
        return track(self.commitment, exempt, self.verdicts, label=self.commitment.get_kind_display().capitalize())


SIZES = ((timeline.WIDE, "wide"), (timeline.NARROW, "narrow"))


def track(
    commitment: Commitment, exempt: list[timeline.Exempt], verdicts: list[Verdict], *, label: str = ""
) -> timeline.Track:
    """A commitment for the timeline, from its prefetched published terms."""
    bad = (Verdict.Value.BROKEN, Verdict.Value.COMPROMISED)
    return timeline.Track(
        label=label or commitment.title,
        terms=[term.as_rule() for term in commitment.terms.all() if term.published_on],
        exempt=exempt,
        verdicts=[(verdict.on.first, verdict.value) for verdict in verdicts if verdict.value in bad],
    )


def account(commitment: Commitment, on: date) -> Account:
    """What is known of a commitment on `on`. Two queries, for the carve-outs and their sources."""
    standing = commitment.standing(on)
    terms = [term for term in commitment.terms.all() if term.declared_on.first <= on]
    rows = carve_outs.carve_outs().filter(term__commitment=commitment)
    begun = [carve_out for carve_out in rows if carve_outs.begun(carve_out, on)]
    over = [carve_out for carve_out in begun if carve_outs.over(carve_out, on)]
    return Account(
        commitment=commitment,
        on=on,
        standing=standing,
        known=known(commitment, standing, on),
        declared=[
            _declared(term, commitment.nature) for term in sorted(terms, key=lambda t: (t.declared_on.first, t.order))
        ],
        excepted=[carve_out for carve_out in begun if carve_out not in over],
        formerly_excepted=over,
        verdicts=[verdict for verdict in commitment.verdicts.all() if verdict.on.first <= on],
        developments=[development for development in commitment.developments.all() if development.on.first <= on],
    )


def known(commitment: Commitment, standing: Standing, on: date) -> words.Known:
    """What the words need beyond the rules. Confirmed is the latest day, up to `on`, for which a source vouches."""
    terms = list(commitment.terms.all())
    ruling = next((term for term in terms if standing.ruling and term.pk == standing.ruling.key), None)
    declared = [term for term in terms if term.declared_on.first <= on and term.published_on]
    confirmed = [term.confirmed_on for term in declared if term.confirmed_on and term.confirmed_on.first <= on]
    judged = [v for v in commitment.verdicts.all() if v.on.first <= on and v.value != Verdict.Value.KEPT]
    return words.Known(
        nature=commitment.nature,
        through=bool(ruling and ruling.ends_through),
        computed=bool(ruling and ruling.end_computed),
        confirmed_on=max(confirmed, default=None),
        contested=bool(judged),
    )


def _declared(term: Term, nature: str) -> Declared:
    action = Action(term.action)
    end = "" if action in STOPS else words.end_words(term.end(), through=term.ends_through)
    return Declared(term, words.action_word(action, nature), end)
