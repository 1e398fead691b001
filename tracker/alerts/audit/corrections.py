"""What was told and the record no longer says, worked out in Python from the history, claim by claim."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import models

from tracker.alerts.audit.versions import Version, history, versions
from tracker.alerts.models import Claim, Delivery, Wording
from tracker.commitments.models import CarveOut, Commitment, Term, Verdict
from tracker.dates import PartialDate
from tracker.partnerships.models import Partnership
from tracker.record.models import Question

_Status = Partnership.Status


class _Term(NamedTuple):
    commitment_id: int
    declared_on: PartialDate
    action: str
    effective_from: PartialDate | None
    end_kind: str
    ends_on: PartialDate | None
    condition: str
    not_before: PartialDate | None
    published_on: Any


class _Verdict(NamedTuple):
    commitment_id: int
    value: str
    on: PartialDate
    published_on: Any


class _Deal(NamedTuple):
    vendor_id: int
    client_id: int
    product_id: int | None
    kind: str
    status: str
    started: PartialDate | None
    ended: PartialDate | None
    published_on: Any


class _Answer(NamedTuple):
    asked_of_id: int
    outcome: str
    answered_on: PartialDate | None
    published_on: Any


class _Actor(NamedTuple):
    actor_id: int


class _CarveOut(NamedTuple):
    organization_id: int | None
    words: str
    term_id: int
    published_on: Any


def _all_but_when_published(columns: Any) -> tuple[Any, ...]:
    return tuple(columns[:-1])


def _between(deal: _Deal) -> tuple[Any, ...]:
    return deal.vendor_id, deal.client_id, deal.product_id


def _began(deal: _Deal) -> tuple[Any, ...]:
    never = deal.status in (_Status.DENIED, _Status.NEVER_STARTED) or deal.kind == Partnership.Kind.PROPOSAL
    return (*_between(deal), deal.started, never)


def _ended(deal: _Deal) -> tuple[Any, ...]:
    ended = deal.status == _Status.ENDED
    return (*_between(deal), ended, deal.ended if ended else None)


def _is(status: str) -> Callable[[_Deal], tuple[Any, ...]]:
    return lambda deal: (*_between(deal), deal.status == status)


class _Stated(NamedTuple):
    """`says`: what a reader was told of it. `moved_on`: what the world may have made of it, which corrects nothing."""

    model: type[models.Model]
    columns: Any
    told_in: str
    says: Callable[[Any], tuple[Any, ...]]
    moved_on: tuple[str, ...] = ()


_CLAIMS: dict[Claim, _Stated] = {
    Claim.TERM: _Stated(Term, _Term, "term_version", _all_but_when_published),
    Claim.VERDICT: _Stated(Verdict, _Verdict, "verdict_version", _all_but_when_published),
    Claim.BEGAN: _Stated(Partnership, _Deal, "partnership_version", _began),
    Claim.ENDED: _Stated(Partnership, _Deal, "partnership_version", _ended, (_Status.REINSTATED,)),
    Claim.PAUSED: _Stated(
        Partnership, _Deal, "partnership_version", _is(_Status.PAUSED), (_Status.ENDED, _Status.REINSTATED)
    ),
    Claim.REINSTATED: _Stated(
        Partnership, _Deal, "partnership_version", _is(_Status.REINSTATED), (_Status.ENDED, _Status.PAUSED)
    ),
    Claim.ANSWER: _Stated(Question, _Answer, "question_version", _all_but_when_published),
    Claim.ACTOR: _Stated(Commitment, _Actor, "commitment_version", tuple),
    Claim.CARVE_OUT: _Stated(CarveOut, _CarveOut, "carve_out_versions", _all_but_when_published),
}
_OF_A_PROMISE = (Claim.ACTOR, Claim.CARVE_OUT)


@dataclass
class Corrections:
    """`due`: by key, the wordings that were sent and no longer hold. `possible`: every key that some time was right."""

    due: dict[str, set[int]] = field(default_factory=dict)
    possible: set[str] = field(default_factory=set)
    standing: set[str] = field(default_factory=set)


class _Told(NamedTuple):
    wording: int
    sent: bool
    version: int


def find() -> Corrections:
    """Compare all that was put into words with all that was on record before and since."""
    found = Corrections()
    sent = set(
        Delivery.objects.filter(state=Delivery.State.SENT, wording__isnull=False)
        .order_by()
        .values_list("wording", flat=True)
        .distinct()
        .iterator()
    )
    for claim, stated in _CLAIMS.items():
        told = list(_told(claim, stated, sent))
        if told:
            _compare(claim, stated, told, found)
    return found


def _told(claim: Claim, stated: _Stated, sent: set[int]) -> Iterator[_Told]:
    wordings = Wording.objects.exclude(**{stated.told_in: None}).order_by()
    if claim in _OF_A_PROMISE:
        wordings = wordings.exclude(event__commitment=None)
    else:
        wordings = wordings.filter(event__claim=claim)
    for wording, told in wordings.values_list("pk", stated.told_in).iterator():
        for version in told if isinstance(told, list) else (told,):
            yield _Told(wording, wording in sent, version)


def _compare(claim: Claim, stated: _Stated, told: list[_Told], found: Corrections) -> None:
    wanted = {t.version for t in told}
    rows = history(stated.model).objects.filter(pgh_id__in=wanted)
    records = dict(rows.values_list("pgh_id", "pgh_obj_id"))
    by_record: dict[int, list[_Told]] = {}
    for t in told:
        if t.version in records:
            by_record.setdefault(records[t.version], []).append(t)
    for record, past in versions(stated.model, stated.columns, records=set(by_record)):
        _compare_record(claim, stated, record, past, by_record[record], found)


def _compare_record(
    claim: Claim, stated: _Stated, record: int, past: list[Version], told: list[_Told], found: Corrections
) -> None:
    says = {version.id: _says(stated, version) for version in past}
    turns = [v for i, v in enumerate(past) if i == 0 or says[v.id] != says[past[i - 1].id]]
    spoken = [(t, says[t.version]) for t in told if t.version in says]
    for turn in turns:
        if any(words != says[turn.id] for _, words in spoken):
            found.possible.add(f"corrected:{claim}:{record}:{turn.id}")
    newest = past[-1]
    key = f"corrected:{claim}:{record}:{turns[-1].id}"
    found.standing.add(key)
    if says[newest.id] is not None and getattr(newest.columns, "status", None) in stated.moved_on:
        return
    wrong = {t.wording for t, words in spoken if t.sent and words != says[newest.id]}
    if wrong:
        found.due[key] = wrong


def _says(stated: _Stated, version: Version) -> tuple[Any, ...] | None:
    """None where it says nothing any more."""
    columns = version.columns
    if columns is None or ("published_on" in columns._fields and columns.published_on is None):
        return None
    return stated.says(columns)
