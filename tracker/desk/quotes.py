"""The sentences of a lead as evidence: which field each belongs to, and where it stands on the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tracker.desk.refusals import Malformed
from tracker.evidence.actions import Quoted
from tracker.watch.models import Lead


@dataclass(frozen=True)
class Sentence:
    """A sentence of the page and the field of the proposal that rests on it."""

    field: str
    text: str
    block: int
    start: int
    end: int


def sentences_of(lead: Lead) -> list[Sentence]:
    """The lead's quotes. Raises Malformed if one is not, letter for letter, where it is said to be on the
    page.
    """
    return [_sentence(quote, lead.version.blocks) for quote in lead.quotes]


def _sentence(quote: Any, blocks: Sequence[str]) -> Sentence:
    try:
        found = Sentence(
            str(quote["field"]),
            str(quote["text"]),
            int(quote["block"]),
            int(quote["start"]),
            int(quote["end"]),
        )
        stands = found.block >= 0 and blocks[found.block][found.start : found.end] == found.text
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise Malformed({"quotes": "a quote of this lead cannot be read; reject it"}) from error
    if not stands:
        raise Malformed({"quotes": f"“{found.text[:80]}” does not stand where the lead says; reject it"})
    return found


def evidence_for_term(lead: Lead, sentences: Sequence[Sentence]) -> list[Quoted]:
    """What the term rests on: each sentence once, those for carve-outs aside; the page itself if there is
    no sentence.
    """
    return _quoted(lead, [one.text for one in sentences if one.field != "carve_outs"]) or _quoted(lead, [""])


def evidence_for_carve_out(lead: Lead, sentences: Sequence[Sentence], names: Sequence[str]) -> list[Quoted]:
    """The carve-outs' sentences that name it; all of them if none does."""
    about = [one.text for one in sentences if one.field == "carve_outs"]
    naming = [text for text in about if any(name and name.casefold() in text.casefold() for name in names)]
    return _quoted(lead, naming or about)


def _quoted(lead: Lead, texts: Sequence[str]) -> list[Quoted]:
    snapshot = lead.version.snapshot
    return [Quoted(source=snapshot.source, snapshot=snapshot, quote=text) for text in dict.fromkeys(texts)]
