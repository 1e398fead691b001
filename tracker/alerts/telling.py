"""What an event says, in words: who, what, when, and the sentences that prove it. The same for every channel."""

from dataclasses import dataclass
from datetime import date

from tracker.alerts.models import Event, Subscription
from tracker.commitments import lifecycle
from tracker.commitments.lifecycle import Action, EndKind
from tracker.commitments.models import CarveOut, Commitment, Term
from tracker.dates import PartialDate

QUOTE_LENGTH = 320
"""Of a longer quotation the beginning is shown; the link leads to the rest."""
PROOFS = 2

_MADE = {
    "voluntary": "announced",
    "statute": "adopted",
    "ordinance": "adopted",
    "court_order": "ordered",
    "regulator": "ordered",
    "settlement": "agreed to",
    "contract": "agreed to",
    "administrative": "decided on",
}
_DONE = {
    Action.EXTENDED: "extended",
    Action.NARROWED: "narrowed",
    Action.WIDENED: "widened",
    Action.REAFFIRMED: "reaffirmed",
    Action.SUSPENDED: "suspended",
    Action.REINSTATED: "reinstated",
    Action.MADE_INDEFINITE: "made indefinite",
    Action.MADE_PERMANENT: "made permanent",
    Action.WITHDRAWN: "withdrawn",
    Action.REVERSED: "reversed",
    Action.OVERTURNED: "overturned",
    Action.REPLACED: "replaced",
}


@dataclass(frozen=True)
class Proof:
    """A source, and the words in it if they were kept."""

    quote: str
    source: str
    url: str


@dataclass(frozen=True)
class Notice:
    """What is told. `path` is the page of the commitment."""

    headline: str
    sentences: tuple[str, ...]
    excepted: tuple[str, ...]
    proofs: tuple[Proof, ...]
    path: str


def notice(event: Event, on: date) -> Notice:
    """The words for `event` as they are true on `on`."""
    commitment = event.commitment
    sentences = {
        Event.Kind.EXPIRING: _expiring,
        Event.Kind.LAPSED: _lapsed,
        Event.Kind.MOVED: _moved,
        Event.Kind.DECLARED: _declared,
    }[Event.Kind(event.kind)](event, on)
    return Notice(
        headline=headline(event, on),
        sentences=tuple(sentences),
        excepted=_excepted(commitment, on),
        proofs=_proofs(event.term),
        path=commitment.get_absolute_url(),
    )


def headline(event: Event, on: date) -> str:
    """One line, also for the list of what was sent. Never contains a line break, whatever the title does."""
    title = " ".join(event.commitment.title.split())
    if event.kind == Event.Kind.EXPIRING and event.ends_on is not None:
        return f"Runs out {_in_days(event.ends_on, on)}: {title}"
    if event.kind == Event.Kind.LAPSED:
        return f"Lapsed: {title}"
    if event.kind == Event.Kind.MOVED:
        return f"The end moved: {title}"
    done = _DONE.get(Action(event.term.action)) if event.term else None
    return f"{(done or _MADE.get(event.commitment.nature, 'announced')).capitalize()}: {title}"


def topic(subscription: Subscription) -> str:
    """What it follows, in words."""
    followed = (
        subscription.organization
        or subscription.product
        or subscription.technology
        or subscription.commitment
        or subscription.place
    )
    return str(followed) if followed else subscription.search or "everything"


def _expiring(event: Event, on: date) -> list[str]:
    term = event.term
    assert term is not None
    assert event.ends_on is not None
    sentences = [_made(event.commitment), f"{_ends(term, event.ends_on)}, {_in_days(event.ends_on, on)}."]
    if not event.ends_on.exact:
        sentences.append(f"Our sources give no day. It is over on {_day(event.ends_on.after)} at the latest.")
    if term.end_computed:
        sentences.append("We computed that date from the length that was given; no source states it.")
    return [*sentences, "Unless it is renewed, it lapses then."]


def _lapsed(event: Event, on: date) -> list[str]:
    assert event.ends_on is not None
    over = event.ends_on.in_words() if event.ends_on.exact else f"the end of {event.ends_on.in_words()}"
    return [
        _made(event.commitment),
        f"It ran out {'on' if event.ends_on.exact else 'with'} {over}. We know of no renewal.",
    ]


