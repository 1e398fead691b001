"""From changed text to proposals an editor could accept. Pure and deterministic: no database, no network,
no model.

Sentences that announce something are found by their wording (`cues`), weighed, and put together by who
acts; the
best of each actor becomes a proposal with dates, end, carve-outs and the sentences for each of them.
"""

from collections.abc import Sequence, Set
from datetime import date

from tracker.watch.proposing.known import Known, KnownCommitment
from tracker.watch.proposing.proposal import Proposal, ProposedCarveOut, ProposedEnd, Quote
from tracker.watch.proposing.sentences import Sentence, sentences_of
from tracker.watch.proposing.until.declared import declared_on
from tracker.watch.proposing.until.endings import Ending, effective_from, ending
from tracker.watch.proposing.what.carve_outs import carve_outs_in
from tracker.watch.proposing.what.hits import Hit, best_of, hits_in, technology_of
from tracker.watch.proposing.what.shape import shape_of
from tracker.watch.proposing.who.names import Names
from tracker.watch.proposing.who.parties import companies_bound

# Below this an editor would lose more time than the lead saves; the rest waits under "please check".
WORTH_SHOWING = 0.5
# A second actor is proposed only when its own sentence carries it; it ranks below the first.
SECOND_ACTOR = 0.15
_STOPPING = frozenset({"reversed", "withdrawn", "overturned", "lapsed", "suspended", "replaced"})


def propose(
    blocks: Sequence[str],
    *,
    published: date,
    known: Known,
    new: Set[int] | None = None,
    worth_showing: float = WORTH_SHOWING,
) -> list[Proposal]:
    """What these blocks of text, published on that day, may announce: the best first, often nothing.

    `new` are the places of the blocks that were not there before (all of them if None): only they announce
    anything.
    """
    fresh = frozenset(range(len(blocks))) if new is None else new
    every = sentences_of(blocks)
    sentences = [sentence for sentence in every if sentence.block in fresh]
    groups: dict[str, list[Hit]] = {}
    hits, names = hits_in(every, blocks, known, published, fresh)
    for hit in hits:
        groups.setdefault(hit.actor.key, []).append(hit)
    ranked = sorted(groups.values(), key=_best_worth, reverse=True)
    found = []
    for rank, group in enumerate(ranked):
        worth = _best_worth(group) - (SECOND_ACTOR if rank else 0.0)
        if worth >= worth_showing:
            found.append(
                _proposal(group, sentences, worth, alone=rank == 0, published=published, known=known, names=names)
            )
    return found


def _best_worth(hits: Sequence[Hit]) -> float:
    best = max(hit.worth for hit in hits)
    agreeing = sum(hit.worth >= WORTH_SHOWING for hit in hits) - 1
    return best + 0.05 * min(max(agreeing, 0), 2)


def _proposal(
    hits: list[Hit],
    sentences: list[Sentence],
    worth: float,
    *,
    alone: bool,
    published: date,
    known: Known,
    names: Names,
) -> Proposal:
    main = best_of(hits)
    support = _support(main, hits)
    near = _near(main, support, sentences) if alone else [main.sentence]
    declared, said = declared_on(main.sentence, near, published, law=main.actor.government)
    begins, begin_said = effective_from(near, declared, published)
    stopping = main.cue.action in _STOPPING
    end = (
        Ending(ProposedEnd())
        if stopping or main.cue.matter == "denial" or main.cue.action == "ended"
        else ending(near, begins or declared, published)
    )
    if main.cue.matter == "lapse":
        end = ending(near, None, published)
    excepted = carve_outs_in(near, known) if main.cue.matter == "commitment" and not stopping else []
    products = _products(near, main, known)
    commitment = _commitment(main, products, known)
    shape = shape_of(main, end.end, names)
    if shape.matter == "partnership" and shape.action == "ended":
        end = Ending(ProposedEnd())
    quotes = _quotes(main, support, said, begin_said, end, excepted)
    reasons = list(main.reasons)
    if end.end.kind != "unknown":
        worth, reasons = worth + 0.1, [*reasons, "says when it ends"]
    return Proposal(
        matter=shape.matter,
        action=shape.action,
        kind=shape.kind,
        nature=shape.nature,
        actor=main.actor.slug,
        actor_name=main.actor.name,
        companies=companies_bound(main, near, names, matter=shape.matter),
        commitment=commitment.slug if commitment else None,
        products=products,
        technology=technology_of([main.sentence, *support]),
        covers=_covers(near),
        declared_on=str(declared) if declared else None,
        effective_from=str(begins) if begins else None,
        end=end.end,
        carve_outs=tuple(carve_out for carve_out, _ in excepted),
        quotes=quotes,
        priority=round(min(max(worth, 0.0), 1.0), 2),
        reasons=tuple(dict.fromkeys(reasons)),
    )


