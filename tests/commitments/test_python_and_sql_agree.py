"""The state of a promise is one set of rules written twice, in Python and as QuerySet methods: they agree."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tests.evidence.claims import a_company
from tracker.commitments.lifecycle import NOTICE, STOPS, Action, End, EndKind, Standing, State
from tracker.commitments.models import Commitment, Term
from tracker.dates import PartialDate, Precision

HISTORIES_AT_ONCE, ROUNDS, DAYS = 40, 60, 3

# Few days, near to each other and to the ends of months and years, so that terms meet on the same day.
ANCHORS = [
    date.fromisoformat(day)
    for day in (
        "2019-12-31",
        "2020-01-01",
        "2020-02-29",
        "2020-03-01",
        "2020-06-10",
        "2020-06-30",
        "2020-12-31",
        "2021-06-10",
    )
]
EDGES = [timedelta(days=days) for days in (-91, -90, -89, -1, 0, 0, 0, 1, 90)]
A_DAY = st.builds(lambda anchor, edge: anchor + edge, st.sampled_from(ANCHORS), st.sampled_from(EDGES))


def _cut(day: date, precision: Precision) -> PartialDate:
    first = {
        Precision.DAY: day,
        Precision.MONTH: day.replace(day=1),
        Precision.YEAR: day.replace(month=1, day=1),
    }
    return PartialDate(first[precision], precision)


A_DATE = st.builds(
    _cut,
    A_DAY,
    st.sampled_from((Precision.DAY, Precision.DAY, Precision.DAY, Precision.MONTH, Precision.YEAR)),
)


@dataclass(frozen=True)
class Declared:
    """A term to be: what the table accepts, and nothing of how it is ruled."""

    on: PartialDate
    action: Action
    effective_from: PartialDate | None
    end: End
    reconfirm_by: date | None
    published: bool


def _possible(declared: Declared) -> Declared:
    """The same with an end that the table accepts: none for what stops, and none that is not after its beginning."""
    begin, ends_on = declared.effective_from or declared.on, declared.end.ends_on
    too_early = ends_on is not None and not (ends_on.first > begin.first or ends_on.after > begin.after)
    return replace(declared, end=End()) if declared.action in STOPS or too_early else declared


AN_END = st.one_of(
    st.builds(lambda ends_on: End(EndKind.FIXED, ends_on), A_DATE),
    st.builds(lambda not_before: End(EndKind.CONDITIONAL, None, "a law", not_before), st.none() | A_DATE),
    st.sampled_from([End(EndKind.INDEFINITE), End(EndKind.PERMANENT), End()]),
)
A_TERM = st.builds(
    Declared,
    on=A_DATE,
    action=st.sampled_from(Action),
    effective_from=st.none() | A_DATE,
    end=AN_END,
    reconfirm_by=st.none() | A_DAY,
    published=st.sampled_from((True, True, True, True, False)),
).map(_possible)
A_HISTORY = st.lists(A_TERM, max_size=6).map(
    lambda terms: [_possible(replace(terms[0], action=Action.ANNOUNCED)), *terms[1:]] if terms else terms
)


def kept(histories: list[list[Declared]]) -> list[Commitment]:
    """The histories in the database, read back with their terms."""
    actor = a_company()
    commitments = Commitment.objects.bulk_create(
        Commitment(slug=f"c{number}", title=f"Promise {number}", actor=actor, kind="pledge", nature="voluntary")
        for number in range(len(histories))
    )
    Term.objects.bulk_create(
        Term(
            commitment=commitment,
            order=order,
            declared_on=declared.on,
            action=declared.action.value,
            effective_from=declared.effective_from,
            end_kind=declared.end.kind.value,
            ends_on=declared.end.ends_on,
            condition=declared.end.condition,
            not_before=declared.end.not_before,
            reconfirm_by=declared.reconfirm_by,
            published_on=date(2026, 1, 1) if declared.published else None,
        )
        for commitment, terms in zip(commitments, histories, strict=True)
        for order, declared in enumerate(terms, start=1)
    )
    return list(Commitment.objects.prefetch_related("terms"))


def ends_within(standing: Standing, within: timedelta) -> bool:
    """In force, with a fixed end that begins at most `within` later."""
    ends_on = standing.end.ends_on if standing.end and standing.state is State.IN_FORCE else None
    return ends_on is not None and ends_on.first - standing.on <= within


def compare(commitments: list[Commitment], on: date, within: timedelta) -> None:
    """Each list of the database against the pure rules."""
    python = {commitment.pk: commitment.standing(on) for commitment in commitments}
    lists = Commitment.objects

    def those(holds: dict[int, bool]) -> set[int]:
        return {pk for pk, held in holds.items() if held}

    sql = {pk: State(state) for pk, state in lists.with_state(on).values_list("pk", "state")}  # type: ignore[misc]
    assert sql == {pk: standing.state for pk, standing in python.items()}, on
    in_force = set(lists.in_force(on).values_list("pk", flat=True))
    assert in_force == those({pk: standing.state is State.IN_FORCE for pk, standing in python.items()}), on
    expiring = set(lists.expiring(on).values_list("pk", flat=True))
    assert expiring == those({pk: standing.expiring for pk, standing in python.items()}), on
    assert expiring == those({pk: ends_within(standing, NOTICE) for pk, standing in python.items()}), on
    soon = set(lists.expiring(on, within).values_list("pk", flat=True))
    assert soon == those({pk: ends_within(standing, within) for pk, standing in python.items()}), (on, within)
    unconfirmed = set(lists.unconfirmed(on).values_list("pk", flat=True))
    assert unconfirmed == those({pk: standing.unconfirmed for pk, standing in python.items()}), on
    lapsed = set(lists.lapsed(on).values_list("pk", flat=True))
    assert lapsed == those({pk: standing.state is State.LAPSED for pk, standing in python.items()}), on
    ruling = dict(Term.objects.effective(on).values_list("commitment", "pk"))
    assert ruling == {
        pk: standing.ruling.key
        for pk, standing in python.items()
        if standing.ruling and (standing.state is not State.ANNOUNCED or pk in ruling)
    } | {pk: key for pk, key in ruling.items() if python[pk].state is State.ANNOUNCED}, on


@pytest.mark.django_db
@settings(
    max_examples=ROUNDS,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    histories=st.lists(A_HISTORY, min_size=HISTORIES_AT_ONCE, max_size=HISTORIES_AT_ONCE),
    days=st.lists(A_DAY, min_size=DAYS, max_size=DAYS, unique=True),
    within=st.integers(0, 400).map(lambda days: timedelta(days=days)),
)
def test_both_say_the_same_of_every_history_on_every_day(
    histories: list[list[Declared]], days: list[date], within: timedelta
) -> None:
    with transaction.atomic():
        commitments = kept(histories)
        for on in days:
            compare(commitments, on, within)
            for commitment in commitments:
                event(commitment.standing(on).state)
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("on", [date.min, date(9998, 12, 31), date.max])
def test_both_know_the_first_and_the_last_day_of_the_calendar(on: date) -> None:
    ends = [End(EndKind.FIXED, PartialDate.parse(text)) for text in ("0001-01-03", "9998", "9998-12-31", "9998-12")]
    first = PartialDate(date.min)
    with transaction.atomic():
        compare(
            kept([[Declared(first, Action.ANNOUNCED, None, end, None, published=True)] for end in ends]),
            on,
            NOTICE,
        )
        transaction.set_rollback(True)
