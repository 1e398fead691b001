"""Who acts: the company that is bound, or the public body that the announcing sentence names. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.watch.proposing.known import Known
from tracker.watch.proposing.sentences import Sentence
from tracker.watch.proposing.who.governments import RULE_MAKER, legislature_in


@dataclass(frozen=True)
class Actor:
    """Who acts: a slug if known, the name, and whether it is a public body."""

    slug: str | None
    name: str
    government: bool = False


def actor_of(main: Sentence, sentences: Sequence[Sentence], companies: Sequence[str], known: Known) -> Actor:
    """The public body that `main` names before any company bound; else the surest company; else a public body."""
    public = RULE_MAKER.search(main.text)
    starts = [place for one in companies if (place := main.text.find(one)) >= 0]
    if companies and not (public and starts and public.start() < min(starts)):
        return _company(companies[0], known)
    return _public_body(main, sentences, known)


def _company(name: str, known: Known) -> Actor:
    mentions = [one for one in known.organizations_in(name) if one.name == name]
    if not mentions:
        return Actor(None, name)
    organization = known.by_slug[mentions[0].slug]
    return Actor(organization.slug, organization.name, organization.is_government)


def _public_body(main: Sentence, sentences: Sequence[Sentence], known: Known) -> Actor:
    """By slug where it is known: named in the sentence, or the legislature whose bill or place the text names."""
    for mention in known.organizations_in(main.text):
        organization = known.by_slug[mention.slug]
        if organization.is_government:
            return Actor(mention.slug, organization.name, government=True)
    whole = " ".join(one.text for one in sentences)
    slug = legislature_in(main.text, known) or legislature_in(whole, known)
    if slug is None or slug not in known.by_slug:
        return Actor(slug, slug or "", government=True)
    return Actor(slug, known.by_slug[slug].name, government=True)
