"""What a proposal is about besides its action: products, the commitment it changes, and who is covered. Pure."""

from collections.abc import Sequence

from tracker.watch.proposing.known import Known, KnownCommitment
from tracker.watch.proposing.sentences import Sentence
from tracker.watch.proposing.what.shape import Shape
from tracker.watch.proposing.who.actor import Actor

_COVERED = (
    "police departments",
    "law enforcement",
    "police",
    "schools",
    "federal agencies",
    "data brokers",
    "city agencies",
)


def products_of(near: Sequence[Sentence], actor: Actor, known: Known) -> tuple[str, ...]:
    """Products of the actor named in the first sentence, the announcing one; if it names none, in the next three."""
    family = _family(near[0], actor, known)
    for sentences in (near[:1], near[1:4]):
        named = [mention.slug for sentence in sentences for mention in known.products_in(sentence.text)]
        own = [slug for slug in named if actor.slug is None or known.product(slug).vendor in family]
        if own:
            return tuple(dict.fromkeys(own))
    return ()


def _family(main: Sentence, actor: Actor, known: Known) -> set[str]:
    slug = actor.slug or ""
    names = {mention.slug for mention in known.organizations_in(main.text)}
    return {
        slug,
        *(one for one in names if one.startswith(slug) or slug.startswith(one)),
        *known.children.get(slug, ()),
    }


def commitment_of(shape: Shape, actor: Actor, products: Sequence[str], known: Known) -> KnownCommitment | None:
    """The commitment that a change is about: the actor's only one, or its only one about these products."""
    if shape.matter not in ("commitment", "lapse") or shape.action == "announced" or actor.slug is None:
        return None
    own = [one for one in known.commitments if one.actor == actor.slug]
    about = [one for one in own if set(one.products) & set(products)] or own
    return about[0] if len(about) == 1 else None


def covers(near: Sequence[Sentence]) -> str:
    """Whom it covers, in the first words for that in the sentences nearest to it."""
    for sentence in near[:3]:
        for word in _COVERED:
            if word in sentence.text.lower():
                return word
    return ""
