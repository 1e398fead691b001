"""Whether a promise was kept."""

from datetime import date

from tracker.alerts.models import Event
from tracker.alerts.telling.parts import Told, plain, proofs
from tracker.commitments.models import Verdict

_SAYS = {
    Verdict.Value.KEPT: "It was kept",
    Verdict.Value.COMPROMISED: "It was compromised",
    Verdict.Value.BROKEN: "It was broken",
    Verdict.Value.UNCLEAR: "Whether it was kept is unclear",
}


def given(event: Event, on: date) -> Told:
    """A verdict, new or in the place of an earlier one."""
    verdict, commitment = event.verdict, event.commitment
    assert verdict is not None
    assert commitment is not None
    return Told(
        verb=f"Verdict, {verdict.value}",
        subject=commitment.title,
        sentences=(
            f"{commitment.actor.name}: “{plain(commitment.title)}”.",
            f"{_SAYS[Verdict.Value(verdict.value)]}, as of {verdict.on.in_words()}.",
            verdict.summary,
            "A verdict stands beside the state of a promise and does not change it.",
        ),
        proofs=proofs(verdict.citations.all()),
        path=commitment.get_absolute_url(),
    )
