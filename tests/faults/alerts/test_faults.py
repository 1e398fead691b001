"""Every fault in its short form. `make faults` runs the long form."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.faults.alerts.cases import CASES
from tests.faults.alerts.ground import Ground, ground


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """Servers and a database for all cases. Celery reads the clock, so the day is today."""
    people = max(case.short["people"] for case in CASES.values())
    with ground(tmp_path_factory.mktemp("faults") / "var", datetime.now(UTC).date(), people) as made:
        yield made


@pytest.mark.parametrize("name", CASES)
def test_nothing_is_lost_and_nothing_is_doubled_but_what_the_sender_says_may_be(prepared: Ground, name: str) -> None:
    result = CASES[name].run(prepared, long=False)
    assert result.wrong == []
    assert result.seen.due > 0
