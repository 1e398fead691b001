"""From a judgement to the proposal that an editor sees: each field with the sentences it rests on. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tracker.dates import PartialDate
from tracker.watch.proposing.about import commitment_of, covers, products_of
from tracker.watch.proposing.judging.announcing import likelihood
from tracker.watch.proposing.judging.days import term_ends
from tracker.watch.proposing.judging.judgement import Judgement
from tracker.watch.proposing.proposal import Proposal, ProposedCarveOut, ProposedEnd, Quote
from tracker.watch.proposing.sentences import Sentence
from tracker.watch.proposing.until.declared import declared_on
from tracker.watch.proposing.until.endings import condition_in, effective_from, ending, ends_with
from tracker.watch.proposing.what.carve_outs import carve_outs_in, named_in
from tracker.watch.proposing.what.shape import shape_of
from tracker.watch.proposing.what.surveillance import technology_in
from tracker.watch.proposing.who.actor import Actor, actor_of

_BEFORE, _AFTER = 2, 8
_HAS_CARVE_OUTS = frozenset(
    {"new_moratorium", "extension", "made_indefinite", "permanent_ban", "product_exit", "partial_limits"}
)
# From here on the likeliest day is taken for the end, and for the day before which a condition does not end it.
_A_FIXED_END, _AN_EARLIEST_END = 0.2, 0.5
_RESTRICTS = ("new_moratorium", "permanent_ban", "extension", "partial_limits")
_ENDS = ("fixed", "conditional")
_OPEN_ENDED = frozenset({"permanent_ban", "product_exit"})


@dataclass(frozen=True)
class Start:
    """When it was declared and takes effect, each with the sentence that says so."""

    declared: PartialDate | None
    said: Sentence | None
    effective: PartialDate | None
    begins: Sentence | None


def compose(judgement: Judgement) -> Proposal:
    """The proposal that the judgement gives."""
    told = judgement.told
    main = told.sentences[judgement.main]
    support = [told.sentences[place] for place in judgement.support]
    near = near_of(judgement)
    actor = actor_of(main, told.sentences, judgement.companies, told.known)
    dates = _dates(judgement, near, actor)
    end, ends_in = _end(judgement, near, dates)
    excepted = _carve_outs(judgement, near) if judgement.action in _HAS_CARVE_OUTS else []
    shape = shape_of(judgement.action, main.text, government=actor.government, ends=end.kind in _ENDS)
    products = products_of(near, actor, told.known)
    commitment = commitment_of(shape, actor, products, told.known)
    return Proposal(
        matter=shape.matter,
        action=shape.action,
        kind=shape.kind,
        nature=shape.nature,
        actor=actor.slug,
        actor_name=actor.name,
        companies=judgement.companies,
        commitment=commitment.slug if commitment else None,
        products=products,
        technology=technology_in(" ".join(one.text for one in (main, *support))),
        covers=covers(near),
        declared_on=str(dates.declared) if dates.declared else None,
        effective_from=str(dates.effective) if dates.effective else None,
        end=end,
        carve_outs=tuple(carve_out for carve_out, _ in excepted),
        quotes=_quotes(main, support, dates, ends_in, excepted, law=actor.government),
        priority=_priority(judgement),
        reasons=_reasons(judgement, end),
    )


def near_of(judgement: Judgement) -> list[Sentence]:
    """The sentences that may say more about it: the announcing ones first, then those around them."""
    sentences = judgement.told.sentences
    chosen = [sentences[place] for place in (judgement.main, *judgement.support)]
    fresh = [sentences[place] for place in sorted(judgement.told.fresh)]
    around = [one for one in fresh if -_BEFORE <= one.order - judgement.main <= _AFTER and one not in chosen]
    return [*chosen, *around]


def _carve_outs(judgement: Judgement, near: Sequence[Sentence]) -> list[tuple[ProposedCarveOut, Sentence]]:
    """The carve-outs with their sentences: in the words of a pattern where one reads the part, else in its own."""
    told = judgement.told
    found: dict[str, tuple[ProposedCarveOut, Sentence]] = {}
    for carve_out, sentence in carve_outs_in(near, told.known):
        if carve_out.organization:
            # A known organisation in the wording of an exception needs no weighing.
            found[carve_out.organization] = (carve_out, sentence)
    for part in judgement.excepted:
        sentence = told.sentences[part.sentence]
        for carve_out in part.worded or named_in(part.text, told.known):
            if not any(carve_out.words in known.words for known, _ in found.values()):
                found.setdefault(carve_out.organization or carve_out.words.casefold(), (carve_out, sentence))
    return list(found.values())


def _dates(judgement: Judgement, near: Sequence[Sentence], actor: Actor) -> Start:
    """By the learned scales where they are sure; else by the wording around; else the day of publication."""
    told, found = judgement.told, judgement.dates
    declared, said = declared_on(near[0], near, told.published, law=actor.government)
    if found.declared:
        declared, said = found.declared.what.date, told.sentences[found.declared.sentence]
    effective, begins = effective_from(near, declared, told.published)
    if found.effective:
        effective, begins = found.effective.what.date, told.sentences[found.effective.sentence]
    return Start(declared, said, effective, begins)


def _end(judgement: Judgement, near: Sequence[Sentence], dates: Start) -> tuple[ProposedEnd, tuple[Sentence, ...]]:
    published = judgement.told.published
    worded = ending(near, dates.effective or dates.declared or PartialDate(published), published)
    if worded.end.kind == "conditional" and worded.end.not_before:
        # One sentence with a day and a condition, "whichever is later": no weighing is as sure as that wording.
        return worded.end, worded.sentences
    fixed, there = _fixed(judgement, dates)
    if fixed and judgement.action in _RESTRICTS and worded.end.ends_on == fixed.ends_on:
        # Both the weights and the wording name that day.
        return fixed, there
    if worded.end.kind == "indefinite" and judgement.action in _RESTRICTS and near[0] in worded.sentences:
        # “Stays in force until further notice”: a length that is named beside it is that of what it was before.
        return worded.end, worded.sentences
    condition = judgement.condition(worded.end.kind)
    if condition == "none":
        return ProposedEnd(), ()
    if condition == "fixed" and fixed and judgement.dates.likely >= _A_FIXED_END:
        return fixed, there
    if condition in ("until_law", "until_event"):
        said = [(words, one) for one in near if (words := condition_in(one.text, published))]
        words, sentence = said[0] if said else (near[0].text, near[0])
        awaits = "law" if condition == "until_law" else "event"
        end = ProposedEnd("conditional", condition=words, awaits=awaits)
        if fixed is None or judgement.dates.likely < _AN_EARLIEST_END:
            return end, (sentence,)
        return replace(end, not_before=fixed.ends_on, through=fixed.through), (sentence, *there)
    if condition == "indefinite":
        if worded.end.kind in ("indefinite", "permanent"):
            return worded.end, worded.sentences
        return ProposedEnd("unknown" if judgement.action in _OPEN_ENDED else "indefinite"), ()
    return ProposedEnd(), ()


def _fixed(judgement: Judgement, dates: Start) -> tuple[ProposedEnd | None, tuple[Sentence, ...]]:
    """The end that the likeliest day or length gives, and its sentence."""
    told, found = judgement.told, judgement.dates
    if found.ends:
        sentence = told.sentences[found.ends.sentence]
        return ends_with(found.ends.what, sentence.text), (sentence,)
    if found.term:
        declared = dates.declared or PartialDate(told.published)
        ends = term_ends(told, found.term, judgement.action, declared=declared, effective=dates.effective)
        return ProposedEnd("fixed", ends_on=str(ends), computed=True), (told.sentences[found.term.sentence],)
    return None, ()


def _quotes(
    main: Sentence,
    support: Sequence[Sentence],
    dates: Start,
    ends_in: Sequence[Sentence],
    excepted: Sequence[tuple[ProposedCarveOut, Sentence]],
    *,
    law: bool,
) -> tuple[Quote, ...]:
    places: list[tuple[str, Sentence]] = [("action", main), *(("action", one) for one in support)]
    places += [("declared_on", dates.said)] if law and dates.said and dates.said in support else []
    places += [("effective_from", dates.begins)] if dates.begins else []
    places += [("end", one) for one in ends_in]
    places += [("carve_outs", one) for _, one in excepted]
    found = [Quote(field, one.text, one.block, one.start, one.end) for field, one in places]
    return tuple(dict.fromkeys(found))


def _priority(judgement: Judgement) -> float:
    """How likely it is that an editor can take it as it stands: that it is one at all, times that it is this action."""
    return round(judgement.likelihood * (0.5 + 0.5 * judgement.actions[judgement.action]), 2)


def _reasons(judgement: Judgement, end: ProposedEnd) -> tuple[str, ...]:
    action = judgement.action.replace("_", " ")
    likely, sure = (min(one, 0.99) for one in (judgement.likelihood, judgement.actions[judgement.action]))
    found = [f"{likely:.0%} likely an announcement, {sure:.0%} {action}"]
    found += [f"speaks for it: {'; '.join(judgement.because())}"]
    found += ["says when it ends"] if end.kind != "unknown" else []
    alike = sum(likelihood(one) >= 0.5 for one in judgement.sentences)
    return tuple([*found, f"{alike} sentences announce it"] if alike > 1 else found)
