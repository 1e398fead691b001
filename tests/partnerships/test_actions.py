"""The verbs: recorded once, changed only from where it can be, always with what says so."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.evidence.claims import a_company, a_source
from tracker.dates import PartialDate
from tracker.evidence.actions import CitesNothing, Quoted
from tracker.organizations.models import Organization
from tracker.partnerships import actions
from tracker.partnerships.actions import Between, KnownAlready, NothingToChange
from tracker.partnerships.models import Partnership

pytestmark = pytest.mark.django_db

D = PartialDate.parse
ON = date(2025, 3, 2)


@pytest.fixture
def said() -> list[Quoted]:
    return [Quoted(a_source(), quote="Orlando signed a contract with Axon.")]


@pytest.fixture
def between() -> Between:
    client = Organization.objects.create(slug="orlando-pd", name="Orlando", role="agency", kind="police")
    return Between(a_company("axon"), client, "contract")


def record(between: Between, said: list[Quoted], status: str = "confirmed") -> Partnership:
    return actions.record(
        between, slug=f"a-{status}", status=status, started=D("2025-03-01"), evidence=said, published_on=ON
    )


def test_a_partnership_is_recorded_once_with_what_says_so(between: Between, said: list[Quoted]) -> None:
    partnership = record(between, said)
    assert (partnership.published_on, partnership.citations.get().quote) == (ON, said[0].quote)
    with pytest.raises(KnownAlready, match="recorded already as “a-confirmed”"):
        record(between, said, "denied")
    other = Between(between.vendor, between.client, "pilots")
    assert record(other, said, "reported").kind == "pilots"


def test_nothing_is_recorded_or_changed_without_a_source(between: Between, said: list[Quoted]) -> None:
    with pytest.raises(CitesNothing):
        record(between, [])
    partnership = record(between, said)
    with pytest.raises(CitesNothing):
        actions.end(partnership, ended=None, evidence=[])
    partnership.refresh_from_db()
    assert partnership.status == "confirmed"


def test_a_source_that_says_the_same_of_the_end_is_not_cited_twice(between: Between, said: list[Quoted]) -> None:
    partnership = record(between, said)
    end = Quoted(said[0].source, quote="The contract ended in May.")
    ended = actions.end(partnership, ended=D("2025-05"), evidence=[*said, end])
    assert (ended.status, str(ended.ended), str(ended.started)) == ("ended", "2025-05", "2025-03-01")
    assert [one.quote for one in partnership.citations.all()] == [said[0].quote, end.quote]


@pytest.mark.parametrize(
    ("status", "can"),
    [
        ("reported", {"confirmed", "ended", "paused", "denied"}),
        ("confirmed", {"confirmed", "ended", "paused"}),
        ("paused", {"ended"}),
        ("ended", set()),
        ("denied", set()),
    ],
)
def test_what_can_become_of_a_partnership(between: Between, said: list[Quoted], status: str, can: set[str]) -> None:
    partnership = record(between, said, status)
    verbs: dict[str, Callable[[], Partnership]] = {
        "confirmed": lambda: actions.confirm(partnership, on=D("2025-06"), evidence=said),
        "ended": lambda: actions.end(partnership, ended=D("2025-06"), evidence=said),
        "paused": lambda: actions.pause(partnership, evidence=said),
        "denied": lambda: actions.deny(partnership, evidence=said),
    }
    for to, verb in verbs.items():
        Partnership.objects.update(status=status)
        if to in can:
            assert verb().status == to
        else:
            with pytest.raises(NothingToChange, match=f"is {status}; it cannot become {to}"):
                verb()


def test_it_cannot_have_ended_before_it_began(between: Between, said: list[Quoted]) -> None:
    with pytest.raises(NothingToChange, match="began on 2025-03-01"):
        actions.end(record(between, said), ended=D("2025-02"), evidence=said)
