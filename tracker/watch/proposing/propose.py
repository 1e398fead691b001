"""From changed text to proposals an editor could accept. Pure and deterministic: no database, no network.

Learned weights (judging/) say how likely each sentence announces something, and what the text says as a whole; that
becomes a proposal with the sentences for each of its fields.
"""

from collections.abc import Mapping, Sequence, Set
from datetime import date

from tracker.watch.proposing.compose import compose
from tracker.watch.proposing.judging.judgement import judge
from tracker.watch.proposing.judging.scale import Scale, learned
from tracker.watch.proposing.judging.told import Told
from tracker.watch.proposing.known import Known
from tracker.watch.proposing.proposal import Proposal
from tracker.watch.proposing.sentences import sentences_of
from tracker.watch.proposing.what.surveillance import may_announce
from tracker.watch.proposing.who.names import Names

# Below this an editor would lose more time than the lead saves.
LIKELY = 0.64


def propose(
    blocks: Sequence[str],
    *,
    published: date,
    known: Known,
    new: Set[int] | None = None,
    likely: float = LIKELY,
    scales: Mapping[str, Scale] | None = None,
) -> list[Proposal]:
    """What these blocks of text, published on that day, may announce: one proposal or none.

    `new` are the places of the blocks that were not there before (all of them if None): only they announce anything.
    """
    told = told_in(blocks, published=published, known=known, new=new)
    if told is None:
        return []
    judgement = judge(told, scales or learned())
    return [compose(judgement)] if judgement.likelihood >= likely else []


def told_in(blocks: Sequence[str], *, published: date, known: Known, new: Set[int] | None = None) -> Told | None:
    """The text as it is judged; None where nothing new in it could announce anything."""
    fresh = frozenset(range(len(blocks))) if new is None else new
    sentences = sentences_of(blocks)
    changed = frozenset(one.order for one in sentences if one.block in fresh)
    may = frozenset(one.order for one in sentences if may_announce(one, blocks, fresh))
    names = Names([one.text for one in sentences], known)
    return Told(published, sentences, changed, may, names, known) if may else None
