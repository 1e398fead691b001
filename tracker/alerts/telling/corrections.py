"""What we told and have to take back: what we wrote, and what the record says now."""

from datetime import date

from tracker.alerts.models import Claim, Event, Wording
from tracker.alerts.telling import partnerships, promises, questions
from tracker.alerts.telling.parts import Proof, Told, proofs

_KINDS = {
    Claim.BEGAN: Event.Kind.BEGAN,
    Claim.ENDED: Event.Kind.ENDED,
    Claim.PAUSED: Event.Kind.PAUSED,
    Claim.REINSTATED: Event.Kind.REINSTATED,
}


def corrected(event: Event, on: date) -> Told:
    """A correction. It quotes the last thing that was told of the same claim before it."""
    before = last_told(event)
    now, found, path = _now(event, on)
    wrote = f"We wrote: “{before.headline}. {before.text}”" if before else "We told you something about this."
    return Told(
        verb="Correction",
        subject=before.headline if before else "what we told you",
        sentences=(wrote, "That was wrong, or is no longer what our sources say.", *now),
        proofs=found,
        path=path,
    )


def last_told(event: Event) -> Wording | None:
    """The last words that were sent of what this event corrects."""
    earlier = Wording.objects.filter(
        event__pk__lt=event.pk,
        event__commitment=event.commitment_id,
        event__partnership=event.partnership_id,
        event__question=event.question_id,
        deliveries__state="sent",
    ).exclude(event=event)
    if event.claim == Claim.VERDICT:
        earlier = earlier.filter(event__claim=event.claim)
    elif event.commitment_id is not None:
        earlier = earlier.exclude(event__claim=Claim.VERDICT)
    if event.claim in (Claim.TERM, Claim.VERDICT):
        same = earlier.filter(event__term=event.term_id, event__verdict=event.verdict_id)
        earlier = same if same.exists() else earlier
    return earlier.order_by("-pk").first()


def _now(event: Event, on: date) -> tuple[tuple[str, ...], tuple[Proof, ...], str]:
    """What the record says now, its sources, and the page."""
    if event.partnership is not None:
        return _partnership(event)
    if event.question is not None:
        question = event.question
        if question.published_on is None:
            return ("The question is no longer in the record.",), (), "/questions/"
        told = questions.answered(event, on) if question.outcome not in question.WITHOUT_ANSWER else None
        sentences = told.sentences if told else (f"{questions.short(question)}: it has no answer.",)
        return sentences, proofs(question.citations.all()), question.get_absolute_url()
    if event.commitment is None:
        return ("We have taken it out of the record.",), (), "/"
    if event.claim == Claim.VERDICT:
        return _verdict(event, on)
    return promises.as_it_stands(event, on)


def _partnership(event: Event) -> tuple[tuple[str, ...], tuple[Proof, ...], str]:
    partnership = event.partnership
    assert partnership is not None
    path = partnership.client.get_absolute_url()
    if partnership.published_on is None:
        return ("We have taken it out of the record.",), (), path
    sentences: list[str] = [f"It is on record as {partnership.get_status_display().lower()}."]
    kind = _KINDS[Claim(event.claim)]
    if kind is Event.Kind.BEGAN or partnership.status == kind.value:
        sentences.append(partnerships.state(partnership, kind))
    return tuple(sentences), proofs(partnership.citations.all()), path


def _verdict(event: Event, on: date) -> tuple[tuple[str, ...], tuple[Proof, ...], str]:
    commitment, verdict = event.commitment, event.verdict
    assert commitment is not None
    if verdict is None or verdict.published_on is None:
        return ("We have taken that verdict back.",), (), commitment.get_absolute_url()
    return (
        (f"The verdict is: {verdict.value}, as of {verdict.on.in_words()}.", verdict.summary),
        proofs(verdict.citations.all()),
        commitment.get_absolute_url(),
    )