def _moved(event: Event, on: date) -> list[str]:
    term = event.term
    assert term is not None
    old = f"It no longer ends {_when(event.ends_on)}." if event.ends_on else "Its end moved."
    return [_made(event.commitment, before=term), _was_done(term), f"{old} {_end(term)}", *_summary(term)]


def _declared(event: Event, on: date) -> list[str]:
    term = event.term
    assert term is not None
    if term.action == Action.ANNOUNCED:
        sentences = [_made(event.commitment), *_from(term), _end(term)]
    elif Action(term.action) in lifecycle.STOPS:
        sentences = [_made(event.commitment, before=term), _was_done(term)]
    else:
        sentences = [_made(event.commitment, before=term), _was_done(term), _end(term)]
    return [*sentences, *_summary(term)]


def _made(commitment: Commitment, before: Term | None = None) -> str:
    terms = sorted(commitment.terms.all(), key=lambda term: (term.declared_on.first, term.order))
    first = terms[0] if terms else before
    verb = _MADE.get(commitment.nature, "announced")
    since = f" {_when(first.declared_on)}" if first else ""
    return f"{commitment.actor.name} {verb} “{' '.join(commitment.title.split())}”{since}."


def _was_done(term: Term) -> str:
    later = term.effective_from and term.effective_from != term.declared_on
    since = f", from {term.effective_from.in_words()}" if later and term.effective_from else ""
    return f"It was {_DONE.get(Action(term.action), 'announced again')} {_when(term.declared_on)}{since}."


def _from(term: Term) -> list[str]:
    if term.effective_from and term.effective_from != term.declared_on:
        return [f"It holds from {term.effective_from.in_words()}."]
    return []


def _end(term: Term) -> str:
    match EndKind(term.end_kind):
        case EndKind.FIXED:
            assert term.ends_on is not None
            return f"{_ends(term, term.ends_on)}."
        case EndKind.CONDITIONAL:
            not_before = f", not before {term.not_before.in_words()}" if term.not_before else ""
            return f"It lasts until this: {' '.join(term.condition.split()).rstrip('.')}{not_before}."
        case EndKind.INDEFINITE:
            return "It lasts until further notice: no date is given."
        case EndKind.PERMANENT:
            return "It is meant to be permanent."
        case _:
            return "No source gives an end."


def _ends(term: Term, ends_on: PartialDate) -> str:
    if term.ends_through and ends_on.exact:
        last_day = date.fromordinal(ends_on.first.toordinal() - 1)
        return f"It runs through {_day(last_day)} and is over on {_day(ends_on.first)}"
    return f"It runs out {_when(ends_on)}"


def _when(moment: PartialDate) -> str:
    return f"{'on' if moment.exact else 'in'} {moment.in_words()}"


def _in_days(ends_on: PartialDate, on: date) -> str:
    """Days to the first day that the end may mean: nobody knows of a later one before it is over."""
    days = (ends_on.first - on).days
    if days <= 0:
        return "at any time now" if not ends_on.exact else "today"
    count = "tomorrow" if days == 1 else f"in {days} days"
    return count if ends_on.exact else f"{count} or later"


def _day(day: date) -> str:
    return PartialDate(day).in_words()


def _summary(term: Term) -> list[str]:
    return [" ".join(term.summary.split())] if term.summary.strip() else []


def _excepted(commitment: Commitment, on: date) -> tuple[str, ...]:
    """Who is left out on `on`, each once: at most six, since the page has them all."""
    found: dict[str, CarveOut] = {}
    for term in commitment.terms.all():
        for carve_out in term.carve_outs.all():
            if term.declared_on.first <= on and carve_out.until_id is None:
                found.setdefault(" ".join(str(carve_out).split()), carve_out)
    return tuple(found)[:6]


def _proofs(term: Term | None) -> tuple[Proof, ...]:
    """The first sources of the term, those with words before those without."""
    if term is None:
        return ()
    cited = sorted(term.citations.all(), key=lambda citation: (not citation.quote, citation.pk))
    return tuple(
        Proof(
            quote=_shortened(citation.quote),
            source=" ".join((citation.source.publisher or citation.source.title).split()),
            url=citation.source.url if citation.source.url.startswith(("https://", "http://")) else "",
        )
        for citation in cited[:PROOFS]
    )


def _shortened(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= QUOTE_LENGTH else words[:QUOTE_LENGTH].rsplit(" ", 1)[0] + " …"
