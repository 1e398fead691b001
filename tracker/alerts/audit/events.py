"""Events that should be known and are not, those noted otherwise than the record had it, and those it never had."""

from collections.abc import Container, Iterator
from datetime import date

from tracker.alerts.audit import expected
from tracker.alerts.audit.expected import Truth
from tracker.alerts.models import Event

_COLUMNS = ("key", "planned_on", "kind", "due_on", "news", "ends_on")


def differences(truth: Truth) -> Iterator[str]:
    """Compare the events of the ledger with what was to be known."""
    rows = Event.objects.order_by("pk").values_list(*_COLUMNS).iterator(chunk_size=5_000)
    known = {key: (planned_on, noted) for key, planned_on, *noted in rows}
    yield from _unknown(truth, known)
    strange = {}
    for key, (planned_on, noted) in known.items():
        found = truth.expected.get(key)
        if found is not None:
            day, right = truth.runs.days[found.run], found.fact
            told = [right.kind, right.due(day), right.news, right.ends_on]
            if day == planned_on and noted != told:
                yield f"{key}: is noted as {_words(noted)}; by the record it is {_words(told)}"
        elif key not in truth.corrections.possible:
            strange[key] = planned_on
    yield from _never_so(strange)


def _unknown(truth: Truth, known: Container[str]) -> Iterator[str]:
    for fact in truth.expected.by(truth.on):
        if fact.key not in known:
            yield f"{fact.key}: should be known by {truth.on} and is not"
    for key in truth.corrections.due if truth.runs.open else ():
        if key not in known:
            yield f"{key}: what was told is no longer what the record says, and no correction is planned"


def _never_so(strange: dict[str, date]) -> Iterator[str]:
    """Of the events that no kept run explains, those that no state of the record would have given on their day."""
    ever = expected.ever(set(strange.values())) if strange else None
    for key in strange:
        if ever is not None and ever.get(key) is None:
            yield f"{key}: is in the ledger, and the record never gave reason for it"


def _words(noted: list[object]) -> str:
    kind, due_on, news, ends_on = noted
    return f"{kind}, due on {due_on}, {'news' if news else 'no news'}, end {ends_on or 'none'}"