def _support(main: Hit, hits: Sequence[Hit]) -> list[Sentence]:
    """The sentences that say it again with something more: right after the first, and nearly as sure."""
    return [
        hit.sentence
        for hit in hits
        if hit.worth >= max(WORTH_SHOWING, main.worth - 0.2)
        and hit.cue.matter == main.cue.matter
        and 0 < hit.sentence.order - main.sentence.order <= 2
    ][:1]


def _near(main: Hit, support: Sequence[Sentence], sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences that may say more about it, the announcing ones first; not those about somebody else's
    promise.
    """
    chosen = [main.sentence, *(one for one in support if one is not main.sentence)]
    around = [one for one in sentences if -2 <= one.order - main.sentence.order <= 8 and one not in chosen]
    return [*chosen, *around]


def _products(near: Sequence[Sentence], main: Hit, known: Known) -> tuple[str, ...]:
    """Products of the actor named in the announcing sentences; the rest of the text only if those name
    none.
    """
    for sentences in (near[:1], near[1:4]):
        named = [mention.slug for sentence in sentences for mention in known.products_in(sentence.text)]
        own = [slug for slug in named if main.actor.slug is None or known.product(slug).vendor in _family(main, known)]
        if own:
            return tuple(dict.fromkeys(own))
    return ()


def _family(main: Hit, known: Known) -> set[str]:
    slug = main.actor.slug or ""
    names = {mention.slug for mention in known.organizations_in(main.sentence.text)}
    return {
        slug,
        *(one for one in names if one.startswith(slug) or slug.startswith(one)),
        *known.children.get(slug, ()),
    }


def _commitment(main: Hit, products: Sequence[str], known: Known) -> KnownCommitment | None:
    """The commitment a change is about: the actor's only one, or its only one about these products."""
    if main.cue.action == "announced" or main.actor.slug is None:
        return None
    own = [one for one in known.commitments if one.actor == main.actor.slug]
    about = [one for one in own if set(one.products) & set(products)] or own
    return about[0] if len(about) == 1 else None


def _covers(near: Sequence[Sentence]) -> str:
    for sentence in near[:3]:
        text = sentence.text.lower()
        for word in (
            "police departments",
            "law enforcement",
            "police",
            "schools",
            "federal agencies",
            "data brokers",
            "city agencies",
        ):
            if word in text:
                return word
    return ""


def _quotes(
    main: Hit,
    support: Sequence[Sentence],
    said: Sentence | None,
    begins: Sentence | None,
    end: Ending,
    excepted: Sequence[tuple[ProposedCarveOut, Sentence]],
) -> tuple[Quote, ...]:
    places: list[tuple[str, Sentence]] = [("action", main.sentence)]
    places += [("action", one) for one in support[:3] if one is not main.sentence]
    places += [("declared_on", said)] if said and main.actor.government else []
    places += [("effective_from", begins)] if begins else []
    places += [("end", one) for one in end.sentences]
    places += [("carve_outs", one) for _, one in excepted]
    found = [Quote(field, one.text, one.block, one.start, one.end) for field, one in places]
    return tuple(dict.fromkeys(found))
