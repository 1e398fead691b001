"""What every notice is made of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.dates import PartialDate
from tracker.evidence.claims import Citation

QUOTE_LENGTH = 320
"""Of a longer quotation the beginning is shown; the link leads to the rest."""
PROOFS = 2


@dataclass(frozen=True)
class Proof:
    """A source, and the words in it if they were kept."""

    quote: str
    source: str
    url: str


@dataclass(frozen=True)
class Notice:
    """What is told. `path` is the page of what it is about, on this site."""

    headline: str
    sentences: tuple[str, ...]
    excepted: tuple[str, ...]
    proofs: tuple[Proof, ...]
    path: str


@dataclass(frozen=True)
class Told:
    """A notice before its headline's parts are put together: `verb` is what happened, `subject` to what."""

    verb: str
    subject: str
    sentences: tuple[str, ...]
    proofs: tuple[Proof, ...]
    path: str
    excepted: tuple[str, ...] = ()


def plain(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())


def day(moment: date) -> str:
    """A day in words."""
    return PartialDate(moment).in_words()


def when(moment: PartialDate | None) -> str:
    """“ on 10 June 2020”, “ in June 2020”, or nothing."""
    return "" if moment is None else f" {'on' if moment.exact else 'in'} {moment.in_words()}"


def proofs(citations: Iterable[Citation]) -> tuple[Proof, ...]:
    """The first sources of a claim, those with words before those without."""
    cited = sorted(citations, key=lambda citation: (not citation.quote, citation.pk))
    return tuple(
        Proof(
            quote=_shortened(citation.quote),
            source=plain(citation.source.publisher or citation.source.title),
            url=citation.source.url if citation.source.url.startswith(("https://", "http://")) else "",
        )
        for citation in cited[:PROOFS]
    )


def _shortened(quote: str) -> str:
    words = plain(quote)
    return words if len(words) <= QUOTE_LENGTH else words[:QUOTE_LENGTH].rsplit(" ", 1)[0] + " …"
